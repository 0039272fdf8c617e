use crate::generated::dynamic::types::{Forest, Tree};
use crate::{refused, survives};

#[test]
fn a_dynamic_reference_has_the_type_of_its_anchor() {
    let tree: Tree =
        serde_json::from_str(r#"{"value":1,"children":[{"value":2,"children":[]}]}"#).unwrap();
    assert_eq!(tree.children.as_ref().map(Vec::len), Some(1));
    survives::<Forest>(r#"{"trees":[{"value":1,"children":[{"value":2}]}]}"#);
    refused::<Forest>(
        r#"{"trees":[{"value":1,"children":[{"value":"2"}]}]}"#,
        "#/trees/0/children/0/value: ",
    );
}

#[test]
fn a_document_knows_its_own_address() {
    let forest: Forest = serde_json::from_str(
        r#"{"trees":[],"first":{"value":1},"second":{"value":2},"third":{"value":3}}"#,
    )
    .unwrap();
    let all: [Option<Tree>; 3] = [forest.first, forest.second, forest.third];
    let values: Vec<i64> = all.into_iter().flatten().map(|tree| tree.value).collect();
    assert_eq!(values, [1, 2, 3]);
    refused::<Forest>(r#"{"trees":[],"second":{}}"#, "#/second: missing field");
}
