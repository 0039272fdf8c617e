//! Table tests of media types.

use crate::support::media::{accepts, choose, essence, is_json, matches, written};

#[test]
fn parameters_and_case_do_not_count() {
    assert_eq!(
        essence(" application/json ; charset=utf-8"),
        "application/json"
    );
    for (received, documented, expected) in [
        ("application/json", "application/json", true),
        ("application/json; charset=utf-8", "application/json", true),
        ("Application/JSON;charset=utf-8", "application/json", true),
        ("application/problem+json", "application/json", true),
        (
            "application/vnd.api+JSON; version=1",
            "application/json",
            true,
        ),
        ("application/json", "application/problem+json", true),
        ("application/jsonp", "application/json", false),
        ("text/json", "application/json", false),
        ("text/plain", "application/json", false),
        ("", "application/json", false),
        ("image/png", "image/*", true),
        ("image/png", "*/*", true),
        ("imagepng", "image/*", false),
        ("application/hal+json", "application/*+json", true),
        ("application/hal+xml", "application/*+json", false),
        ("text/plain", "application/*+json", false),
    ] {
        assert_eq!(
            matches(received, documented),
            expected,
            "{received} as {documented}"
        );
    }
    assert!(!is_json("é+jsön"));
}

#[test]
fn the_most_specific_range_decides() {
    for (accept, expected) in [
        ("", true),
        ("*/*", true),
        ("application/*", true),
        ("application/json", true),
        ("text/html, application/xhtml+xml, */*;q=0.8", true),
        ("text/html", false),
        ("application/json;q=0", false),
        ("*/*, application/json;q=0.000", false),
        ("*/*;q=0, application/json", true),
        ("application/*;q=0, */*", false),
        (" , text/html ,, APPLICATION/JSON ; q=0.1", true),
    ] {
        assert_eq!(accepts(accept, "application/json"), expected, "{accept}");
    }
}

#[test]
fn a_range_may_be_produced() {
    for (accept, expected) in [
        ("image/png", true),
        ("image/*", true),
        ("*/*;q=0.1", true),
        ("text/html", false),
        ("image/*;q=0", false),
    ] {
        assert_eq!(accepts(accept, "image/*"), expected, "{accept}");
    }
}

#[test]
fn the_documented_type_that_describes_best_is_chosen() {
    const ALL: &[&str] = &[
        "*/*",
        "application/json",
        "application/json; v=2",
        "image/*",
        "image/png",
    ];
    for (received, expected) in [
        ("application/json", "application/json"),
        ("application/json; v=2", "application/json; v=2"),
        ("application/json;charset=utf-8", "application/json"),
        ("application/hal+json", "application/json"),
        ("IMAGE/PNG", "image/png"),
        ("image/gif", "image/*"),
        ("text/plain", "*/*"),
    ] {
        assert_eq!(choose(received, ALL), Some(expected), "{received}");
    }
    assert_eq!(choose("text/plain", &["image/*", "text/html"]), None);
    assert_eq!(written(ALL, "text/plain"), "application/json");
    assert_eq!(written(&["text/*"], "text/plain"), "text/plain");
}
