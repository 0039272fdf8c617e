//! Schemas as they are taken, where that is not what they say to the letter.

use serde_json::{Map, Value, json};

use crate::examples::declared;
use crate::generate::Outcome;
use crate::judge::Written;

/// A way to take schemas, with its reason. Where a value is judged so and not otherwise as we do, this is why.
pub(super) struct Taken {
    pub(super) class: &'static str,
    pub(super) reason: &'static str,
    pub(super) reading: fn(&Outcome, &Written<'_>, &mut Map<String, Value>),
}

pub(super) const TAKEN: &[Taken] = &[
    Taken {
        class: "kind of an untyped schema",
        reason: "`properties` and the like without `type` are taken to speak of objects alone, and `items` of lists: \
                 to the letter they allow every value of another kind",
        reading: untyped,
    },
    Taken {
        class: "several branches of a `oneOf`",
        reason: "a value that several branches allow is taken for the best of them",
        reading: several,
    },
    Taken {
        class: "keys of another branch",
        reason: "a key that only some branches of a union declare leads to those, and the value has to be as they say: \
                 to the letter the others allow the key with any value",
        reading: keys,
    },
    Taken {
        class: "`null` in one part of an `allOf`",
        reason: "`null` that one branch of an `allOf` names is a value, though the others have to name it too",
        reading: null,
    },
    Taken {
        class: "schemas that contradict themselves",
        reason: "no value is valid, as a diagnostic says; the type holds any value",
        reading: impossible,
    },
    Taken {
        class: "closed parts of an `allOf`",
        reason: "where one branch of an `allOf` forbids what another one declares, the whole has both: to the letter \
                 no value has any of it",
        reading: closed,
    },
];

fn untyped(_: &Outcome, _: &Written<'_>, schema: &mut Map<String, Value>) {
    const OBJECT: &[&str] = &[
        "properties",
        "additionalProperties",
        "required",
        "patternProperties",
    ];
    const ARRAY: &[&str] = &["items", "prefixItems"];
    if schema.contains_key("type") {
        return;
    }
    let has = |keywords: &[&str]| keywords.iter().any(|keyword| schema.contains_key(*keyword));
    let kind = match () {
        () if has(OBJECT) => "object",
        () if has(ARRAY) => "array",
        () => return,
    };
    schema.insert("type".to_owned(), json!(kind));
}

fn several(_: &Outcome, _: &Written<'_>, schema: &mut Map<String, Value>) {
    if !schema.contains_key("anyOf")
        && let Some(branches) = schema.remove("oneOf")
    {
        schema.insert("anyOf".to_owned(), branches);
    }
}

fn keys(_: &Outcome, written: &Written<'_>, schema: &mut Map<String, Value>) {
    for keyword in ["oneOf", "anyOf"] {
        let Some(Value::Array(branches)) = schema.get_mut(keyword) else {
            continue;
        };
        let declared: Vec<_> = (0..branches.len())
            .map(|index| {
                let branch = written.site.below(keyword).below(&index.to_string());
                declared::keys(written.files, &branch)
            })
            .collect();
        for (branch, own) in branches.iter_mut().zip(&declared) {
            let others: Vec<&String> = declared
                .iter()
                .flatten()
                .filter(|key| !own.contains(*key))
                .collect();
            if !others.is_empty() {
                let inner = branch.take();
                *branch =
                    json!({ "allOf": [inner, { "propertyNames": { "not": { "enum": others } } }] });
            }
        }
    }
}

fn closed(_: &Outcome, written: &Written<'_>, schema: &mut Map<String, Value>) {
    if written.joined && schema.get("additionalProperties") == Some(&Value::Bool(false)) {
        schema.remove("additionalProperties");
    }
}

fn null(_: &Outcome, written: &Written<'_>, schema: &mut Map<String, Value>) {
    if !written.joined {
        return;
    }
    match schema.get_mut("type") {
        Some(Value::Array(types)) => types.push(json!("null")),
        Some(ty) => *ty = json!([ty.take(), "null"]),
        None => {}
    }
    if let Some(Value::Array(values)) = schema.get_mut("enum") {
        values.push(Value::Null);
    }
}

fn impossible(outcome: &Outcome, written: &Written<'_>, schema: &mut Map<String, Value>) {
    if outcome.impossible.contains(&written.site.pointer) {
        schema.clear();
    }
}
