//! Strings of a format, secrets, and numbers that are exact.

use crate::support::{
    base64_text::Base64,
    exact_number::ExactNumber,
    formatted::Formatted,
    object_table::object,
    read::{ReadError, from_slice, read_json, to_vec},
    secret::SecretString,
};

#[derive(Debug, PartialEq)]
struct Event {
    at: Formatted<chrono::DateTime<chrono::Utc>>,
    days: Vec<Formatted<chrono::NaiveDate>>,
    data: Option<Formatted<Base64>>,
    host: Option<Formatted<std::net::Ipv4Addr>>,
    id: Option<Formatted<uuid::Uuid>>,
    key: Option<SecretString>,
}

object! {
    Event {
        0: "at" => at,
        1: "days" => days,
        2: "data" => data?,
        3: "host" => host?,
        4: "id" => id?,
        5: "key" => key?,
    }
    where {
        "key" => key: min_length(8);
    }
}

fn refusals(json: &str) -> Vec<(String, &'static str)> {
    match read_json::<Event>(json.as_bytes()) {
        Ok(_) => Vec::new(),
        Err(ReadError::Invalid(violations)) => violations
            .into_iter()
            .map(|violation| (violation.pointer, violation.rule))
            .collect(),
        Err(error) => panic!("{error:?}"),
    }
}

#[test]
fn a_server_refuses_what_is_not_of_the_format() {
    let good = r#"{"at":"2020-01-01T00:00:00.000+00:00","days":["2024-02-29"],"data":"aGk=","host":"127.0.0.1","id":"67e55044-10b1-426f-9247-bb680e5fe0c8"}"#;
    let read: Event = read_json(good.as_bytes()).unwrap();
    assert_eq!(String::from_utf8(to_vec(&read).unwrap()).unwrap(), good);
    let bad = r#"{"at":"2020-01-01 00:00","days":["","2020-13-01"],"data":"!","host":"localhost","id":"67e5504410b1426f9247bb680e5fe0c8","key":"short"}"#;
    assert_eq!(
        refusals(bad),
        [
            ("/at".to_owned(), "format"),
            ("/days/0".to_owned(), "format"),
            ("/days/1".to_owned(), "format"),
            ("/data".to_owned(), "format"),
            ("/host".to_owned(), "format"),
            ("/id".to_owned(), "format"),
            ("/key".to_owned(), "minLength"),
        ]
    );
    let kept: Event = from_slice(bad.as_bytes()).unwrap();
    assert_eq!(kept.at.value(), None);
    assert_eq!(String::from_utf8(to_vec(&kept).unwrap()).unwrap(), bad);
}

#[test]
fn exact_numbers_keep_64_bits() {
    for text in [
        "9007199254740993",
        "-9223372036854775808",
        "18446744073709551615",
        "0.1",
        "404",
    ] {
        let read: ExactNumber = from_slice(text.as_bytes()).unwrap();
        assert_eq!(to_vec(&read).unwrap(), text.as_bytes());
    }
    assert!(from_slice::<ExactNumber>(b"\"1\"").is_err());
}

#[test]
fn decimals_keep_the_digits_that_are_written() {
    for text in ["0.1", "-12345678.9012345", "404", "9007199254740993", "0"] {
        let read: rust_decimal::Decimal = from_slice(text.as_bytes()).unwrap();
        assert_eq!(read.to_string(), text);
        assert_eq!(to_vec(&read).unwrap(), text.as_bytes());
    }
    assert!(from_slice::<rust_decimal::Decimal>(b"1e300").is_err());
}
