use crate::generated::enums::types::{Order, Painted, PaintedColour};
use crate::{refused, survives};

#[test]
fn only_what_a_response_carries_takes_unknown_values() {
    survives::<Painted>(r#"{"colour":"violet"}"#);
    let painted: Painted = serde_json::from_str(r#"{"colour":"r"}"#).unwrap();
    assert_eq!(painted.colour, PaintedColour::Red);
    refused::<Order>(r#"{"mode":"other"}"#, "#/mode: unknown variant `other`");
}

#[test]
fn every_value_has_a_name_of_its_own() {
    for value in ["ASC", "asc", "", "+1", "-1", "type", "two words", "1"] {
        survives::<Order>(&serde_json::json!({ "mode": value }).to_string());
    }
}
