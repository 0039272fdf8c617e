use crate::generated::constraints::Validate;
use crate::generated::constraints::types::{Account, Order};

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

fn told(json: &str) -> Vec<String> {
    let account: Account = serde_json::from_str(json).unwrap();
    let violations = account.validate().err().unwrap_or_default();
    violations
        .iter()
        .map(|one| format!("{} {}", one.pointer, one.rule))
        .collect()
}

#[test]
fn patterns_are_those_of_ecmascript() {
    assert_eq!(
        told(
            r##"{"slug":"a-1","code":"123\"","secret":"abc1","short":"abc","tags":["#a"],"size":10}"##
        ),
        [""; 0]
    );
    assert_eq!(
        told(
            r##"{"slug":"A","code":"١٢٣\"","secret":"abcd","short":"a bc","tags":["#a","b"],"size":9}"##
        ),
        [
            "/slug pattern",
            "/code pattern",
            "/secret pattern",
            "/short maxLength",
            "/short pattern",
            "/tags/1 pattern",
            "/size minimum",
        ]
    );
    assert_eq!(told(r#"{"size":"1"}"#), ["/size minLength"]);
}
