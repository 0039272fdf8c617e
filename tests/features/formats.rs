use crate::generated::formats::types::{Event, EventEither, Stamp};
use crate::generated::formats::{Base64, Formatted, Validate};
use crate::{refused, survives};

const ID: &str = "67e55044-10b1-426f-9247-bb680e5fe0c8";

fn event(more: &str) -> String {
    format!(r#"{{"id":"{ID}","at":"2020-01-01T00:00:00.000+00:00"{more}}}"#)
}

#[test]
fn a_text_comes_back_as_it_was_and_has_a_value() {
    let json = event(
        r#","day":"2024-02-29","data":"aGk=","host":"127.0.0.1","host6":"::1","days":["1999-12-31"]"#,
    );
    survives::<Event>(&json);
    let read: Event = serde_json::from_str(&json).unwrap();
    let at = read.at.value().unwrap();
    assert_eq!(
        (at.timestamp(), read.at.as_str()),
        (1_577_836_800, "2020-01-01T00:00:00.000+00:00")
    );
    assert_eq!(read.id.value().unwrap().to_string(), ID);
    assert_eq!(read.data.unwrap().value(), Some(Base64(b"hi".to_vec())));
    assert!(read.host.unwrap().value().unwrap().is_loopback());
    assert!(read.host6.unwrap().value().unwrap().is_loopback());
}

#[test]
fn a_client_keeps_a_text_that_is_not_of_the_format() {
    let json =
        event(r#","data":"!","host":"localhost","days":["", "2020-13-01"],"hosts":{"a":"x"}"#);
    survives::<Event>(&json);
    let read: Event = serde_json::from_str(&json).unwrap();
    assert_eq!(read.host.unwrap().value(), None);
    refused::<Event>(
        r#"{"id":1,"at":""}"#,
        "#/id: invalid type: integer `1`, expected a string",
    );
}

#[test]
fn a_date_and_time_is_what_rfc_3339_says() {
    for (text, valid) in [
        ("1985-04-12T23:20:50.52Z", true),
        ("1990-12-31T23:59:60Z", true),
        ("9999-12-31T23:59:59Z", true),
        ("0001-01-01T00:00:00Z", true),
        ("1937-01-01t12:00:27.87+00:20", true),
        ("1937-01-01T12:00:27", false),
        ("1937-01-01", false),
        ("1937-13-01T12:00:27Z", false),
        ("1937-02-29T12:00:27Z", false),
        ("", false),
    ] {
        assert_eq!(Stamp::from_text(text).value().is_some(), valid, "{text}");
        assert_eq!(text.parse::<Stamp>().is_ok(), valid, "{text}");
    }
}

#[test]
fn values_become_texts() {
    let at = chrono::DateTime::from_timestamp(0, 0).unwrap();
    assert_eq!(Stamp::from(at).as_str(), "1970-01-01T00:00:00Z");
    assert_eq!(
        Formatted::from(uuid::Uuid::nil()).as_str(),
        "00000000-0000-0000-0000-000000000000"
    );
    assert_eq!(Formatted::from(Base64(b"hi".to_vec())).to_string(), "aGk=");
    let event = Event::new(uuid::Uuid::nil(), at.into());
    assert_eq!(event.at.value(), Some(at));
}

#[test]
fn a_secret_is_not_shown() {
    let json = event(r#","secret":"hunter2"#).replace("hunter2", "hunter2\"");
    let read: Event = serde_json::from_str(&json).unwrap();
    assert!(!format!("{read:?}").contains("hunter2"));
    let violations = read.validate().unwrap_err();
    assert!(!format!("{violations:?}").contains("hunter2"));
    assert_eq!(violations[0].rule, "minLength");
    assert_eq!(read.secret.unwrap().expose(), "hunter2");
}

#[test]
fn widths_and_notations() {
    survives::<Event>(&event(
        r#","byte":255,"size":18446744073709551615,"ratio":3.14159265358979"#,
    ));
    survives::<Event>(&event(r#","either":"2020-01-01""#));
    let read: EventEither = serde_json::from_str("1.0").unwrap();
    assert_eq!(read, EventEither::Integer(1));
    refused::<Event>(
        &event(r#","byte":256"#),
        "#/byte: invalid value: integer `256`",
    );
    refused::<Event>(
        &event(r#","size":-1"#),
        "#/size: invalid value: integer `-1`",
    );
}
