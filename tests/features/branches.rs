use crate::generated::branches::types::*;
use crate::generated::branches::{ReadError, read_json};
use crate::{refused, survives};

/// What a server says of a value.
fn told<T>(read: Result<T, ReadError>) -> Option<String> {
    read.err().map(|error| format!("{error:?}"))
}

fn read<T: serde::de::DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap()
}

#[test]
fn a_base_that_lists_who_extends_it_is_one_of_them() {
    let cat = Pet::Cat(Cat {
        lives: Some(9.0),
        ..Cat::new("Cat".to_owned())
    });
    assert_eq!(read::<Pet>(r#"{"kind":"Cat","lives":9}"#), cat);
    survives::<Pet>(r#"{"kind":"Dog","tricks":1}"#);
    refused::<Pet>(r#"{"kind":"Cat","lives":"9"}"#, "#/lives");
    assert!(matches!(read(r#"{"id":"1","b":1}"#), Plain::PlainB(_)));
    survives::<Plain>(r#"{"id":"1","a":1}"#);
    refused::<Plain>(
        r#"{"id":"1"}"#,
        "no variant: needs one of the properties `a`, `b`",
    );
    survives::<Single>(r#"{"id":"1","x":1}"#);
    assert!(matches!(read(r#"{"id":"1"}"#), Bare::BareA(_)));
    assert!(matches!(read(r#"{"id":"1","b":1}"#), Bare::BareB(_)));
}

#[test]
fn unions_that_hold_each_other_are_one() {
    survives::<A>("5");
    survives::<B>(r#""five""#);
    refused::<A>(
        "[5]",
        "invalid type: sequence, expected an integer or a string",
    );
    survives::<Condition>(r#"{"and":[{"leaf":"a"},{"and":[]}]}"#);
    survives::<Group>(r#"{"leaf":"a"}"#);
    refused::<Group>(r#"{"or":[]}"#, "no variant: needs one of the properties");
}

#[test]
fn a_name_is_meant_for_the_component_of_that_name() {
    assert!(matches!(read(r#"{"petType":"Wolf"}"#), Animal::Wolf(_)));
    assert!(matches!(read(r#"{"petType":"Lion"}"#), Animal::Lion(_)));
    assert!(matches!(read(r#"{"k":"s1"}"#), Partly::Shared1(_)));
    assert!(matches!(read(r#"{"k":"Shared2"}"#), Partly::Shared2(_)));
    assert!(told(read_json::<Partly>(r#"{"k":"s3"}"#.as_bytes())).is_some());
}

#[test]
fn maps_are_told_apart_by_trying() {
    assert!(matches!(read(r#"{"a":["x"]}"#), Maps::Object2(_)));
    assert!(matches!(read(r#"{"a":"x"}"#), Maps::Object(_)));
    refused::<Maps>(r#"{"a":1}"#, "no variant fits");
    assert!(matches!(read(r#"[{"a":["x"]}]"#), ListsOfMaps::Array2(_)));
    assert!(matches!(read(r#"[{"a":"x"}]"#), ListsOfMaps::Array(_)));
}

#[test]
fn a_key_decides_only_where_its_value_may() {
    assert!(matches!(read(r#"{"a":"x"}"#), KeyOrMap::Object(_)));
    survives::<KeyOrMap>(r#"{"a":1,"b":2}"#);
    refused::<KeyOrMap>(r#"{"a":true}"#, "#/a");
    assert!(matches!(read(r#"{"a":"x"}"#), KeyOrAny::Object(_)));
    survives::<KeyOrAny>(r#"{"a":1}"#);
    survives::<KeyOrAny>("[1]");
}

#[test]
fn a_listed_boolean_is_held_against_the_list() {
    for json in ["true", "false", r#""on""#] {
        assert_eq!(told(read_json::<Switch>(json.as_bytes())), None, "{json}");
    }
    assert!(told(read_json::<Switch>("1".as_bytes())).is_some());
}

#[test]
fn a_list_says_nothing_of_other_values() {
    for json in [
        r#"{"a":"1","c":"z"}"#,
        r#"{"b":"1"}"#,
        r#"{"c":"x"}"#,
        r#"{"a":"1","b":"2","c":"x"}"#,
    ] {
        assert_eq!(
            told(read_json::<Requiring>(json.as_bytes())),
            None,
            "{json}"
        );
        survives::<Requiring>(json);
    }
    assert!(told(read_json::<Requiring>(r#"{"c":"z"}"#.as_bytes())).is_some());
}

#[test]
fn a_tag_that_no_branch_declares_is_written() {
    survives::<Figure>(r#"{"$type":"square","side":1}"#);
    survives::<Figure>(r#"{"$type":"circle","radius":2}"#);
    let circle = Figure::Circle(Circle { radius: 2.0 });
    let text = serde_json::to_string(&circle).unwrap();
    assert_eq!(text, r#"{"$type":"circle","radius":2}"#);
    refused::<Figure>(r#"{"radius":2}"#, "missing field `$type`");
}

#[test]
fn a_base_is_also_what_its_mapping_names() {
    assert!(matches!(
        read(r#"{"wheels":"two","gears":3}"#),
        Vehicle::Bike(_)
    ));
    survives::<Vehicle>(r#"{"wheels":"four","doors":3}"#);
    assert!(matches!(read(r#"{"wheels":"six"}"#), Vehicle::Base(_)));
    refused::<Vehicle>(r#"{"wheels":"two","gears":"3"}"#, "#/gears");
}

#[test]
fn a_type_beside_branches_of_others_is_not_meant() {
    survives::<Misused>("1");
    survives::<HalfMisused>(r#""a""#);
    survives::<HalfMisused>(r#"{"leaf":"a"}"#);
    refused::<HalfMisused>(
        "1",
        "invalid type: integer `1`, expected a string or an object",
    );
}

#[test]
fn a_default_is_of_the_variant_that_its_tag_names() {
    assert!(matches!(*Settings::default().power, OnOff::Off(_)));
    let given: Settings = read(r#"{"power":{"t":"On"}}"#);
    assert!(matches!(*given.power, OnOff::On(_)));
}

#[test]
fn a_child_that_adds_nothing_is_a_variant_of_its_own() {
    let idle = Job::IdleJob(IdleJob::new("IdleJob"));
    assert_eq!(read::<Job>(r#"{"kind":"IdleJob"}"#), idle);
    assert!(matches!(read(r#"{"kind":"EmptyJob"}"#), Job::EmptyJob(_)));
    assert!(matches!(read(r#"{"kind":"Copy"}"#), Job::CopyJob(_)));
    assert!(matches!(read(r#"{"kind":"CopyJob"}"#), Job::Base(_)));
    refused::<Job>(r#"{"id":"1"}"#, "missing field `kind`");
}

#[test]
fn a_base_whose_tag_is_optional_may_lack_it() {
    assert!(matches!(read(r#"{"name":"a"}"#), Person::Base(_)));
    assert!(matches!(read(r#"{"type":"guest"}"#), Person::Base(_)));
    assert!(matches!(
        read(r#"{"type":"user","owns":"a"}"#),
        Person::Owner(_)
    ));
    survives::<Person>(r#"{"name":"a"}"#);
}
