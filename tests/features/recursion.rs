use crate::generated::recursion::Validate;
use crate::generated::recursion::types::{Derived, Expression, Filter, Folder, Node, Tree};
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
