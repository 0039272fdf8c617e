use crate::generated::enums::types::{Order, Outcome, Painted, PaintedColour};
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

#[test]
fn values_may_be_called_as_what_traits_have() {
    assert_eq!("err".parse(), Ok(Outcome::Err));
    survives::<Vec<Outcome>>(
        r#"["ok","err","error","item","target","output","self","values","none","some"]"#,
    );
}
