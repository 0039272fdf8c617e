use crate::generated::directions::types::{
    NewUser, Note, NoteRequest, Pet, PetRequest, Place, User,
};
use crate::{refused, survives};

#[test]
fn a_response_requires_what_is_read_only() {
    survives::<Pet>(r#"{"id":"1","name":"a","place":{"street":"s"}}"#);
    survives::<Pet>(r#"{"id":"1","name":"a","secret":"x","place":{"street":"s"}}"#);
    refused::<Pet>(
        r#"{"name":"a","secret":"x","place":{"street":"s"}}"#,
        "missing field `id`",
    );
    survives::<User>(r#"{"id":"1"}"#);
    refused::<User>(r#"{"password":"x"}"#, "missing field `id`");
}

#[test]
fn a_request_requires_what_is_write_only() {
    let json = r#"{"name":"a","secret":"x","owner":{"pets":[{"name":"b","secret":"y","place":{"street":"s"}}]},
        "place":{"street":"s"},"tag":{}}"#;
    survives::<PetRequest>(json);
    refused::<PetRequest>(
        r#"{"id":"1","name":"a","place":{"street":"s"}}"#,
        "missing field `secret`",
    );
    survives::<NewUser>(r#"{"password":"x"}"#);
    refused::<NewUser>(r#"{"id":"1"}"#, "missing field `password`");
}

#[test]
fn a_property_is_read_only_for_what_it_refers_to() {
    survives::<Note>(r#"{"id":"1","text":"a"}"#);
    refused::<Note>(r#"{"key":"k","text":"a"}"#, "missing field `id`");
    survives::<NoteRequest>(r#"{"key":"k","text":"a"}"#);
    refused::<NoteRequest>(r#"{"id":"1","text":"a"}"#, "missing field `key`");
}

#[test]
fn what_is_the_same_both_ways_is_one_type() {
    let place = Place {
        street: "s".to_owned(),
        changed: None,
    };
    let pet = PetRequest::new("a", "x", place.clone());
    assert_eq!(pet.place, place);
    assert_eq!(Pet::new("1", "a", place).secret, None);
}
