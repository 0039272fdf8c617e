use crate::generated::recursion::types::{Expression, Node};
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
