use specwright::config::ApiConfig;
use specwright::diag::Sink;
use specwright::pipeline;
use specwright::source::Source;

use crate::generated::settings::types::{Invoice, Line, Plain, Portion};
use crate::generated::settings::{Validate, read_json};
use crate::{refused, survives};

#[test]
fn numbers_are_as_configured() {
    let json = r#"{"total":10.1,"rate":0.25,"count":18014398509481985,"discount":0.1}"#;
    let invoice: Invoice = serde_json::from_str(json).unwrap();
    assert_eq!(invoice.total.to_string(), "10.1");
    assert_eq!(serde_json::to_string(&invoice).unwrap(), json);
    assert_eq!(invoice.total + invoice.total, "20.2".parse().unwrap());
    let absent = Invoice::new(invoice.total);
    assert_eq!(absent.discount.to_string(), "0.1");
    refused::<Invoice>(r#"{"total":"10.10"}"#, "#/total: invalid type: string");
    assert!(read_json::<Invoice>(br#"{"total":10.101}"#).is_err());
    assert!(Invoice::new("-1".parse().unwrap()).validate().is_err());
    assert!(Invoice::new("0.07".parse().unwrap()).validate().is_ok());
}

#[test]
fn formats_are_as_configured() {
    let json =
        r#"{"total":1,"home":"https://example.com/","size":"7","id":"no UUID, and nobody asks"}"#;
    survives::<Invoice>(json);
    let invoice: Invoice = read_json(json.as_bytes()).unwrap();
    assert_eq!(
        invoice.size.and_then(|size| size.value()),
        std::num::NonZeroU32::new(7)
    );
    assert_eq!(
        invoice
            .home
            .and_then(|home| home.value()?.host().map(str::to_owned)),
        Some("example.com".to_owned())
    );
    assert!(read_json::<Invoice>(br#"{"total":1,"size":"0"}"#).is_err());
    assert!(read_json::<Invoice>(br#"{"total":1,"home":"not a URI"}"#).is_err());
}

#[test]
fn undeclared_properties_are_kept_where_the_configuration_says_so() {
    let json = r#"{"text":"a","part":{"name":"b","new":[1]},"newer":null}"#;
    survives::<Line>(json);
    let line: Line = serde_json::from_str(json).unwrap();
    assert_eq!(line.additional_properties.len(), 1);
    assert!(read_json::<Line>(json.as_bytes()).is_ok());
    // What the document forbids stays forbidden, and others are as ever.
    assert!(read_json::<Line>(br#"{"text":"a","closed":{"b":1}}"#).is_err());
    let plain: Plain = serde_json::from_str(r#"{"text":"a","new":1}"#).unwrap();
    assert_eq!(serde_json::to_string(&plain).unwrap(), r#"{"text":"a"}"#);
    assert_eq!(*plain.first, Line::new("one"));
    refused::<Line>(
        r#"{"text":"a","part":{"new":1}}"#,
        "#/part: missing field `name`",
    );
    assert_eq!(Portion::new("b").name, "b");
}

#[test]
fn dependencies_are_those_in_use() {
    let manifest = |config: &ApiConfig| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/settings.yaml");
        let source = Source::path(folder.as_ref()).unwrap();
        let generated = pipeline::generate(&source, config, &mut Sink::new());
        let files = generated.unwrap().unwrap().files;
        String::from_utf8(files.get("Cargo.toml").unwrap().to_vec()).unwrap()
    };
    let mut config = ApiConfig::default();
    let plain = manifest(&config);
    assert!(!plain.contains("rust_decimal") && plain.contains("uuid"));
    config.types.number = specwright::config::NumberType::Decimal;
    let formats = [("uuid".to_owned(), specwright::config::FormatType::String)];
    config.types.formats = formats.into();
    let decimal = manifest(&config);
    assert!(decimal.contains("rust_decimal") && !decimal.contains("uuid"));
}
