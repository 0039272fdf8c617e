//! Every kind of decision, and where the deciding property stands.

use serde_json::{Map, Value};

use crate::support::{
    codec::{Decode, Encode},
    object_table::object,
    read::{ReadError, from_slice, read_json, to_vec},
    rules::Check,
    union_table::union,
};

macro_rules! objects {
    ($($type:ident { $($at:literal: $name:literal $field:ident $(? $($optional:lifetime)?)? : $value:ty),* })*) => {$(
        #[derive(Debug, Clone, PartialEq)]
        struct $type { $($field: $value),* }

        object! { $type { $($at: $name => $field $(? $($optional)?)?,)* } }
    )*};
}

objects! {
    Regular { 0: "type" r#type: String, 1: "amount" amount: i64 }
    Timed { 0: "type" r#type: String, 1: "at" at: String }
    Digest { 0: "type" r#type: String, 1: "digestKey" digest_key: String, 2: "amount" amount?: Option<i64> }
    Other { 0: "type" r#type?: Option<String> }
    Cat { 0: "name" name: String, 1: "meow" meow: bool }
    Dog { 0: "name" name: String, 1: "bark" bark?: Option<bool> }
    Fish { 0: "name" name: String, 1: "fins" fins?: Option<i64>, 2: "bark" bark?: Option<bool> }
}

#[derive(Debug, Clone, PartialEq)]
enum Step {
    Regular(Regular),
    Timed(Timed),
    Digest(Digest),
    Other(Other),
    Id(String),
}

union! {
    Step = Regular | Timed | Digest | Other | Id {
        string => Id,
        object => tag "type" {
            "regular" | "backoff" => key { "digestKey" => Digest, .. => Regular },
            "timed" => Timed,
            .. => Other,
        },
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Strict {
    Regular(Regular),
    Timed(Timed),
}

union! { Strict = Regular | Timed { object => tag "type" { "1" => Regular, "true" => Timed } } }

#[derive(Debug, Clone, PartialEq)]
enum ByKey {
    Cat(Cat),
    Timed(Box<Timed>),
}

union! { ByKey = Cat | Timed { object => key { "meow" => Cat, "at" => Timed } } }

objects! {
    Text { 0: "value" value: String, 1: "lang" lang?: Option<String> }
    Number { 0: "value" value: f64, 1: "unit" unit?: Option<String> }
    List { 0: "value" value: Vec<Measure> }
}

#[derive(Debug, Clone, PartialEq)]
enum Measure {
    Text(Text),
    Number(Number),
    List(List),
}

union! {
    Measure = Text | Number | List {
        object => kind_of "value" { string => Text, number => Number, array => List },
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Pet {
    Cat(Cat),
    Dog(Dog),
    Fish(Fish),
}

union! { Pet = Cat | Dog | Fish { object => trial [Cat, Dog, Fish] } }

#[derive(Debug, Clone, PartialEq)]
enum Scalar {
    Order(String),
    Name(String),
    Limit(i64),
    Ratio(f64),
    Flag(bool),
    Ids(Vec<i64>),
    Names(Vec<String>),
    Any(Map<String, Value>),
}

union! {
    Scalar = Order | Name | Limit | Ratio | Flag | Ids | Names | Any {
        string => value { "asc" | "desc" => Order, .. => Name },
        integer => Limit,
        number => Ratio,
        boolean => Flag,
        array => trial [Ids, Names],
        object => Any,
    }
    where {
        Name: max_length(3);
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Word {
    Short(String),
    Order(String),
    Any(String),
    Small(i64),
    Large(i64),
}

union! {
    Word = Short | Order | Any | Small | Large {
        string => value { "asc" => Order, .. => first [Short, Any] },
        integer => first [Small, Large],
    }
    where {
        Short: max_length(3);
        Small: maximum(9.0);
        Large: minimum(100.0);
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Lists {
    Texts(Vec<String>),
    Grid(Vec<Vec<i64>>),
    Pets(Vec<ByKey>),
    Names(Vec<Vec<String>>),
}

union! {
    Lists = Texts | Grid | Pets | Names {
        array => items {
            string => Texts,
            array => items { integer => Grid, string => Names, .. => Grid },
            object => key { "meow" | "at" => Pets },
            .. => Names,
        },
    }
}

objects! {
    Labels { 0: "labels" labels?: Option<Vec<String>>, 1: "a" a?: Option<i64> }
    Counts { 0: "labels" labels?: Option<Vec<i64>>, 1: "a" a?: Option<i64> }
    Flag { 0: "labels" labels?: Option<bool>, 1: "b" b?: Option<i64> }
}

#[derive(Debug, Clone, PartialEq)]
enum Labelled {
    Labels(Labels),
    Counts(Counts),
    Flag(Flag),
}

union! {
    Labelled = Labels | Counts | Flag {
        object => kind_of "labels" {
            boolean => Flag,
            array => item_of "labels" { string => Labels, integer => Counts, .. => Labels },
            .. => key { "b" => Flag, .. => Labels },
        },
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Open {
    Regular(Regular),
    Unknown(Value),
}

union! { Open = Regular | Unknown { object => tag "type" { "regular" => Regular, .. => unknown [Unknown] } } }

fn read<T: Decode + Check + PartialEq + std::fmt::Debug>(json: &str) -> T {
    let value = from_slice(json.as_bytes()).unwrap();
    assert_eq!(read_json::<T>(json.as_bytes()).unwrap(), value);
    value
}

fn refused<T: Decode + std::fmt::Debug>(json: &str) -> String {
    from_slice::<T>(json.as_bytes()).unwrap_err().to_string()
}

fn text<T: Encode>(value: &T) -> String {
    String::from_utf8(to_vec(value).unwrap()).unwrap()
}

fn violations<T: Decode + Check + std::fmt::Debug>(json: &str) -> Vec<String> {
    match read_json::<T>(json.as_bytes()) {
        Err(ReadError::Invalid(violations)) => violations
            .iter()
            .map(|v| format!("{} {} {}", v.rule, v.pointer, v.message))
            .collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_tag_first_in_the_middle_and_last() {
    let regular = Step::Regular(Regular {
        r#type: "regular".to_owned(),
        amount: 5,
    });
    for json in [
        r#"{"type":"regular","amount":5}"#,
        r#"{"amount":5,"type":"regular"}"#,
        r#"{"x":[{"y":null}],"type":"regular","amount":5,"z":1}"#,
    ] {
        assert_eq!(read::<Step>(json), regular);
    }
    assert_eq!(text(&regular), r#"{"type":"regular","amount":5}"#);
    let timed = Step::Timed(Timed {
        r#type: "timed".to_owned(),
        at: "now".to_owned(),
    });
    assert_eq!(read::<Step>(r#"{"at":"now","type":"timed"}"#), timed);
}

#[test]
fn a_tag_whose_value_leads_on_to_a_key() {
    let digest = Step::Digest(Digest {
        r#type: "backoff".to_owned(),
        digest_key: "k".to_owned(),
        amount: Some(1),
    });
    for json in [
        r#"{"digestKey":"k","amount":1,"type":"backoff"}"#,
        r#"{"type":"backoff","amount":1,"digestKey":"k"}"#,
        r#"{"amount":1,"type":"backoff","digestKey":"k"}"#,
    ] {
        assert_eq!(read::<Step>(json), digest);
    }
    assert!(matches!(
        read(r#"{"type":"backoff","amount":1}"#),
        Step::Regular(_)
    ));
}

#[test]
fn a_tag_that_is_missing_or_unknown() {
    assert_eq!(
        read::<Step>(r#"{"a":1}"#),
        Step::Other(Other { r#type: None })
    );
    assert_eq!(
        read::<Step>(r#"{"type":"new"}"#),
        Step::Other(Other {
            r#type: Some("new".to_owned())
        })
    );
    assert_eq!(
        refused::<Strict>(r#"{"amount":1}"#),
        "missing field `type` at line 1 column 12"
    );
    assert_eq!(
        refused::<Strict>(r#"{"type":"3"}"#),
        "/type: unknown variant `3`, expected one of `1`, `true` at line 1 column 12"
    );
    assert_eq!(
        violations::<Vec<Strict>>(r#"[{"type":"3"},{},{"type":"1","amount":1},{"type":[]}]"#),
        [
            "enum /0/type unknown variant `3`, expected one of `1`, `true`",
            "required /1/type missing field `type`",
            "type /3/type invalid type: sequence, expected a string",
        ]
    );
    assert_eq!(
        refused::<Step>("7"),
        "invalid type: integer `7`, expected a string or an object at line 1 column 1"
    );
    assert!(refused::<Step>("null").starts_with("invalid type: null"));
}

#[test]
fn a_tag_that_is_no_string() {
    // The variants declare their tag a string, so what they say shows which was chosen.
    assert!(
        refused::<Strict>(r#"{"amount":1,"type":1}"#)
            .starts_with("/type: invalid type: integer `1`")
    );
    assert!(
        refused::<Strict>(r#"{"type":true,"at":""}"#)
            .starts_with("/type: invalid type: boolean `true`")
    );
}

#[test]
fn a_key_or_the_kind_of_one() {
    assert!(matches!(
        read(r#"{"name":"Tom","meow":true}"#),
        ByKey::Cat(_)
    ));
    assert!(matches!(
        read(r#"{"type":"t","at":"now"}"#),
        ByKey::Timed(_)
    ));
    assert_eq!(
        refused::<ByKey>(r#"{"name":"Tom"}"#),
        "no variant: needs one of the properties `meow`, `at` at line 1 column 14"
    );
    assert!(matches!(
        read(r#"{"unit":"m","value":1.5}"#),
        Measure::Number(Number { value: 1.5, .. })
    ));
    assert!(matches!(
        read(r#"{"value":"x","lang":"en"}"#),
        Measure::Text(_)
    ));
    let nested = r#"{"value":[{"value":1},{"value":[{"value":"x"}]}]}"#;
    assert_eq!(text(&read::<Measure>(nested)), nested);
    assert_eq!(
        refused::<Measure>(r#"{"value":[{"value":1},{"value":true}]}"#),
        "/value/1/value: invalid type: boolean `true`, expected a number or a string or an array at line 1 column 38"
    );
    assert_eq!(
        refused::<Measure>("{}"),
        "missing field `value` at line 1 column 2"
    );
}

#[test]
fn trial_takes_what_declares_most_of_the_properties() {
    assert!(matches!(read(r#"{"meow":true,"name":"Tom"}"#), Pet::Cat(_)));
    assert!(
        matches!(read(r#"{"name":"Rex","bark":true}"#), Pet::Dog(_)),
        "the first of two that fit as well"
    );
    assert!(matches!(
        read(r#"{"name":"Nemo","fins":2,"bark":false}"#),
        Pet::Fish(_)
    ));
    assert!(matches!(read(r#"{"name":"?"}"#), Pet::Dog(_)));
    assert_eq!(read::<Scalar>("[1,2]"), Scalar::Ids(vec![1, 2]));
    assert_eq!(
        read::<Scalar>(r#"["a"]"#),
        Scalar::Names(vec!["a".to_owned()])
    );
}

#[test]
fn trial_tells_every_reason() {
    assert_eq!(
        refused::<Pet>(r#"{"fins":true}"#),
        "no variant fits: `Cat`: missing field `name`; `Dog`: missing field `name`; \
         `Fish`: #/fins: invalid type: boolean `true`, expected an integer between -9223372036854775808 and \
         9223372036854775807 at line 1 column 13"
    );
    assert_eq!(
        violations::<Vec<Pet>>(r#"[{"fins":1}]"#),
        [
            "anyOf /0 no variant fits: `Cat`: missing field `name`; `Dog`: missing field `name`; \
         `Fish`: missing field `name`"
        ]
    );
}

#[test]
fn scalars_by_kind_and_value() {
    for (json, value) in [
        (r#""asc""#, Scalar::Order("asc".to_owned())),
        (r#""abc""#, Scalar::Name("abc".to_owned())),
        ("3", Scalar::Limit(3)),
        ("3.5", Scalar::Ratio(3.5)),
        ("false", Scalar::Flag(false)),
        (
            r#"{"a":1}"#,
            Scalar::Any(Map::from_iter([("a".to_owned(), 1.into())])),
        ),
    ] {
        assert_eq!(read::<Scalar>(json), value);
        assert_eq!(text(&value), json);
    }
    assert_eq!(
        violations::<Scalar>(r#""long""#),
        ["maxLength  must have at most 3 characters, has 4"]
    );
    assert_eq!(
        violations::<Vec<Scalar>>(r#"["long",null,"nice"]"#),
        [
            "maxLength /0 must have at most 3 characters, has 4",
            "type /1 invalid type: null, expected a boolean or an integer or a number or a string or an array or an \
             object",
            "maxLength /2 must have at most 3 characters, has 4",
        ]
    );
}

#[test]
fn a_repeated_property_is_seen_in_the_replay() {
    assert_eq!(
        violations::<Step>(r#"{"amount":1,"amount":2,"type":"regular"}"#),
        ["type /amount duplicate property"]
    );
    assert!(from_slice::<Step>(br#"{"amount":1,"amount":2,"type":"regular"}"#).is_ok());
}

#[test]
fn the_first_whose_constraints_hold_is_taken() {
    for (json, word) in [
        (r#""asc""#, Word::Order("asc".to_owned())),
        (r#""abc""#, Word::Short("abc".to_owned())),
        (r#""abcd""#, Word::Any("abcd".to_owned())),
        ("9", Word::Small(9)),
        ("100", Word::Large(100)),
    ] {
        assert_eq!(read::<Word>(json), word);
        assert_eq!(text(&word), json);
    }
    // None holds: it is the first for a client, and its constraint is what a server is told.
    assert_eq!(from_slice::<Word>(b"50").unwrap(), Word::Small(50));
    assert_eq!(violations::<Word>("50"), ["maximum  must be at most 9"]);
}

#[test]
fn arrays_by_their_first_item() {
    assert!(matches!(read(r#"["a","b"]"#), Lists::Texts(_)));
    assert!(matches!(read("[[1],[2]]"), Lists::Grid(_)));
    assert!(matches!(read(r#"[["1"]]"#), Lists::Names(_)));
    assert!(matches!(read("[[]]"), Lists::Grid(_)));
    assert!(matches!(read("[]"), Lists::Names(_)));
    let pets = r#"[{"name":"Tom","meow":true}]"#;
    assert_eq!(text(&read::<Lists>(pets)), pets);
    assert_eq!(
        refused::<Lists>("[1]"),
        "/0: invalid type: integer `1`, expected a string or an array or an object at line 1 column 3"
    );
    assert!(
        refused::<Lists>(r#"["a",1]"#)
            .starts_with("/1: invalid type: integer `1`, expected a string")
    );
    assert!(refused::<Lists>("[{}]").starts_with("/0: no variant has such an item"));
}

#[test]
fn the_kind_of_a_key_that_may_be_absent() {
    assert!(matches!(read(r#"{"labels":["a"]}"#), Labelled::Labels(_)));
    assert!(matches!(
        read(r#"{"a":1,"labels":[1]}"#),
        Labelled::Counts(_)
    ));
    assert!(matches!(read(r#"{"labels":[]}"#), Labelled::Labels(_)));
    assert!(matches!(read(r#"{"labels":true}"#), Labelled::Flag(_)));
    assert!(matches!(read(r#"{"b":1}"#), Labelled::Flag(_)));
    assert!(matches!(read("{}"), Labelled::Labels(_)));
    assert_eq!(
        refused::<Labelled>(r#"{"labels":"a"}"#),
        "/labels: invalid type: string \"a\", expected a boolean or an array at line 1 column 14"
    );
}

#[test]
fn a_client_keeps_what_has_an_unknown_tag() {
    for json in [r#"{"type":"new","x":[1,{"y":null}]}"#, r#"{"x":1}"#] {
        let open: Open = from_slice(json.as_bytes()).unwrap();
        assert!(matches!(open, Open::Unknown(_)));
        assert_eq!(text(&open), json);
    }
    assert_eq!(
        violations::<Vec<Open>>(r#"[{"type":"new"},{}]"#),
        [
            "enum /0/type unknown variant `new`, expected one of `regular`",
            "required /1/type missing field `type`",
        ]
    );
}
