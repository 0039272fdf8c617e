use super::{Engine, Pattern};

fn holds(pattern: &Pattern, text: &str) -> bool {
    match pattern.engine {
        Engine::Linear => regex::Regex::new(&pattern.translated)
            .unwrap()
            .is_match(text),
        Engine::Backtracking => fancy_regex::Regex::new(&pattern.translated)
            .unwrap()
            .is_match(text)
            .unwrap(),
    }
}

#[test]
fn patterns_mean_what_they_mean_in_ecmascript() {
    for (written, good, bad) in [
        ("^[a-z0-9-]+$", &["a-1", "-"][..], &["", "A", "a\n"][..]),
        (r"^\d{3}$", &["123"], &["١٢٣", "12", "1234"]),
        (r"^\w+$", &["aZ_9"], &["é", ""]),
        (r"^\W$", &["é", "-"], &["a", "_"]),
        (
            r"^\s$",
            &[" ", "\u{FEFF}", "\u{2028}", "\u{B}"],
            &["\u{85}", "x"],
        ),
        (r"^\S+$", &["x\u{85}"], &["a b"]),
        (
            "^.$",
            &["x", "\u{85}", "\u{1F600}"],
            &["\n", "\u{2028}", "ab"],
        ),
        (r"^[\w.+-]+@[\w-]+\.\w+$", &["a.b+c@d-e.fr"], &["a b@c.de"]),
        (r"^https?:\/\/", &["http://x", "https://"], &["ftp://x"]),
        ("^[[]$", &["["], &["]"]),
        (r"^[^\]]$", &["["], &["]"]),
        ("^[a&&b~~c-]+$", &["&~-abc"], &["d"]),
        ("^{id}$", &["{id}"], &["id"]),
        ("^a{2,}b{,3}$", &["aab{,3}"], &["aabbb"]),
        (
            r"^\u0041\x42\u{43}\ud83d\ude00$",
            &["ABC\u{1F600}"],
            &["ABC"],
        ),
        (r"^\cJ$", &["\n"], &["J"]),
        (r"^[\b]$", &["\u{8}"], &["b"]),
        (r"\bcat\b", &["a cat sat", "ücatü"], &["concat"]),
        (r"^\<\>\-\_\a$", &["<>-_a"], &["\u{7}"]),
        (r"^\p{L}\p{Script=Greek}$", &["éα"], &["é1"]),
        ("^[]$", &[], &["", "a"]),
        ("^[^]$", &["\n", "a"], &["", "ab"]),
        (r"^[\s\S]*$", &["", "a\nb"], &[]),
        (r"^[\d-x]+$", &["1-x"], &["w"]),
        (r"^(?!foo)\w+$", &["bar"], &["foobar"]),
        (r"^(?=.*\d)(?=.*[a-z]).{4,}$", &["abc1"], &["abcd", "a1"]),
        (r"(?<=\$)\d+", &["$5"], &["5"]),
        (r"^(a|b)\1$", &["aa", "bb"], &["ab"]),
        (r"^(?<q>['\x22]).*\k<q>$", &["'x'"], &["'x"]),
        (r"^(?:(?<y>\d{4})-?)+$", &["2020-2021-"], &["20"]),
        (r"\Aabc\z", &["abc"], &["abcd"]),
        (
            r"^\p{XDigit}\P{Alnum}[\p{Print}\p{Blank}]$",
            &["f-\t", "0é~"],
            &["g-a", "faa", "f-é"],
        ),
        (
            r"^[\000-\037\177]\07$",
            &["\0\u{7}", "\x1F\x07"],
            &[" \x07"],
        ),
        (r"^(?!b)+a(?=c)?.$", &["ab", "ac"], &["ba"]),
        (r"\S{1,8192}", &["x"], &["", " "]),
        (r"^[^\p{C}]{2,2048}", &["xy\0"], &["x\0"]),
        ("^$", &[""], &["\n"]),
        (r"^[\ud800-\udfff]?x$", &["x"], &["\u{1F600}x"]),
        (r"^(?i)abc$", &["aBc"], &["abd"]),
        ("^[+#&%\"' ]+$", &["+#&%\"' "], &["a"]),
    ] {
        let pattern = Pattern::new(written).unwrap_or_else(|why| panic!("{written}: {why}"));
        for text in good {
            assert!(
                holds(&pattern, text),
                "{written} must match {text:?}: {pattern:?}"
            );
        }
        for text in bad {
            assert!(
                !holds(&pattern, text),
                "{written} must not match {text:?}: {pattern:?}"
            );
        }
    }
}

#[test]
fn the_linear_engine_is_taken_where_it_can_be() {
    for (written, engine) in [
        ("^(a+)+$", Engine::Linear),
        (r"^(?:x|y)\d*?$", Engine::Linear),
        (r"(?<name>a)", Engine::Linear),
        ("(?=a)", Engine::Backtracking),
        (r"(a)\1", Engine::Backtracking),
    ] {
        assert_eq!(Pattern::new(written).unwrap().engine, engine, "{written}");
    }
}

#[test]
fn what_has_no_meaning_is_refused_with_a_reason() {
    for (written, reason) in [
        ("[a", "a `[` is not closed"),
        ("[z-a]", "the range `z-a` is empty"),
        ("a\\", "it ends in a backslash"),
        ("(a", "unclosed group"),
        ("*a", "repetition operator missing expression"),
        (r"\p{IsNowhere}", "Unicode property not found"),
        (r"\p{a b}", r"`\p{a b}` is no Unicode property"),
        (
            "((a{1000}){1000}){1000}",
            "Compiled regex exceeds size limit",
        ),
    ] {
        let error = Pattern::new(written).unwrap_err().to_string();
        assert!(error.contains(reason), "{written}: {error}");
    }
    assert!(Pattern::new(&"a".repeat(20_000)).is_err());
}

#[test]
fn a_set_of_many_characters_is_split_from_their_number() {
    let counted = super::Counted::new("^[a-z]{0,262144}$").unwrap();
    assert_eq!((counted.least, counted.most), (0, Some(262_144)));
    assert!(holds(&counted.pattern, "abc") && !holds(&counted.pattern, "a1"));
    let counted = super::Counted::new("^.{70000,}$").unwrap();
    assert_eq!((counted.least, counted.most), (70_000, None));
    for other in [
        "^ab{1,9}$",
        "^(a|b){1,9}$",
        "^a{1,9}",
        "^[a-z]$",
        "^{2}$",
        "^a{x}$",
    ] {
        assert!(super::Counted::new(other).is_none(), "{other}");
    }
}
