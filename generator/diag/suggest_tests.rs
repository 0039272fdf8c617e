use super::*;

const TYPES: [&str; 4] = ["string", "integer", "number", "object"];

#[test]
fn finds_what_was_meant() {
    for (word, meant) in [
        ("strnig", Some("string")),
        ("String", Some("string")),
        ("interger", Some("integer")),
        ("objects", Some("object")),
        ("nubmer", Some("number")),
        ("banana", None),
        ("", None),
        ("string", None),
    ] {
        assert_eq!(closest(word, TYPES), meant, "{word}");
    }
}

#[test]
fn ignores_case_and_separators() {
    assert_eq!(
        closest("operation_id", ["operationId"]),
        Some("operationId")
    );
    assert_eq!(closest("ref", ["$ref", "ref2"]), Some("$ref"));
}

#[test]
fn a_very_long_word_costs_nothing() {
    assert_eq!(closest(&"x".repeat(1_000_000), TYPES), None);
}

#[test]
fn lists_read_well() {
    assert_eq!(one_of(&["a"]), "`a`");
    assert_eq!(one_of(&["a", "b", "c"]), "`a`, `b` or `c`");
    assert_eq!(one_of(&[]), "");
}
