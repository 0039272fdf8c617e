use crate::generated::references::types::{Escapes, Everything, Forest, Leaf, One};
use crate::generated::several_files::types::{
    Animal, Beast, KennelLarge, Owner, PostalAddress, Shelter,
};
use crate::{refused, survives};

#[test]
fn a_type_is_the_same_from_every_file() {
    let pet = Beast::new(1, "Rex");
    let shelter = Shelter::new(vec![pet.clone()]);
    let _: &Vec<Animal> = &shelter.pets;
    assert_eq!(shelter.address, None::<PostalAddress>);
    let text = r#"{"pets":[{"id":1,"name":"Rex","parent":{"id":2,"name":"Max"},"home":{"city":"Rome"}}],
        "best":{"id":1,"name":"Rex","owner":{"name":"Ann","address":{"city":"Rome"}}},"kennel":{"places":3}}"#;
    survives::<Shelter>(text);
    refused::<Shelter>(
        r#"{"pets":[{"name":"Rex"}]}"#,
        "#/pets/0: missing field `id`",
    );
    refused::<KennelLarge>("{}", "missing field `places`");
}

#[test]
fn a_whole_map_of_properties_stands_elsewhere() {
    survives::<Owner>(r#"{"name":"Ann","address":{"city":"Rome"}}"#);
    refused::<Owner>(r#"{"address":{"city":"Rome"}}"#, "missing field `name`");
    refused::<Owner>(
        r#"{"name":"Ann","address":{}}"#,
        "#/address: missing field `city`",
    );
}

#[test]
fn chains_and_escapes_lead_to_what_they_name() {
    survives::<One>(r#"{"three":3}"#);
    refused::<One>("{}", "missing field `three`");
    survives::<Escapes>(
        r#"{"encoded":{"odd":true},"inner":1,"extension":{"part":"x"},"$ref":"y"}"#,
    );
    refused::<Escapes>(r#"{"encoded":{}}"#, "#/encoded: missing field `odd`");
    refused::<Escapes>(r#"{"inner":"1"}"#, "#/inner: invalid type");
    survives::<Everything>(r#"{"all":{"part":"x"}}"#);
    refused::<Everything>(r#"{"all":{}}"#, "#/all: missing field `part`");
}

#[test]
fn addresses_and_anchors_lead_to_schemas() {
    let text = r#"[{"value":1,"left":{"leaf":"a"},"right":{"value":2}}]"#;
    survives::<Forest>(text);
    refused::<Forest>(r#"[{"value":1,"left":{}}]"#, "#/left: missing field `leaf`");
    refused::<Forest>(
        r#"[{"value":1,"right":{}}]"#,
        "#/right: missing field `value`",
    );
    survives::<Leaf>(r#"{"leaf":"a"}"#);
    refused::<Leaf>("{}", "missing field `leaf`");
}
