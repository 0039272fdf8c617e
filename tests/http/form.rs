//! Hostile forms: refused in bounded time and memory, never a panic.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::support::form::{lenient, strict, write};

#[test]
fn any_object_is_a_form() {
    let form: Map<String, Value> = lenient("a=1&b[c]=2&b[d][]=3&e").unwrap();
    let json = Value::Object(form).to_string();
    assert!(
        json.contains(r#""a":"1""#) && json.contains(r#""c":"2""#),
        "{json}"
    );
    let form = BTreeMap::from([("a".to_owned(), vec![1, 2]), ("b c".to_owned(), vec![])]);
    assert_eq!(write(&form, false).unwrap(), "a=1&a=2");
    assert_eq!(write(&form, true).unwrap(), "a%5B0%5D=1&a%5B1%5D=2");
    assert!(write(&vec![1], false).is_err());
}

#[test]
fn what_is_hostile_is_refused() {
    let read = |text: &str| strict::<Map<String, Value>>(text);
    assert!(read(&format!("a{}=1", "[b]".repeat(10_000))).is_err());
    assert!(read(&"a[]=1&".repeat(100_000)).is_err());
    assert!(read("a=1&a[b]=2").is_err());
    assert!(read("%FF=1").is_err());
    for text in [
        "[",
        "]",
        "[]=1",
        "a[=1",
        "a]=1",
        "a[b=1",
        "=",
        "&&&",
        "a[][][]=1",
        "%",
        "a=%",
    ] {
        // Accepted or refused: it comes to an end.
        let _ = read(text);
    }
}
