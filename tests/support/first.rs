//! Objects, enums and unions together.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::support::{
    maybe::Maybe,
    object_table::object,
    read::{ReadError, from_slice, read_json, to_vec},
    string_enum::string_enum,
    union_table::union,
};

#[derive(Debug, Clone, PartialEq)]
struct Body {
    id: String,
    name: String,
    context: Option<BTreeMap<String, Context>>,
    mode: Option<Mode>,
    limit: i64,
    note: Maybe<String>,
    extra: Map<String, Value>,
}

object! {
    Body {
        "id" => id,
        "name" => name,
        "context" => context?,
        "mode" => mode?,
        "limit" => limit = 10,
        "note" => note?,
        .. => extra
    }
    where {
        "name" => name: min_length(2), max_length(5);
        "context" => context: max_properties(5), each(nested);
    }
}

#[derive(Debug, Clone, PartialEq)]
struct Rich {
    id: String,
}

object! { Rich { "id" => id, .. => ! } where { "id" => id: max_length(3); } }

#[derive(Debug, Clone, PartialEq)]
enum Context {
    String(String),
    Rich(Rich),
}

union! { Context = String | Rich { string => String, object => Rich } where { String: max_length(4); } }

#[derive(Debug, Clone, PartialEq)]
enum Mode {
    A,
    Unknown(String),
}

string_enum! { Mode { "a" => A, .. => Unknown } }

#[test]
fn all_together() {
    let body: Body = from_slice(
        br#"{"id":"1","name":"n","context":{"a":"x","b":{"id":"i"}},"mode":"zz","w":1}"#,
    )
    .unwrap();
    assert_eq!(body.limit, 10);
    assert_eq!(
        String::from_utf8(to_vec(&body).unwrap()).unwrap(),
        r#"{"id":"1","name":"n","context":{"a":"x","b":{"id":"i"}},"mode":"zz","limit":10,"w":1}"#
    );
    let error =
        from_slice::<Body>(br#"{"id":"1","name":"n","context":{"a/b ~:%\u00e9":{}}}"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "/context/a~1b ~0:%é: missing field `id` at line 1 column 50"
    );
    let Err(ReadError::Invalid(violations)) = read_json::<Body>(
        br#"{"context":{"app":{"data":{}},"k":"12345","l":{"id":"1234"}},"mode":"b","name":5}"#,
    ) else {
        panic!("accepted")
    };
    let texts: Vec<String> = violations
        .iter()
        .map(|v| format!("{} {v}", v.rule))
        .collect();
    assert_eq!(
        texts,
        [
            "additionalProperties body /context/app/data: unknown field `data`, expected `id`",
            "required body /context/app/id: missing field `id`",
            "maxLength body /context/k: must have at most 4 characters, has 5",
            "maxLength body /context/l/id: must have at most 3 characters, has 4",
            "enum body /mode: unknown variant `b`, expected `a`",
            "type body /name: invalid type: integer `5`, expected a string",
            "required body /id: missing field `id`",
        ]
    );
}
