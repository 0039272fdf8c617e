use super::*;

#[test]
fn references_join_as_the_specification_has_it() {
    let base = "http://a/b/c/d;p?q";
    for (reference, joined) in [
        ("g", "http://a/b/c/g"),
        ("./g", "http://a/b/c/g"),
        ("g/", "http://a/b/c/g/"),
        ("/g", "http://a/g"),
        ("//g", "http://g"),
        ("?y", "http://a/b/c/d;p?y"),
        ("g?y#s", "http://a/b/c/g?y"),
        ("", "http://a/b/c/d;p?q"),
        (".", "http://a/b/c/"),
        ("..", "http://a/b/"),
        ("../g", "http://a/b/g"),
        ("../../../../g", "http://a/g"),
        ("https://x/y", "https://x/y"),
    ] {
        assert_eq!(join(base, reference), joined, "{reference}");
    }
    assert_eq!(join("http://a", "g"), "http://a/g");
    assert_eq!(join("openapi", "pets"), "pets");
}

#[test]
fn a_scheme_has_two_characters_at_least() {
    assert_eq!(scheme("https://a"), Some("https"));
    assert_eq!(scheme("urn:a"), Some("urn"));
    assert_eq!(scheme(r"C:\a"), None);
    assert_eq!(scheme("a/b:c"), None);
}

#[test]
fn percent_encoding_is_undone_or_refused() {
    assert_eq!(decoded("a%20b%2Fc").as_deref(), Some("a b/c"));
    for wrong in ["%", "%2", "%+1", "%zz", "%ff"] {
        assert_eq!(decoded(wrong), None, "{wrong}");
    }
}
