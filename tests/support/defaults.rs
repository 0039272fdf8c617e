//! Properties that have a default.

use crate::support::{
    defaulted::Defaulted,
    object_table::object,
    read::{ReadError, from_slice, read_json, to_vec},
    rules::Validate,
};

#[derive(Debug, Clone, PartialEq)]
struct Page {
    limit: Defaulted<i64>,
    cursor: Defaulted<Option<String>>,
    tags: Defaulted<Vec<String>>,
    order: String,
}

object! {
    Page {
        0: "limit" => limit? = 10,
        1: "cursor" => cursor? = Some("start".to_owned()),
        2: "tags" => tags? = Vec::new(),
        3: "order" => order = "up".to_owned(),
    }
    where {
        "limit" => limit: minimum(20.0);
    }
}

fn text(page: &Page) -> String {
    String::from_utf8(to_vec(page).unwrap()).unwrap()
}

#[test]
fn a_default_stands_for_what_is_absent_and_is_not_written() {
    let page: Page = from_slice(br#"{"order":"down"}"#).unwrap();
    assert_eq!(*page.limit, 10);
    assert_eq!(page.cursor.as_deref(), Some("start"));
    assert!(page.tags.is_absent() && page.tags.is_empty());
    assert_eq!(page.limit.as_option(), None);
    assert_eq!(text(&page), r#"{"order":"down"}"#);
}

#[test]
fn what_was_given_is_written_even_where_it_equals_the_default() {
    let json = r#"{"limit":10,"cursor":null,"tags":[],"order":"up"}"#;
    let page: Page = from_slice(json.as_bytes()).unwrap();
    assert_eq!(page.limit, 10.into());
    assert_eq!(*page.cursor, None, "null is a value here");
    assert_eq!(text(&page), json);
}

#[test]
fn a_changed_value_is_a_given_one() {
    let mut page: Page = from_slice(br#"{"order":"up"}"#).unwrap();
    page.tags.push("a".to_owned());
    *page.limit += 20;
    assert_eq!(text(&page), r#"{"limit":30,"tags":["a"],"order":"up"}"#);
    assert_eq!(page.limit.into_value(), 30);
}

#[test]
fn the_default_of_a_required_property_helps_clients_only() {
    let page: Page = from_slice(b"{}").unwrap();
    assert_eq!(page.order, "up");
    assert_eq!(text(&page), r#"{"order":"up"}"#);
    let refused = read_json::<Page>(b"{}").unwrap_err();
    let ReadError::Invalid(violations) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(violations[0].rule, "required");
    assert_eq!(violations[0].pointer, "/order");
}

#[test]
fn null_is_absent_to_clients_and_a_fault_to_servers() {
    let json = br#"{"limit":null,"order":"up"}"#;
    assert!(from_slice::<Page>(json).unwrap().limit.is_absent());
    assert!(read_json::<Page>(json).is_err());
    assert!(from_slice::<Page>(br#"{"limit":"x"}"#).is_err());
}

#[test]
fn only_what_was_given_is_held_against_rules() {
    let page: Page = from_slice(b"{}").unwrap();
    assert_eq!(page.validate(), Ok(()));
    let page: Page = from_slice(br#"{"limit":19}"#).unwrap();
    assert_eq!(page.validate().unwrap_err()[0].pointer, "/limit");
    assert!(read_json::<Page>(br#"{"limit":19,"order":"up"}"#).is_err());
    assert!(read_json::<Page>(br#"{"order":"up"}"#).is_ok());
}
