use crate::generated::nulls::types::{Anything, Done, Nothing, Outcome, Text};
use crate::generated::nulls::{ReadError, read_json};
use crate::{refused, survives};

#[test]
fn null_alone_is_the_unit_type() {
    let done = Done::new("a");
    let () = done.errors;
    assert_eq!(
        serde_json::to_string(&done).unwrap(),
        r#"{"data":"a","errors":null,"none":null}"#
    );
    survives::<Done>(r#"{"data":"a","errors":null,"none":null}"#);
    refused::<Done>(
        r#"{"data":"a","errors":1,"none":null}"#,
        "#/errors: invalid type: integer `1`, expected null",
    );
    refused::<Done>(r#"{"data":"a","none":null}"#, "missing field `errors`");
    assert!(serde_json::from_str::<Nothing>("null").is_ok());
}

#[test]
fn an_optional_null_is_not_an_absent_one() {
    let text = r#"{"data":"a","errors":null,"none":null,"stock":null,"listed":null,"constant":null,"nothings":[null],"either":null}"#;
    let done: Done = serde_json::from_str(text).unwrap();
    assert_eq!(done.stock, Some(()));
    assert_eq!(serde_json::to_string(&done).unwrap(), text);
    assert!(read_json::<Done>(text.as_bytes()).is_ok());
    let wrong =
        r#"{"data":"a","errors":null,"none":null,"stock":0,"listed":1,"either":"x","map":null}"#;
    let Err(ReadError::Invalid(found)) = read_json::<Done>(wrong.as_bytes()) else {
        panic!("it is accepted");
    };
    let found: Vec<_> = found
        .iter()
        .map(|one| format!("{} {}", one.pointer, one.rule))
        .collect();
    assert_eq!(
        found,
        ["/stock type", "/listed type", "/either type", "/map type"]
    );
}

#[test]
fn null_tells_objects_apart() {
    let failed: Outcome = serde_json::from_str(r#"{"data":null,"errors":["e"]}"#).unwrap();
    assert!(matches!(failed, Outcome::Failed(_)));
    survives::<Outcome>(r#"{"data":"a","errors":null,"none":null}"#);
    assert_eq!(serde_json::from_str::<Option<Text>>("null").unwrap(), None);
}

#[test]
fn a_branch_for_anything_is_one_for_null() {
    survives::<Anything>(r#"{"either":null}"#);
    assert!(read_json::<Anything>(br#"{"either":null}"#).is_ok());
    survives::<Anything>(r#"{"either":1}"#);
}
