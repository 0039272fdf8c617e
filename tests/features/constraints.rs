use crate::generated::constraints::Validate;
use crate::generated::constraints::types::Order;

#[test]
fn every_violation_is_told_with_its_place_and_rule() {
    let order: Order = serde_json::from_str(
        r#"{"name":"","lines":[{"count":0},{"count":0}],"notes":{"a":"long","b":"","c":""},"discount":1}"#,
    )
    .unwrap();
    let violations = order.validate().unwrap_err();
    let found: Vec<(&str, &str)> = violations
        .iter()
        .map(|v| (v.pointer.as_str(), v.rule))
        .collect();
    for expected in [
        ("/name", "minLength"),
        ("/lines", "uniqueItems"),
        ("/lines/0/count", "minimum"),
        ("/lines/1/count", "minimum"),
        ("/notes", "maxProperties"),
        ("/notes/a", "maxLength"),
        ("/discount", "exclusiveMaximum"),
    ] {
        assert!(
            found.contains(&expected),
            "{expected:?} is not in {found:?}"
        );
    }
    assert_eq!(found.len(), 7);
}

#[test]
fn a_good_value_has_none() {
    let order: Order =
        serde_json::from_str(r#"{"name":"ünïcö","lines":[{"count":1}],"discount":0.75}"#).unwrap();
    assert_eq!(order.validate(), Ok(()));
}
