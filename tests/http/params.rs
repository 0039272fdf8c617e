//! Table tests of percent-encoding, and of pairs.

use crate::support::params::{
    cookie_pairs, decode_query, decode_segment, encode_component, query_pairs,
};

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
