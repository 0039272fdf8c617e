use crate::generated::discriminators::types::Pet;
use crate::generated::unions::types::{Amount, Recipient, Reference, Step, Twins};
use crate::{refused, survives};

fn read<T: serde::de::DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap()
}

#[test]
fn the_kind_decides_between_scalars() {
    assert!(matches!(read("3"), Amount::Integer(3)));
    assert!(matches!(read("3.5"), Amount::Number(_)));
    assert!(matches!(read("\"all\""), Amount::Enum(_)));
    assert!(matches!(read("\"some\""), Amount::String(_)));
    refused::<Amount>("true", "invalid type: boolean `true`, expected");
}

#[test]
fn a_tag_decides_wherever_it_stands_and_a_key_where_tags_overlap() {
    assert!(matches!(
        read(r#"{"amount":1,"type":"backoff"}"#),
        Step::Regular(_)
    ));
    assert!(matches!(
        read(r#"{"type":"timed","at":"now"}"#),
        Step::Timed(_)
    ));
    assert!(matches!(
        read(r#"{"amount":1,"type":"regular","digestKey":"k"}"#),
        Step::Regular(_)
    ));
    assert!(matches!(
        read(r#"{"amount":1,"type":"regular"}"#),
        Step::Delay(_)
    ));
    survives::<Step>(r#"{"type":"timed","at":"now"}"#);
}

#[test]
fn a_key_of_its_own_decides() {
    assert!(matches!(read(r#""x""#), Recipient::String(_)));
    assert!(matches!(
        read(r#"{"type":"t","topicKey":"k"}"#),
        Recipient::Topic(_)
    ));
    survives::<Recipient>(r#"{"subscriberId":"s","email":null}"#);
}

#[test]
fn the_kind_of_a_shared_key_decides() {
    assert!(matches!(read(r#"{"key":1}"#), Reference::ById(_)));
    assert!(matches!(read(r#"{"key":"k"}"#), Reference::ByName(_)));
}

#[test]
fn what_is_undecided_is_tried() {
    assert!(matches!(read(r#"{"a":"x","b":"y"}"#), Twins::One(_)));
    assert!(matches!(read(r#"{"a":"x","b":1}"#), Twins::Three(_)));
    assert!(matches!(read(r#"{"a":1,"c":"z"}"#), Twins::Two(_)));
}

#[test]
fn a_discriminator_decides_by_mapping_or_by_name() {
    assert!(matches!(read(r#"{"name":"m","kind":"lion"}"#), Pet::Cat(_)));
    assert!(matches!(read(r#"{"kind":"Dog"}"#), Pet::Dog(_)));
    survives::<Pet>(r#"{"kind":"cat","name":"m"}"#);
    refused::<Pet>(r#"{"kind":"cow"}"#, "");
}
