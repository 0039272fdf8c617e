//! Formats of strings that are checked, by table.

use crate::support::{formats, rules::Predicate};

fn table(format: &Predicate, accepted: &[&str], rejected: &[&str]) {
    for (texts, holds) in [(accepted, true), (rejected, false)] {
        for text in texts {
            assert_eq!((format.holds)(text), holds, "{}: {text:?}", format.name);
        }
    }
}

#[test]
fn times_have_an_offset() {
    let accepted = [
        "23:20:50Z",
        "23:20:50.52z",
        "00:00:00+00:00",
        "12:00:00-23:59",
        "23:59:60Z",
        "01:29:60+01:30",
        "18:59:60-05:00",
        "12:00:00.123456789012Z",
    ];
    let rejected = [
        "",
        "12:00:00",
        "24:00:00Z",
        "12:60:00Z",
        "12:00:61Z",
        "12:00:60Z",
        "1:00:00Z",
        "12:00Z",
        "12:00:00.Z",
        "12:00:00+1:00",
        "12:00:00+24:00",
        "12:00:00+01:60",
        "12:00:00Z ",
        "12.00:00Z",
        "12:00:00+01:00Z",
        "１2:00:00Z",
        "23:59:60+01:00",
    ];
    table(formats::TIME, &accepted, &rejected);
}

#[test]
fn durations_leave_no_unit_out() {
    let accepted = [
        "P4DT12H30M5S",
        "P1Y2M3D",
        "PT0S",
        "P0D",
        "P1M",
        "PT1M",
        "P2W",
        "PT36H",
        "P1YT1S",
        "P1Y2M",
    ];
    let rejected = [
        "",
        "P",
        "PT",
        "P1",
        "1D",
        "P1YT",
        "P1D2Y",
        "P1Y2D",
        "PT1H2S",
        "P1W2D",
        "P1WT1H",
        "PT1D",
        "PT0.5S",
        "P-1D",
        "p1d",
        "P1D ",
        "P1DT1HT1S",
        "P٣D",
        "P1S",
        "PYD",
        "P1é",
    ];
    table(formats::DURATION, &accepted, &rejected);
}

#[test]
fn mailboxes_have_a_local_part_and_a_domain() {
    let long = format!("{}@example.com", "a".repeat(64));
    let longer = format!("{}@example.com", "a".repeat(65));
    let accepted = [
        "a@example.com",
        "first.last+tag@example.co.uk",
        "a@localhost",
        "~!#$%&'*+-/=?^_`{|}@a.b",
        "\"a b@c\"@example.com",
        "\"\\\"\"@a.b",
        "\"\"@a.b",
        "a@[127.0.0.1]",
        "a@[IPv6:::1]",
        &long,
    ];
    let rejected = [
        "",
        "a",
        "@",
        "a@",
        "@example.com",
        "a@b@c",
        ".a@b.c",
        "a.@b.c",
        "a..b@c.d",
        "a b@c.d",
        "a@-b.c",
        "a@b..c",
        "a@b.c.",
        "a@b c",
        "\"a\"b\"@c.d",
        "\"a\\\"@c.d",
        "a@[300.0.0.1]",
        "a@[::1]",
        "a@[IPv6:1]",
        "ä@b.c",
        "Joe <joe@example.com>",
        &longer,
    ];
    table(formats::EMAIL, &accepted, &rejected);
}

#[test]
fn hostnames_are_labels() {
    let label = "a".repeat(63);
    let full = [label.as_str(), &label, &label, &"a".repeat(61)].join(".");
    let longer = format!("{full}a");
    let long_label = format!("{label}a");
    let accepted = [
        "a",
        "example.com",
        "1.2.3",
        "a-b.C",
        "xn--bcher-kva.ch",
        "a--b",
        &full,
    ];
    let rejected = [
        "",
        ".",
        "a.",
        ".a",
        "a..b",
        "-a",
        "a-",
        "a_b",
        "a b",
        "bücher.ch",
        "ab--c",
        &longer,
        &long_label,
        "a:80",
    ];
    table(formats::HOSTNAME, &accepted, &rejected);
}

#[test]
fn uris_are_absolute_and_references_need_not_be() {
    let accepted = [
        "http://example.com",
        "https://user:pw@example.com:8080/a/b?c=d&e#f",
        "urn:isbn:0-395",
        "mailto:a@b.c",
        "file:///etc",
        "a+b-c.1:",
        "http://[::1]:80/",
        "http://[v1.a:b]/",
        "http://a/%7Ea",
        "http://a?b?c#d?/e",
        "tel:+1-816",
        "http://a:",
        "http://",
        "data:,a%20b",
    ];
    let relative = [
        "", "/a", "a/b", "//a/b", "?q", "#f", "a:b/../c", "./a:b", "a/b:c", "..", "//a:1",
    ];
    let neither = [
        "http://a b",
        "http://a/<b>",
        "http://a/%7",
        "http://a/%zz",
        "http://a:b/",
        "1http://a",
        "http://[::1",
        "http://[::1]a",
        "http://[1]/",
        "http://a]b/",
        "http://a@b@c/",
        ":a",
        "a\\b",
        "http://a/ü",
        "http://a#b#c",
        "http://a/{b}",
        "http://a/\"",
        "http://[v.a]/",
        "_:b",
        "a|b",
    ];
    table(formats::URI, &accepted, &neither);
    table(formats::URI_REFERENCE, &accepted, &neither);
    table(
        formats::URI,
        &["a:b/../c"],
        &[
            "",
            "/a",
            "a/b",
            "//a/b",
            "?q:r",
            "#f",
            "./a:b",
            "example.com",
        ],
    );
    table(formats::URI_REFERENCE, &relative, &[]);
}

#[test]
fn iris_have_other_letters_too() {
    let accepted = [
        "http://bücher.ch/straße?日本#é",
        "http://ü:p@a/",
        "a:?\u{E000}",
        "a:\u{10000}",
        "http://a",
    ];
    let rejected = [
        "http://a/\u{E000}",
        "http://a/\u{FFFF}",
        "a:\u{1FFFF}",
        "http://a/ ",
        "ä:b",
        "http://a/%ü",
        "a:\u{80}",
    ];
    table(formats::IRI, &accepted, &rejected);
    table(formats::IRI_REFERENCE, &accepted, &rejected);
    table(formats::IRI, &[], &["straße"]);
    table(formats::IRI_REFERENCE, &["straße", ""], &[]);
}

#[test]
fn pointers_escape_tildes() {
    let accepted = ["", "/", "/a/0", "//", "/~0~1", "/ ü\"", "/a~01"];
    let rejected = ["a", "#/a", "/~", "/~2", "/a~/b", "0", " /a"];
    table(formats::JSON_POINTER, &accepted, &rejected);
    let accepted = ["0", "1/a", "0#", "10/", "120#", "2/~1"];
    let rejected = [
        "", "/a", "01", "1a", "0##", "#", "-1", "+1", "1/~", "0#/a", "٣",
    ];
    table(formats::RELATIVE_JSON_POINTER, &accepted, &rejected);
}

#[test]
fn templates_have_whole_expressions() {
    let accepted = [
        "",
        "/a/{b}",
        "{?a,b*}",
        "{+p:10}/{#x}",
        "{a.b}",
        "{%41}",
        "it's",
        "ü",
        "a%20b",
        "{&a_1:9999}",
        "{,a}",
    ];
    let rejected = [
        "{",
        "}",
        "{}",
        "{a",
        "a}",
        "{a b}",
        "{a:0}",
        "{a:10000}",
        "{a:}",
        "{a,}",
        "{a{b}}",
        "{.}",
        "{a..b}",
        "{-a}",
        "a b",
        "%2",
        "<a>",
        "{a*b}",
        "{a:1*}",
    ];
    table(formats::URI_TEMPLATE, &accepted, &rejected);
}

#[test]
fn long_texts_take_a_moment() {
    let long = "a~.@:{%[P1D".repeat(200_000);
    for format in [
        formats::DURATION,
        formats::EMAIL,
        formats::HOSTNAME,
        formats::IRI,
        formats::IRI_REFERENCE,
        formats::JSON_POINTER,
        formats::RELATIVE_JSON_POINTER,
        formats::TIME,
        formats::URI,
        formats::URI_REFERENCE,
        formats::URI_TEMPLATE,
    ] {
        assert!(!(format.holds)(&long), "{}", format.name);
    }
}
