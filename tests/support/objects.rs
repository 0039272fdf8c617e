//! Every form of a line in an object's table.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::support::{
    defaulted::Defaulted,
    maybe::Maybe,
    object_table::object,
    read::{ReadError, from_slice, read_json, to_vec},
    rules::Check,
    string_enum::string_enum,
};

#[derive(Debug, Clone, PartialEq)]
struct Forms {
    id: String,
    parent: Option<String>,
    name: Option<String>,
    note: Maybe<String>,
    limit: Defaulted<i64>,
    label: Defaulted<Option<String>>,
    r#type: Option<Box<Forms>>,
}

object! {
    Forms {
        0: "_id" => id,
        1: "parent" => parent,
        2: "name" => name?,
        3: "note" => note?,
        4: "limit" => limit? = 10,
        5: "label" => label? = Some("none".to_owned()),
        6: "type" => r#type?,
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Empty {}

object! { Empty {} }

#[derive(Debug, Clone, PartialEq)]
struct Keeping {
    id: i64,
    rest: BTreeMap<String, i64>,
}

object! {
    Keeping {
        0: "id" => id,
        .. => rest
    }
}

#[derive(Debug, Clone, PartialEq)]
struct KeepingAny {
    rest: Map<String, Value>,
}

object! { KeepingAny { .. => rest } }

#[derive(Debug, Clone, PartialEq)]
struct Closed {
    id: Option<i64>,
}

object! {
    Closed {
        0: "id" => id?,
        .. => !
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Mode {
    Subscriber,
    Shared,
}

string_enum! { Mode { "subscriber" => Subscriber, "shared" => Shared } }

#[derive(Debug, Clone, PartialEq)]
enum Colour {
    Red,
    Empty,
    Unknown(String),
}

string_enum! { Colour { "red" => Red, "" => Empty, .. => Unknown } }

fn text<T: crate::support::codec::Encode>(value: &T) -> String {
    String::from_utf8(to_vec(value).unwrap()).unwrap()
}

fn violations<T: crate::support::codec::Decode + Check + std::fmt::Debug>(
    json: &str,
) -> Vec<String> {
    match read_json::<T>(json.as_bytes()) {
        Err(ReadError::Invalid(violations)) => violations
            .iter()
            .map(|v| format!("{} {} {}", v.rule, v.pointer, v.message))
            .collect(),
        other => panic!("{other:?}"),
    }
}

fn forms() -> Forms {
    Forms {
        id: "1".to_owned(),
        parent: None,
        name: None,
        note: Maybe::Absent,
        limit: Defaulted::absent(10),
        label: Defaulted::absent(Some("none".to_owned())),
        r#type: None,
    }
}

#[test]
fn absent_null_and_default() {
    let json = r#"{"_id":"1","parent":null}"#;
    assert_eq!(from_slice::<Forms>(json.as_bytes()).unwrap(), forms());
    assert_eq!(read_json::<Forms>(json.as_bytes()).unwrap(), forms());
    assert_eq!(text(&forms()), json, "a default is not written");
    let full = r#"{"_id":"1","parent":"p","name":"n","note":null,"limit":3,"label":null,"type":{"_id":"2","parent":null,"limit":10,"label":"none"}}"#;
    let value: Forms = from_slice(full.as_bytes()).unwrap();
    assert_eq!(value.note, Maybe::Null);
    assert_eq!(
        *value.label, None,
        "null is a value of a nullable property, not its default"
    );
    assert_eq!(text(&value), full);
    assert_eq!(read_json::<Forms>(full.as_bytes()).unwrap(), value);
    let value: Forms = from_slice(br#"{"note":"x","parent":null,"_id":"1"}"#).unwrap();
    assert_eq!(value.note, Maybe::Value("x".to_owned()));
}

#[test]
fn null_for_optional_is_tolerated_by_clients_only() {
    let json = r#"{"_id":"1","parent":null,"name":null,"limit":null,"type":null}"#;
    assert_eq!(from_slice::<Forms>(json.as_bytes()).unwrap(), forms());
    assert_eq!(
        violations::<Forms>(json),
        [
            "type /name invalid type: null, expected a string",
            "type /limit invalid type: null, expected an integer between -9223372036854775808 and 9223372036854775807",
            "type /type invalid type: null, expected an object",
        ]
    );
}

#[test]
fn required_properties() {
    let error = from_slice::<Forms>(br#"{"_id":"1"}"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "missing field `parent` at line 1 column 11"
    );
    assert_eq!(
        violations::<Forms>("{}"),
        [
            "required /_id missing field `_id`",
            "required /parent missing field `parent`"
        ]
    );
    assert_eq!(
        violations::<Forms>(r#"{"_id":1,"parent":null}"#),
        ["type /_id invalid type: integer `1`, expected a string"],
        "a property that is wrong is not missing too"
    );
    assert_eq!(
        violations::<Forms>("[]"),
        ["type  invalid type: sequence, expected an object"]
    );
    assert_eq!(
        violations::<Forms>("7"),
        ["type  invalid type: integer `7`, expected an object"]
    );
}

#[test]
fn order_does_not_matter() {
    let value: Forms =
        from_slice(br#"{"limit":1,"x":[{}],"parent":null,"y":{},"_id":"1","note":"n"}"#).unwrap();
    assert_eq!(
        value,
        Forms {
            limit: 1.into(),
            note: Maybe::Value("n".to_owned()),
            ..forms()
        }
    );
}

#[test]
fn undeclared_properties() {
    assert_eq!(
        from_slice::<Empty>(br#"{"a":{"b":[1]}}"#).unwrap(),
        Empty {}
    );
    assert_eq!(text(&Empty {}), "{}");
    assert_eq!(
        read_json::<Empty>(br#"{"a":1}"#).unwrap(),
        Empty {},
        "an open object takes them strictly too"
    );
    let value: Keeping = from_slice(br#"{"a":1,"id":2,"b":3}"#).unwrap();
    assert_eq!(
        value,
        Keeping {
            id: 2,
            rest: BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 3)])
        }
    );
    assert_eq!(text(&value), r#"{"id":2,"a":1,"b":3}"#);
    assert_eq!(
        read_json::<Keeping>(br#"{"a":1,"id":2,"b":3}"#).unwrap(),
        value
    );
    let clash = Keeping {
        id: 2,
        rest: BTreeMap::from([("id".to_owned(), 9)]),
    };
    assert_eq!(text(&clash), r#"{"id":2}"#, "no property is written twice");
    let value: KeepingAny = from_slice(br#"{"a":{"b":null},"c":[1]}"#).unwrap();
    assert_eq!(
        Value::Object(value.rest),
        json!({"a": {"b": null}, "c": [1]})
    );
    assert_eq!(
        from_slice::<Keeping>(br#"{"id":1,"a b":"x"}"#)
            .unwrap_err()
            .to_string(),
        "/a b: invalid type: string \"x\", expected an integer between -9223372036854775808 and 9223372036854775807 \
         at line 1 column 17"
    );
    assert_eq!(
        from_slice::<Closed>(br#"{"a":1,"id":2}"#).unwrap(),
        Closed { id: Some(2) }
    );
    assert_eq!(
        violations::<Closed>(r#"{"a":1,"id":"x","b":{}}"#),
        [
            "additionalProperties /a unknown field `a`, expected `id`",
            "type /id invalid type: string \"x\", expected an integer between -9223372036854775808 and \
             9223372036854775807",
            "additionalProperties /b unknown field `b`, expected `id`",
        ]
    );
}

#[test]
fn a_repeated_property() {
    let json = r#"{"_id":"1","parent":null,"_id":"2"}"#;
    assert_eq!(
        from_slice::<Forms>(json.as_bytes()).unwrap().id,
        "2",
        "the last one counts"
    );
    assert_eq!(violations::<Forms>(json), ["type /_id duplicate property"]);
    assert_eq!(
        violations::<Keeping>(r#"{"id":1,"a":1,"a":2}"#),
        ["type /a duplicate property"]
    );
    assert_eq!(
        violations::<BTreeMap<String, i64>>(r#"{"a":1,"a":2}"#),
        ["type /a duplicate property"]
    );
}

#[test]
fn serde_knows_the_types() {
    let value: Vec<Forms> = serde_json::from_str(r#"[{"_id":"1","parent":null}]"#).unwrap();
    assert_eq!(value, [forms()]);
    assert_eq!(
        serde_json::to_string(&value).unwrap(),
        r#"[{"_id":"1","parent":null}]"#
    );
    let value: BTreeMap<String, Option<Mode>> =
        serde_json::from_value(json!({"a": "shared", "b": null})).unwrap();
    assert_eq!(value["a"], Some(Mode::Shared));
}

#[test]
fn enums() {
    assert_eq!(
        from_slice::<Mode>(br#""subscriber""#).unwrap(),
        Mode::Subscriber
    );
    assert_eq!(
        from_slice::<Mode>(br#""x""#).unwrap_err().to_string(),
        "unknown variant `x`, expected `subscriber` or `shared` at line 1 column 3"
    );
    assert_eq!(
        violations::<Mode>(r#""x""#),
        ["enum  unknown variant `x`, expected `subscriber` or `shared`"]
    );
    assert_eq!(
        from_slice::<Colour>(br#""blue""#).unwrap(),
        Colour::Unknown("blue".to_owned())
    );
    assert_eq!(
        violations::<Colour>(r#""blue""#),
        ["enum  unknown variant `blue`, expected `red` or ``"]
    );
    assert_eq!(from_slice::<Colour>(br#""""#).unwrap(), Colour::Empty);
    assert_eq!(
        text(&vec![
            Colour::Red,
            Colour::Empty,
            Colour::Unknown("b".to_owned())
        ]),
        r#"["red","","b"]"#
    );
    assert_eq!("shared".parse::<Mode>().unwrap(), Mode::Shared);
    assert_eq!(
        "x".parse::<Mode>().unwrap_err().to_string(),
        "must be one of `subscriber`, `shared`"
    );
    assert_eq!("blue".parse::<Colour>().unwrap().as_str(), "blue");
    assert_eq!(Mode::VALUES, ["subscriber", "shared"]);
    assert_eq!(Mode::Shared.to_string(), "shared");
}

#[test]
fn three_states() {
    let mut note = Maybe::from(1);
    assert_eq!(
        (note.as_option(), note.is_null(), note.is_absent()),
        (Some(&1), false, false)
    );
    assert_eq!(note.map(|value| value + 1), Maybe::Value(2));
    note = Maybe::Null;
    assert_eq!((note.into_option(), note.is_null()), (None, true));
    assert!(Maybe::<i64>::default().is_absent());
}
