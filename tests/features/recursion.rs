use crate::generated::recursion::types::{Derived, Expression, Filter, Folder, Node, Tree};
use crate::generated::recursion::{Validate, read_json};
use crate::{refused, survives};

#[test]
fn values_nest() {
    survives::<Node>(
        r#"{"value":1,"next":{"value":2},"children":[{"value":3}],"named":{"a":{"value":4}}}"#,
    );
    survives::<Expression>(r#"{"not":[1,{"not":2.5},[]]}"#);
}

#[test]
fn depth_is_bounded() {
    let deep = format!("{}1{}", "[".repeat(10_000), "]".repeat(10_000));
    refused::<Expression>(&deep, "");
    let children = r#"{"value":1,"children":["#.repeat(100_000);
    let deep_node = format!("{children}{}", "]}".repeat(100_000));
    refused::<Node>(&deep_node, "");
    assert!(read_json::<Node>(deep_node.as_bytes()).is_err());
    for (open, close) in [
        (r#"{"not":"#, "}"),
        (r#"{"value":1,"next":"#, "}"),
        (r#"{"value":1,"children":["#, "]}"),
        (r#"{"value":1,"named":{"a":"#, "}}"),
        (r#"{"a":["#, "]}"),
        (r#"{"up":"#, "}"),
        ("[", "]"),
    ] {
        let deep = format!("{}{}", open.repeat(100_000), close.repeat(100_000));
        // What a type drops is skipped, however deep it is; the rest is refused.
        let _ = (
            serde_json::from_str::<Node>(&deep).is_ok(),
            serde_json::from_str::<Expression>(&deep).is_ok(),
            serde_json::from_str::<Tree>(&deep).is_ok(),
            serde_json::from_str::<Folder>(&deep).is_ok(),
            serde_json::from_str::<Derived>(&deep).is_ok(),
        );
        // The strict reader of a server, which looks for every violation.
        let _ = (
            read_json::<Node>(deep.as_bytes()).is_ok(),
            read_json::<Expression>(deep.as_bytes()).is_ok(),
            read_json::<Tree>(deep.as_bytes()).is_ok(),
            read_json::<Folder>(deep.as_bytes()).is_ok(),
            read_json::<Derived>(deep.as_bytes()).is_ok(),
        );
    }
}

#[test]
fn lists_and_maps_hold_themselves() {
    survives::<Tree>("[[],[[]]]");
    survives::<Folder>(r#"{"a":[{"b":[]},{}]}"#);
    survives::<Derived>(r#"{"up":{"up":{"tree":[]},"tree":[[]]}}"#);
    refused::<Tree>("[1]", "#/0: ");
    refused::<Folder>(r#"{"a":[1]}"#, "#/a/0: ");
    let tree = Tree(vec![Tree::default(), vec![Tree::default(); 3].into()]);
    let violations = tree.validate().unwrap_err();
    assert_eq!(violations[0].pointer, "/1");
    assert_eq!(violations[0].rule, "maxItems");
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    refused::<Tree>(&deep, "");
}

#[test]
fn references_of_2019_lead_to_the_schema_around_them() {
    survives::<Filter>(
        r#"{"type":"or","filters":[{"type":"eq","key":"a"},{"type":"and","filters":[]}]}"#,
    );
    refused::<Filter>(
        r#"{"type":"or","filters":[{"type":"and","filters":1}]}"#,
        "#/filters/0/filters: ",
    );
}
