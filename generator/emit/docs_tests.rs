use super::docs::prose;

fn joined(text: &str) -> String {
    prose(text).join("\n")
}

#[test]
fn what_rustdoc_would_resolve_is_plain_text() {
    for (text, expected) in [
        ("see [Pet] and [x](Foo)", "see \\[Pet\\] and \\[x\\](Foo)"),
        (
            "see [docs](https://a.example/b)",
            "see [docs](https://a.example/b)",
        ),
        (
            "see https://a.example/b?c=1.",
            "see <https://a.example/b?c=1>.",
        ),
        ("(https://a.example)", "(<https://a.example>)"),
        (
            "For Slack: https://slack.com/oauth/v2/authorize?... For",
            "For Slack: <https://slack.com/oauth/v2/authorize?...> For",
        ),
        ("<https://a.example>", "<https://a.example>"),
        (
            "\"Authorization: ApiKey <key>\"",
            "\"Authorization: ApiKey \\<key>\"",
        ),
        ("a `Vec<T>` b [c]", "a `Vec<T>` b \\[c\\]"),
        ("an open ` tick", "an open \\` tick"),
        ("a\\", "a\\\\"),
        ("*/ end", "*/ end"),
    ] {
        assert_eq!(joined(text), expected);
    }
}

#[test]
fn code_is_never_run() {
    assert_eq!(joined("```rust\npanic!()\n```"), "```text\npanic!()\n```");
    assert_eq!(joined("```\nopen"), "```text\nopen\n```");
    assert_eq!(joined("a\n\n    panic!()"), "a\n\npanic!()");
    assert_eq!(joined("~~~\n```\n~~~"), "~~~text\n```\n~~~");
}

#[test]
fn direction_marks_and_control_characters_are_left_out() {
    assert_eq!(joined("a\u{202e}b\u{7}c\rd\u{2066}"), "abcd");
}

#[test]
fn lists_hang() {
    assert_eq!(
        joined("- one\ntwo\n  - three\n      four\n\nfive"),
        "- one two\n  - three four\n\nfive"
    );
}

#[test]
fn quotations_stay_whole() {
    let long = "word ".repeat(40);
    assert_eq!(joined(&format!("> {long}")), format!("> {}", long.trim()));
    assert_eq!(joined("> one\n> two\nthree"), "> one\n> two\n\nthree");
    assert_eq!(joined("> one\n\ntwo"), "> one\n\ntwo");
}

#[test]
fn long_lines_wrap_but_begin_no_block() {
    let text = format!("{} - b", "a".repeat(91));
    assert_eq!(joined(&text), format!("{} -\nb", "a".repeat(91)));
    let lines = prose(&"word ".repeat(60));
    assert!(lines.iter().all(|line| line.len() <= 92), "{lines:?}");
}
