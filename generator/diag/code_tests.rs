use std::collections::BTreeSet;

use super::*;

#[test]
fn names_are_kebab_case_and_unique() {
    let mut seen = BTreeSet::new();
    for code in Code::all() {
        let name = code.name();
        assert!(seen.insert(name), "{name} is there twice");
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(name.chars().all(plain), "{name}");
        assert_eq!(Code::find(name), Some(code));
    }
    assert_eq!(Code::find("no-such-code"), None);
}

#[test]
fn every_entry_is_written_out() {
    for code in Code::all() {
        let entry = code.entry();
        assert!(
            !entry.summary.ends_with('.'),
            "{code}: a summary is no sentence"
        );
        assert!(
            entry.meaning.ends_with('.'),
            "{code}: the meaning is sentences"
        );
        assert!(
            entry.mend.ends_with('.'),
            "{code}: how to mend it is a sentence"
        );
        let text = code.explanation();
        assert!(text.starts_with(code.name()));
        assert!(
            text.lines().all(|line| line.trim_end() == line),
            "{code}: trailing space"
        );
    }
}

#[test]
fn an_example_is_completed_only_where_it_must_be() {
    let complete = Example::complete("components: {}\n");
    assert_eq!(
        complete,
        "openapi: 3.1.0\ninfo: { title: Example, version: '1' }\ncomponents: {}\n"
    );
    let whole = "openapi: 3.0.0\npaths: {}\n";
    assert_eq!(Example::complete(whole), whole);
}
