//! What text reads as, and which pairs are a parameter's own.

use crate::styles::{Color, read, written};
use crate::support::parameter::{Parameter, parameter};

#[test]
fn scalars_read_as_json_does() {
    let query = Parameter::query("n");
    let number = |text: &str| read::<i64>(&query, &format!("n={text}"));
    assert_eq!(number("-7"), Ok(-7));
    assert_eq!(number("1.0"), Ok(1));
    for text in [
        "",
        "%2B7",
        "7.5",
        "0x10",
        "%207",
        "99999999999999999999",
        "true",
    ] {
        assert!(number(text).is_err(), "{text}");
    }
    let float = |text: &str| read::<f64>(&query, &format!("n={text}"));
    assert_eq!(float("1e3"), Ok(1000.0));
    for text in ["", "inf", "NaN", "%2B1", "1,5", "1e999"] {
        assert!(float(text).is_err(), "{text}");
    }
    let boolean = |text: &str| read::<bool>(&query, &format!("n={text}"));
    assert_eq!(boolean("true"), Ok(true));
    for text in ["", "True", "1", "yes"] {
        assert!(boolean(text).is_err(), "{text}");
    }
    assert_eq!(written(&query, &1.0_f64).as_deref(), Ok("n=1"));
    assert_eq!(written(&query, &0.1_f64).as_deref(), Ok("n=0.1"));
    assert_eq!(
        read::<u64>(&query, &format!("n={}", u64::MAX)),
        Ok(u64::MAX)
    );
    assert_eq!(
        read::<serde_json::Value>(&query, "n=5"),
        Ok(serde_json::Value::from("5"))
    );
}

#[test]
fn what_is_not_the_parameters_is_left_alone() {
    let color = Parameter::query("color");
    assert_eq!(
        read::<Color>(&color, "R=1&x=2&G=2&B=3&color=blue"),
        Ok(Color { r: 1, g: 2, b: 3 })
    );
    let rest = parameter!(query "rest" as (except(&["page"])));
    let map = read::<std::collections::BTreeMap<String, String>>(&rest, "a=1&page=2&b=3").unwrap();
    assert_eq!(map.into_keys().collect::<Vec<_>>(), ["a", "b"]);
    let reserved = Parameter::query("q").reserved();
    assert_eq!(
        written(&reserved, &"/a?b:c,d#e&f+g%[]".to_owned()).as_deref(),
        Ok("q=/a?b:c,d%23e%26f%2Bg%25%5B%5D")
    );
    let lists = Parameter::query("q").reserved().joined();
    assert_eq!(
        written(&lists, &vec!["a,b/".to_owned(), "c".to_owned()]).as_deref(),
        Ok("q=a%2Cb/,c")
    );
}
