use crate::generated::all_of::types::{Base, Extended, Holder};
use crate::{refused, survives};

#[test]
fn objects_are_joined() {
    survives::<Extended>(r#"{"id":"1","note":"n","size":2}"#);
    refused::<Extended>(r#"{"id":"1"}"#, "missing field `note`");
}

#[test]
fn a_described_reference_is_the_reference() {
    survives::<Holder>(r#"{"base":{"id":"1"},"again":null}"#);
    let holder = Holder {
        base: Some(Base::new("1")),
        ..Holder::default()
    };
    assert_eq!(
        serde_json::to_string(&holder).unwrap(),
        r#"{"base":{"id":"1"}}"#
    );
}
