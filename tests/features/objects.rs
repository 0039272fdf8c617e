use crate::generated::objects::types::{Closed, Empty, Open, Subscriber};
use crate::generated::objects::{Maybe, from_slice};
use crate::{refused, round, survives};

#[test]
fn properties_have_three_states_where_they_need_them() {
    survives::<Subscriber>(r#"{"_id":"1","type":"a","manager":null}"#);
    survives::<Subscriber>(r#"{"_id":"1","type":"a","manager":"m","nickname":null}"#);
    let subscriber = Subscriber::new("1", "a", Some("m".to_owned()));
    assert_eq!(subscriber.nickname, Maybe::Absent);
    assert_eq!(
        serde_json::to_string(&subscriber).unwrap(),
        r#"{"_id":"1","type":"a","manager":"m"}"#
    );
}

#[test]
fn numbers_lists_and_maps_survive() {
    survives::<Subscriber>(
        r#"{"_id":"1","type":"a","manager":null,"age":3,"score":404,"data":{"a":[1,{"b":null}]},
            "tags":["x",null],"labels":{"a":1},"anything":[null]}"#,
    );
    assert!(
        round::<Subscriber>(r#"{"_id":"1","type":"a","manager":null,"score":404}"#)
            .contains("404}")
    );
}

#[test]
fn a_value_of_any_kind_may_be_null() {
    survives::<Subscriber>(r#"{"_id":"1","type":"a","manager":null,"anything":null}"#);
}

#[test]
fn faults_name_their_place() {
    refused::<Subscriber>(r#"{"_id":"1","manager":null}"#, "missing field `type`");
    let error =
        from_slice::<Subscriber>(br#"{"_id":"1","type":"a","manager":null,"labels":{"a/b":"x"}}"#)
            .unwrap_err();
    assert_eq!(error.pointer, "/labels/a~1b");
}

#[test]
fn undeclared_properties_are_dropped_or_kept() {
    assert_eq!(round::<Closed>(r#"{"name":"a","x":1}"#), r#"{"name":"a"}"#);
    survives::<Open>(r#"{"name":"a","x":1,"y":2}"#);
    refused::<Open>(r#"{"name":"a","x":"1"}"#, "#/x: ");
    assert_eq!(round::<Empty>(r#"{"x":1}"#), "{}");
}
