//! The style table of the OpenAPI specification, written and read; and values that are hard to carry.

use std::fmt::Debug;

use http::{HeaderMap, HeaderValue};

use crate::support::codec::{Decode, Encode};
use crate::support::object_table::object;
use crate::support::parameter::{Parameter, Style, parameter};
use crate::support::read_text::{Source, strict};
use crate::support::rules::Check;
use crate::support::union_table::union;
use crate::support::violation::{Location, Violation};
use crate::support::write_text::spell;

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Color {
    pub(crate) r: i64,
    pub(crate) g: i64,
    pub(crate) b: i64,
}

object! {
    Color {
        0: "R" => r,
        1: "G" => g,
        2: "B" => b,
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Range {
    At(i64),
    Between(Bounds),
}

union! {
    Range = At | Between {
        integer => At,
        object => Between,
    }
}

#[derive(Debug, Clone, PartialEq)]
struct Bounds {
    gte: Option<i64>,
    tags: Option<Vec<String>>,
    inner: Option<Box<Bounds>>,
}

object! {
    Bounds {
        0: "gte" => gte?,
        1: "tags" => tags?,
        2: "inner" => inner?,
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Loose {
    Boolean(bool),
    Number(f64),
    String(String),
    Array(Vec<String>),
}

union! {
    Loose = Boolean | Number | String | Array {
        boolean => Boolean,
        number => Number,
        string => String,
        array => Array,
    }
}

/// The text of a value: of a path or header, or the whole query or `Cookie` header.
pub(crate) fn written<T: Encode>(parameter: &Parameter, value: &T) -> Result<String, String> {
    let pairs = spell(parameter, value).map_err(|fault| fault.to_string())?;
    let whole = matches!(parameter.style, Style::WholeJson | Style::WholeText);
    let texts: Vec<String> = pairs
        .into_iter()
        .map(|(name, text)| match parameter.location {
            Location::Query if !whole => format!("{name}={text}"),
            Location::Cookie => format!("{name}={text}"),
            _ => text,
        })
        .collect();
    Ok(match parameter.location {
        Location::Query => texts.join("&"),
        Location::Cookie => texts.join("; "),
        _ => texts.join("\n"),
    })
}

pub(crate) fn read<T: Decode + Check>(
    parameter: &Parameter,
    wire: &str,
) -> Result<T, Vec<Violation>> {
    let mut headers = HeaderMap::new();
    match parameter.location {
        Location::Path => strict(&Source::path::<T>(parameter, Some(wire))),
        Location::Query => strict(&Source::query::<T>(parameter, wire)),
        Location::Cookie => {
            headers.insert("cookie", HeaderValue::from_bytes(wire.as_bytes()).unwrap());
            strict(&Source::cookie::<T>(parameter, &headers))
        }
        _ => {
            for line in wire.split('\n') {
                let line = HeaderValue::from_bytes(line.as_bytes()).unwrap();
                headers.append(parameter.name, line);
            }
            strict(&Source::header::<T>(parameter, &headers))
        }
    }
}

fn both<T: Encode + Decode + Check + PartialEq + Debug>(
    parameter: &Parameter,
    value: &T,
    wire: &str,
) {
    assert_eq!(
        written(parameter, value).as_deref(),
        Ok(wire),
        "{parameter:?}"
    );
    assert_eq!(
        read::<T>(parameter, wire).as_ref(),
        Ok(value),
        "{parameter:?} {wire}"
    );
}

fn refused<T: Decode + Check + Debug>(parameter: &Parameter, wire: &str) -> Vec<String> {
    let violations = read::<T>(parameter, wire).unwrap_err();
    violations
        .into_iter()
        .map(|violation| {
            format!(
                "{} {} {}",
                violation.location, violation.pointer, violation.rule
            )
        })
        .collect()
}

#[test]
fn the_table_of_the_specification() {
    const PATH: Parameter = Parameter::path("color");
    const QUERY: Parameter = Parameter::query("color");
    const COOKIE: Parameter = Parameter::cookie("color");
    #[rustfmt::skip]
    let table = [
        (PATH.matrix(), [";color", ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"]),
        (PATH.matrix().exploded(), [";color", ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"]),
        (PATH.label(), [".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"]),
        (PATH.label().exploded(), [".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"]),
        (PATH, ["", "blue", "blue,black,brown", "R,100,G,200,B,150"]),
        (PATH.exploded(), ["", "blue", "blue,black,brown", "R=100,G=200,B=150"]),
        (Parameter::header("color"), ["", "blue", "blue,black,brown", "R,100,G,200,B,150"]),
        (Parameter::header("color").exploded(), ["", "blue", "blue,black,brown", "R=100,G=200,B=150"]),
        (QUERY.joined(), ["color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"]),
        (QUERY, ["color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"]),
        (QUERY.space_delimited(), ["color=", "color=blue", "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"]),
        (QUERY.pipe_delimited(), ["color=", "color=blue", "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150"]),
        (QUERY.deep_object(), ["color=", "color=blue", "color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown", "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"]),
        (COOKIE.joined(), ["color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"]),
        (COOKIE, ["color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"]),
        (COOKIE.plain().joined(), ["color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"]),
        (COOKIE.plain(), ["color=", "color=blue", "color=blue; color=black; color=brown", "R=100; G=200; B=150"]),
    ];
    let color = Color {
        r: 100,
        g: 200,
        b: 150,
    };
    let list = ["blue", "black", "brown"].map(str::to_owned).to_vec();
    for (parameter, [empty, text, array, object]) in table {
        both(&parameter, &String::new(), empty);
        both(&parameter, &"blue".to_owned(), text);
        both(&parameter, &list, array);
        both(&parameter, &color, object);
    }
}

/// Texts that hold what something on the way gives a meaning to.
const HOSTILE: &[&str] = &[
    "",
    " ",
    "/",
    "%",
    "%2F",
    "%zz",
    "+",
    "a b",
    "a+b",
    "a,b",
    "a;b",
    "a.b",
    ".",
    "..",
    "a=b",
    "a&b",
    "a|b",
    "[a]",
    "{\"a\":1}",
    "[1]",
    "?",
    "#",
    "\\",
    "\"",
    "'",
    "é",
    "日本語",
    "🎉",
    "null",
    "true",
    "12",
    "-0",
    "1e5",
    "a\u{301}",
    "<>",
    "~-_",
    "a:b@c!$()*",
];

#[test]
fn any_text_survives_or_is_refused_by_the_writer() {
    let scalar = [
        Parameter::path("p").matrix(),
        Parameter::path("p").label(),
        Parameter::path("p"),
        Parameter::query("p"),
        Parameter::query("p").joined(),
        Parameter::query("p").reserved(),
        Parameter::query("p").deep_object(),
        Parameter::query("p").json(),
        Parameter::query("p").whole_json(),
        Parameter::cookie("p"),
        Parameter::cookie("p").joined(),
        parameter!(query "a[b] c&d=é"),
    ];
    for parameter in &scalar {
        for text in HOSTILE {
            let wire = written(parameter, &(*text).to_owned()).unwrap();
            assert_eq!(
                read::<String>(parameter, &wire).as_deref(),
                Ok(*text),
                "{parameter:?} {wire}"
            );
        }
    }
    let list = [
        Parameter::path("p").matrix(),
        Parameter::path("p").matrix().exploded(),
        Parameter::path("p").label(),
        Parameter::path("p").label().exploded(),
        Parameter::path("p"),
        Parameter::query("p"),
        Parameter::query("p").joined(),
        Parameter::query("p").joined().reserved(),
        Parameter::query("p").space_delimited(),
        Parameter::query("p").pipe_delimited(),
        Parameter::query("p").deep_object(),
        Parameter::query("p").json(),
        Parameter::header("p"),
        Parameter::header("p").lines(),
        Parameter::cookie("p"),
        Parameter::cookie("p").joined(),
    ];
    let mut lists: Vec<Vec<String>> = vec![Vec::new()];
    for text in HOSTILE {
        lists.push(vec![(*text).to_owned()]);
        lists.push(vec![(*text).to_owned(), "x".to_owned()]);
        lists.push(vec!["x".to_owned(), (*text).to_owned()]);
    }
    let mut kept = 0;
    for parameter in &list {
        for list in &lists {
            let Ok(wire) = written(parameter, list) else {
                continue;
            };
            // A header of no lines is not there.
            if wire.is_empty() && parameter.style == Style::Lines {
                continue;
            }
            kept += 1;
            assert_eq!(
                read::<Vec<String>>(parameter, &wire).as_ref(),
                Ok(list),
                "{parameter:?} {wire}"
            );
        }
    }
    assert!(kept * 10 > list.len() * lists.len() * 9, "{kept}");
}

#[test]
fn nested_values_have_a_form_everywhere() {
    let value = Bounds {
        gte: Some(1),
        tags: Some(vec!["a&b".to_owned(), "[1]".to_owned()]),
        inner: Some(Box::new(Bounds {
            gte: Some(-2),
            tags: Some(vec!["é".to_owned()]),
            inner: None,
        })),
    };
    for parameter in [
        Parameter::path("p"),
        Parameter::path("p").matrix().exploded(),
        Parameter::query("p"),
        Parameter::query("p").joined(),
        Parameter::query("p").deep_object(),
        Parameter::query("p").whole_form(),
        Parameter::query("p").json(),
        Parameter::query("p").whole_json(),
        Parameter::header("p").json(),
        Parameter::cookie("p"),
    ] {
        let wire = written(&parameter, &value).unwrap();
        assert_eq!(
            read::<Bounds>(&parameter, &wire).as_ref(),
            Ok(&value),
            "{parameter:?} {wire}"
        );
        let list = vec![value.clone(), value.clone()];
        if parameter.style != Style::WholeForm {
            let wire = written(&parameter, &list).unwrap();
            assert_eq!(
                read::<Vec<Bounds>>(&parameter, &wire).as_ref(),
                Ok(&list),
                "{parameter:?} {wire}"
            );
        }
    }
}

#[test]
fn a_union_is_told_apart_by_its_kinds() {
    let deep = Parameter::query("created").deep_object();
    let between = |gte| {
        Range::Between(Bounds {
            gte: Some(gte),
            tags: None,
            inner: None,
        })
    };
    both(&deep, &Range::At(5), "created=5");
    both(&deep, &between(5), "created%5Bgte%5D=5");
    assert_eq!(
        refused::<Range>(&deep, "created=soon"),
        ["query /created type"]
    );
    let only = parameter!(query "created" as (only(&["gte", "tags", "inner"])));
    both(&only, &Range::At(5), "created=5");
    both(&only, &between(5), "gte=5");

    let query = Parameter::query("q");
    both(&query, &Loose::Boolean(true), "q=true");
    both(&query, &Loose::Number(1.5), "q=1.5");
    both(&query, &Loose::String("1.5.2".to_owned()), "q=1.5.2");
    both(
        &query,
        &Loose::Array(vec!["a".to_owned(), "b".to_owned()]),
        "q=a&q=b",
    );
    both(
        &query.joined(),
        &Loose::Array(vec!["a".to_owned(), "b".to_owned()]),
        "q=a,b",
    );
    assert_eq!(
        read::<Vec<Range>>(&query, "q=1&q=2"),
        Ok(vec![Range::At(1), Range::At(2)])
    );
}

#[test]
fn every_spelling_of_a_list_in_brackets_is_read() {
    let deep = Parameter::query("ids").deep_object();
    for wire in [
        "ids=1&ids=2",
        "ids[]=1&ids[]=2",
        "ids%5B%5D=1&ids%5B%5D=2",
        "ids[1]=2&ids[0]=1",
        "ids[0]=1&ids[10]=2",
    ] {
        assert_eq!(read::<Vec<i64>>(&deep, wire), Ok(vec![1, 2]), "{wire}");
    }
    assert_eq!(read::<Vec<i64>>(&deep, "ids="), Ok(vec![]));
    let many = vec!["ids[a]=1"; 2_000].join("&");
    assert_eq!(refused::<Vec<i64>>(&deep, &many), ["query /ids type"]);
    let nested = format!("ids{}=1", "[a]".repeat(500));
    assert_eq!(refused::<Vec<i64>>(&deep, &nested), ["query /ids type"]);
    assert_eq!(
        refused::<Bounds>(&deep, "ids[gte]=1&ids[gte][x]=2"),
        ["query /ids type"]
    );
}

#[test]
fn every_violation_is_found() {
    let query = Parameter::query("color");
    assert_eq!(
        refused::<Color>(&query, "R=a&G=1.5"),
        [
            "query /color/R type",
            "query /color/G type",
            "query /color/B required",
        ]
    );
    assert_eq!(
        refused::<Vec<i64>>(&query, "color=1&color=x&color=y"),
        ["query /color/1 type", "query /color/2 type",]
    );
    assert_eq!(
        refused::<String>(&query, "color=1&color=2"),
        ["query /color type"]
    );
    assert_eq!(
        refused::<String>(&query, "color=%ff"),
        ["query /color type"]
    );
    assert_eq!(
        refused::<Vec<String>>(&query.joined(), "color=a&color=b"),
        ["query /color type"]
    );
    assert_eq!(
        refused::<String>(&Parameter::path("p").label(), "blue"),
        ["path /p type"]
    );
    assert_eq!(
        refused::<Color>(&Parameter::path("p"), "R,1,G"),
        ["path /p type"]
    );
    assert_eq!(
        refused::<Color>(&Parameter::path("p").exploded(), "R"),
        ["path /p type"]
    );
    assert_eq!(
        refused::<Color>(&query.json(), "color={"),
        ["query /color type"]
    );
    let bounded = parameter!(query "n" where { minimum(2.0), max_length(3) });
    assert_eq!(refused::<i64>(&bounded, "n=1"), ["query /n minimum"]);
    assert_eq!(
        refused::<String>(&bounded, "n=abcd"),
        ["query /n maxLength"]
    );
    assert_eq!(read::<i64>(&bounded, "n=2"), Ok(2));
    let shown = read::<i64>(&query, "color=x").unwrap_err().remove(0);
    assert_eq!(shown.value, Some("x".into()));
}
