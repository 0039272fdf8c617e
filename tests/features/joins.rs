use crate::generated::joins::types::*;
use crate::{refused, survives};

fn read<T: serde::de::DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap()
}

#[test]
fn scalars_are_intersected() {
    survives::<Warm>("\"red\"");
    assert!(matches!(read("\"green\""), Warm::Unknown(_)));
    let _: SameColour = Colour::Green;
}

#[test]
fn objects_are_joined_property_by_property() {
    survives::<RedThing>(r#"{"id":"1","colour":"red","inner":{"a":"x","b":1},"note":null}"#);
    refused::<RedThing>(r#"{"id":"1"}"#, "missing field `colour`");
    let blue: RedThing = read(r#"{"id":"1","colour":"blue"}"#);
    assert!(matches!(blue.colour, RedThingColour::Unknown(_)));
    refused::<RedThing>(
        r#"{"id":"1","colour":"red","inner":{"a":"x"}}"#,
        "#/inner: missing field `b`",
    );
}

#[test]
fn null_is_a_value_where_every_branch_has_it() {
    survives::<NotNull>(r#"{"both":null,"one":"abc"}"#);
    assert!(matches!(read(r#"{"one":null}"#), NotNull { one: None, .. }));
}

#[test]
fn a_union_inside_is_distributed() {
    let square: Figure = read(r#"{"id":"1","side":2}"#);
    assert!(matches!(square, Figure::Square(_)));
    survives::<Figure>(r#"{"id":"1","radius":2,"colour":"red"}"#);
    refused::<Figure>(
        r#"{"id":"1"}"#,
        "no variant: needs one of the properties `side`, `radius`",
    );
    refused::<Figure>(r#"{"side":2}"#, "missing field `id`");
    assert!(matches!(read(r#"{"id":1,"name":"n"}"#), Beside::Named(_)));
    survives::<Beside>(r#"{"id":1,"number":2}"#);
    survives::<Either>(r#"{"a":"x"}"#);
    survives::<Twice>(r#"{"b":"1","c":"2"}"#);
    refused::<Twice>(r#"{"b":"1"}"#, "no variant");
}

#[test]
fn listed_branches_are_one_enum() {
    assert_eq!(read::<Consts>("\"up\""), Consts::GoesUp);
    assert!(matches!(read("\"left\""), Consts::Unknown(_)));
}

#[test]
fn schemas_that_hold_each_other_are_joined_once() {
    survives::<LeftAndRight>(r#"{"l":"1","r":"2","next":{"l":"3","r":"4","next":{"r":"5"}}}"#);
}

#[test]
fn a_base_with_a_discriminator_is_one_of_its_children() {
    assert!(matches!(
        read(r#"{"kind":"cat","meows":true}"#),
        Animal::Cat(_)
    ));
    assert!(matches!(
        read(r#"{"kind":"dog","barks":true}"#),
        Animal::Dog(_)
    ));
    assert!(matches!(
        read(r#"{"kind":"Puppy","barks":true,"weeks":3}"#),
        Animal::Puppy(_)
    ));
    assert!(matches!(
        read(r#"{"kind":"bird","legs":2}"#),
        Animal::Base(_)
    ));
    survives::<Zoo>(r#"{"animals":[{"kind":"cat","legs":4},{"kind":"dog","barks":false}]}"#);
    refused::<Animal>(r#"{"kind":"dog"}"#, "missing field `barks`");
    survives::<Cat>(r#"{"kind":"cat","meows":true}"#);
}

#[test]
fn what_no_value_satisfies_is_said_and_carried_somehow() {
    survives::<Impossible>("[1]");
    survives::<Torn>(r#"{"size":1}"#);
}

#[test]
fn bounds_are_the_narrower_ones() {
    let _: (ShortName, Port) = ("abc".to_owned(), 80);
    let _: (Tags, Counts) = (
        Vec::new(),
        std::collections::BTreeMap::from([("a".to_owned(), 1)]),
    );
}
