//! Patterns in tables, and what a hostile text can cost.

use crate::support::{
    backtracking::backtracking, object_table::object, pattern::regex, rules::Validate,
};

#[derive(Debug, Clone, PartialEq)]
struct Account {
    slug: String,
    secret: Option<String>,
}

object! {
    Account {
        0: "slug" => slug,
        1: "secret" => secret?,
    }
    where {
        "slug" => slug: min_length(1), pattern(regex!("^[a-z]+$"), regex!(r"\d" => "^[^9]*$"));
        "secret" => secret: pattern(backtracking!(r"^(?=.*[0-9])(?=.*[a-z]).*$"));
    }
}

fn told(slug: &str, secret: &str) -> Vec<String> {
    let account = Account {
        slug: slug.to_owned(),
        secret: Some(secret.to_owned()),
    };
    let violations = account.validate().err().unwrap_or_default();
    violations
        .iter()
        .map(|one| format!("{} {} {}", one.pointer, one.rule, one.message))
        .collect()
}

#[test]
fn every_pattern_is_checked_and_named_as_written() {
    assert_eq!(told("abc", "a1"), [""; 0]);
    assert_eq!(
        told("A9", "1"),
        [
            "/slug pattern must match `^[a-z]+$`",
            r"/slug pattern must match `\d`",
            "/secret pattern must match `^(?=.*[0-9])(?=.*[a-z]).*$`",
        ]
    );
}

#[test]
fn a_match_that_takes_too_long_is_none() {
    let greedy = backtracking!(r"^(?!x)(a+)+$");
    assert!((greedy.holds)("aaaa"));
    let hostile = format!("{}!", "a".repeat(10_000));
    assert!(!(greedy.holds)(&hostile));
    assert!(!(greedy.holds)(&"a".repeat(100_000)));
    let linear = regex!("^(a+)+$");
    assert!(!(linear.holds)(&hostile));
    assert!((linear.holds)(&"a".repeat(10_000)));
}

#[test]
fn what_does_not_compile_matches_nothing() {
    assert!(!(regex!("(").holds)("("));
    assert!(!(backtracking!("(").holds)("("));
}
