//! Table tests of parameters as text.

use crate::support::params::{
    Parameter, cookie_pairs, decode_query, decode_segment, encode_component, query_pairs,
};

#[test]
fn scalars_read_as_json_does() {
    assert_eq!(i64::parse("-7", true), Ok(-7));
    assert_eq!(f64::parse("1e3", true), Ok(1000.0));
    assert_eq!(bool::parse("true", true), Ok(true));
    assert_eq!(String::parse("", true), Ok(String::new()));
    for text in ["", "+7", "7.5", "0x10", " 7", "99999999999999999999"] {
        assert_eq!(i64::parse(text, true).unwrap_err().rule, "type", "{text}");
    }
    for text in ["", "inf", "NaN", "+1", "1,5", "1e999"] {
        assert!(f64::parse(text, true).is_err(), "{text}");
    }
    for text in ["", "True", "1", "yes"] {
        assert!(bool::parse(text, true).is_err(), "{text}");
    }
    assert_eq!(1.0_f64.text(), "1");
    assert_eq!(0.1_f64.text(), "0.1");
}

#[test]
fn percent_encoding_is_reversible() {
    for (text, encoded) in [
        ("plain-._~", "plain-._~"),
        ("a/b", "a%2Fb"),
        ("100%", "100%25"),
        ("a+b c", "a%2Bb%20c"),
        ("é", "%C3%A9"),
        (
            "!*'();:@&=$,?#[]",
            "%21%2A%27%28%29%3B%3A%40%26%3D%24%2C%3F%23%5B%5D",
        ),
        ("", ""),
    ] {
        let mut out = String::new();
        encode_component(text, &mut out);
        assert_eq!(out, encoded);
        assert_eq!(decode_segment(&out).unwrap(), text);
        assert_eq!(decode_query(&out).unwrap(), text);
    }
}

#[test]
fn decoding_takes_what_others_send() {
    assert_eq!(decode_query("a+b%20c").unwrap(), "a b c");
    assert_eq!(decode_segment("a+b").unwrap(), "a+b");
    assert_eq!(decode_segment("%zz%").unwrap(), "%zz%");
    assert_eq!(decode_segment("%ff"), None);
    assert_eq!(decode_query("+%ff"), None);
    let pairs: Vec<_> = query_pairs("a=1&&b&c==&=d").collect();
    assert_eq!(pairs, [("a", "1"), ("b", ""), ("c", "="), ("", "d")]);
    let cookies: Vec<_> = cookie_pairs("a=1; b=\"x y\";c=; ; d").collect();
    assert_eq!(cookies, [("a", "1"), ("b", "x y"), ("c", "")]);
}
