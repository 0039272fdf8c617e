use crate::generated::tuples::types::{
    All, AllItem0, Chain, Filter, Holder, HolderRange, Loose, Mark, MarkItem0, MarkItem2, Pair,
    Point, Second, Short, Sign, Span, Wide,
};
use crate::generated::tuples::{Maybe, ReadError, Validate, read_json};
use crate::{refused, round, survives};

/// What a server says of a body: place and rule of each violation.
macro_rules! violations {
    ($type:ty, $json:expr) => {
        match read_json::<$type>($json.as_bytes()) {
            Err(ReadError::Invalid(found)) => found
                .iter()
                .map(|one| format!("{} {}", one.pointer, one.rule))
                .collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        }
    };
}

#[test]
fn each_item_has_its_type() {
    let pair: Pair = serde_json::from_str(r#"["a",1]"#).unwrap();
    assert_eq!(pair, Pair("a".to_owned(), 1));
    assert_eq!(serde_json::to_string(&pair).unwrap(), r#"["a",1]"#);
    refused::<Pair>(r#"["a","b"]"#, "#/1: invalid type: string");
    refused::<Pair>(r#"["a"]"#, "must have at least 2 items, has 1");
    refused::<Pair>(r#"{"a":1}"#, "invalid type: map, expected an array");
    survives::<Point>("[0.5,1,null]");
    refused::<Point>("[1,2]", "must have at least 3 items, has 2");
}

#[test]
fn a_server_names_every_fault() {
    assert!(read_json::<Pair>(br#"["a",1]"#).is_ok());
    assert_eq!(violations!(Pair, r#"[1,"b"]"#), ["/0 type", "/1 type"]);
    assert_eq!(violations!(Pair, "[]"), [" minItems"]);
    assert_eq!(violations!(Pair, r#"["a",1,2]"#), [" maxItems"]);
    assert_eq!(violations!(Pair, r#"["a",null]"#), ["/1 type"]);
    assert_eq!(
        violations!(Point, "[-1,-2,null]"),
        ["/0 minimum", "/1 minimum"]
    );
    assert_eq!(violations!(Point, "[1]"), [" minItems"]);
    assert_eq!(
        violations!(Holder, r#"{"pair":["a",1,2],"span":["",1,{"at":"long"}]}"#),
        [
            "/pair maxItems",
            "/span/2/at maxLength",
            "/span/0 minLength"
        ]
    );
    assert_eq!(
        violations!(
            Holder,
            r#"{"pair":["a"],"other":["a",null],"range":[1,2,3]}"#
        ),
        ["/pair minItems", "/other/1 type", "/range/2 type"]
    );
}

#[test]
fn a_client_bears_with_more_items() {
    assert_eq!(round::<Pair>(r#"["a",1,true]"#), r#"["a",1]"#);
}

#[test]
fn a_list_may_end_early_and_go_on() {
    for json in [
        "[]",
        r#"["a"]"#,
        r#"["a",null]"#,
        r#"["a",1]"#,
        r#"["a",1,[],{"b":null}]"#,
    ] {
        survives::<Loose>(json);
        assert!(read_json::<Loose>(json.as_bytes()).is_ok());
    }
    let loose: Loose = serde_json::from_str(r#"["a",null]"#).unwrap();
    assert_eq!(loose, Loose(Some("a".to_owned()), Maybe::Null, Vec::new()));
    assert_eq!(violations!(Loose, "[null]"), ["/0 type"]);
    for json in [r#"["a"]"#, r#"["a",1,{"at":"x"},3,2.5]"#] {
        survives::<Span>(json);
        assert!(read_json::<Span>(json.as_bytes()).is_ok());
    }
    assert_eq!(Span::new("a"), serde_json::from_str(r#"["a"]"#).unwrap());
    refused::<Span>(r#"["a",1,{"at":"x"},"b"]"#, "#/3: invalid type: string");
    refused::<Span>(r#"["a",1,{}]"#, "#/2: missing field `at`");
    assert_eq!(
        violations!(Span, r#"["a",7,{"at":"x"},7]"#),
        [" uniqueItems"]
    );
    assert_eq!(
        violations!(Span, r#"["a",1,{"at":"x"},2,30,4]"#),
        ["/4 maximum", " maxItems"]
    );
    survives::<Short>(r#"["a"]"#);
    assert_eq!(violations!(Short, r#"["a","b","c"]"#), [" maxItems"]);
    assert!(Wide(true, vec!["a".to_owned()]).validate().is_ok());
    assert_eq!(violations!(Wide, "[true]"), [" minItems"]);
}

#[test]
fn an_absent_item_before_another_is_null() {
    let gap = Loose(None, Maybe::Absent, vec![true.into()]);
    assert_eq!(serde_json::to_string(&gap).unwrap(), "[null,null,true]");
    assert_eq!(serde_json::to_string(&Loose::default()).unwrap(), "[]");
}

#[test]
fn tuples_hold_themselves() {
    survives::<Chain>("[1,[2,[3]]]");
    refused::<Chain>("[1,[2,[true]]]", "#/1/1/0: ");
    let deep = format!("{}1{}", "[1,".repeat(10_000), "]".repeat(10_000));
    refused::<Chain>(&deep, "");
}

#[test]
fn unions_know_tuples_by_their_first_item() {
    for json in [
        "\"a\"",
        "[1,2]",
        "[]",
        r#"["not","a"]"#,
        r#"["all",["not","a"],["all"],"b"]"#,
    ] {
        survives::<Filter>(json);
        assert!(read_json::<Filter>(json.as_bytes()).is_ok(), "{json}");
    }
    let all: Filter = serde_json::from_str(r#"["all","a"]"#).unwrap();
    assert_eq!(
        all,
        Filter::All(All(AllItem0::All, vec![Filter::String("a".to_owned())]))
    );
    assert_eq!(violations!(Filter, r#"["not"]"#), [" minItems"]);
    assert_eq!(
        violations!(Filter, r#"["all",["not",true]]"#),
        ["/1/1 type"]
    );
    assert!(matches!(
        serde_json::from_str(r#"["a",1]"#).unwrap(),
        Second::Tuple(_)
    ));
    assert!(matches!(
        serde_json::from_str(r#"["a",true]"#).unwrap(),
        Second::Tuple2(_)
    ));
    refused::<Second>(r#"["a","b"]"#, "no variant fits");
}

#[test]
fn a_default_is_a_tuple() {
    let holder: Holder = serde_json::from_str(r#"{"pair":["a",1]}"#).unwrap();
    let range = HolderRange(Some(1), Maybe::Null, vec!["x".to_owned()]);
    assert_eq!(*holder.range, range);
    assert_eq!(holder, Holder::new(Pair("a".to_owned(), 1)));
    survives::<Holder>(r#"{"pair":["a",1]}"#);
    survives::<Holder>(r#"{"pair":["a",1],"other":null,"range":[2]}"#);
}

#[test]
fn constants_are_no_arguments() {
    let mark = Mark::new(1.5);
    assert_eq!(mark, Mark(MarkItem0::Mark, 1.5, MarkItem2::N2, None));
    assert_eq!(serde_json::to_string(&mark).unwrap(), r#"["mark",1.5,2]"#);
    assert_eq!(
        serde_json::to_string(&Sign::default()).unwrap(),
        r#"["sign",null]"#
    );
    survives::<Mark>(r#"["mark",1.5,2,"a"]"#);
    assert_eq!(violations!(Mark, r#"["sign",1.5,2]"#), ["/0 enum"]);
}
