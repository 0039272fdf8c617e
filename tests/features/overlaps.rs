use crate::generated::overlaps::types::{Forward, Links, LinksPages};
use crate::{refused, round, survives};

#[test]
fn what_another_branch_declares_is_kept() {
    for pages in [
        r#"{"next":"a","last":"b"}"#,
        r#"{"first":"a"}"#,
        r#"{"next":"a","last":"b","previous":"c","first":"d"}"#,
        r#"{"last":"b","first":"d"}"#,
        "{}",
    ] {
        survives::<Links>(&format!(r#"{{"pages":{pages}}}"#));
        survives::<Links>(&format!(r#"{{"any":{pages}}}"#));
    }
    survives::<Links>(r#"{"any":[1]}"#);
    let links: Links = serde_json::from_str(r#"{"pages":{"first":"d","next":"a"}}"#).unwrap();
    let Some(LinksPages::Backward(back)) = links.pages else {
        panic!("{links:?}")
    };
    assert_eq!(back.first.as_deref(), Some("d"));
    assert_eq!(back.additional_properties["next"], "a");
    refused::<Links>(r#"{"pages":{"next":1}}"#, "#/pages/next: ");
    assert_eq!(Forward::default().additional_properties.len(), 0);
}

#[test]
fn a_value_of_a_one_of_is_one_of_them() {
    assert_eq!(
        round::<Links>(r#"{"one":{"up":"a","down":"b"}}"#),
        r#"{"one":{"up":"a"}}"#
    );
}
