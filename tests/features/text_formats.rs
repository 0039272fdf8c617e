use crate::generated::text_formats::Validate;
use crate::generated::text_formats::types::Contact;
use crate::survives;

fn told(json: &str) -> Vec<String> {
    let contact: Contact = serde_json::from_str(json).unwrap();
    let violations = contact.validate().err().unwrap_or_default();
    violations
        .iter()
        .map(|one| format!("{} {}", one.pointer, one.message))
        .collect()
}

#[test]
fn texts_of_a_format_are_checked() {
    let good = r#"{"mail":"a@example.com","site":"https://example.com","links":["/a","?b"],"hosts":{"a":"localhost"},"opens":"09:00:00+01:00","lasts":"PT1H","reach":"a@b.c","icon":"","odd":"","plain":"("}"#;
    assert_eq!(told(good), [""; 0]);
    assert_eq!(told(r#"{"mail":"a@b.c","site":null}"#), [""; 0]);
    let bad = r#"{"mail":"","site":"/a","links":["/a"," "],"hosts":{"a":"a_b"},"opens":"9:00","lasts":"1h"}"#;
    assert_eq!(
        told(bad),
        [
            "/mail must be of format `email`",
            "/site must be of format `uri`",
            "/links/1 must be of format `uri-reference`",
            "/hosts/a must be of format `hostname`",
            "/opens must be of format `time`",
            "/lasts must be of format `duration`",
        ]
    );
    assert_eq!(told(r#"{"mail":"a@b.c","reach":"a b"}"#).len(), 1);
    assert_eq!(told(r#"{"mail":"a@b.c","icon":"a b"}"#).len(), 1);
}

#[test]
fn a_client_does_not_check() {
    survives::<Contact>(r#"{"mail":"nobody","site":"/relative","icon":"a b"}"#);
}
