//! Values with one thing changed.

use serde_json::{Value, json};

use super::random::Random;

/// Changes something at a random place of the value.
pub(super) fn mutate(random: &mut Random, value: &mut Value) {
    let deeper = match value {
        Value::Object(map) => !map.is_empty() && random.chance(65),
        Value::Array(items) => !items.is_empty() && random.chance(65),
        _ => false,
    };
    if deeper {
        let inner = match value {
            Value::Object(map) => {
                let index = random.below(map.len());
                map.values_mut().nth(index)
            }
            Value::Array(items) => {
                let index = random.below(items.len());
                items.get_mut(index)
            }
            _ => None,
        };
        if let Some(inner) = inner {
            return mutate(random, inner);
        }
    }
    if random.chance(25) {
        let others = [
            json!(null),
            json!(true),
            json!(-1),
            json!(1.5),
            json!(""),
            json!("other"),
            json!([]),
            json!({}),
        ];
        *value = random.pick(&others).cloned().unwrap_or_default();
        return;
    }
    match value {
        Value::Object(map) => {
            let key = map.keys().nth(random.below(map.len())).cloned();
            match (key, random.below(3)) {
                (Some(key), 0 | 1) => {
                    let old = map.remove(&key);
                    if random.chance(30) {
                        map.insert(format!("{key}2"), old.unwrap_or_default());
                    }
                }
                _ => {
                    map.insert("undeclared".to_owned(), json!(1));
                }
            }
        }
        Value::Array(items) => match (items.last().cloned(), random.below(3)) {
            (Some(last), 0) => items.push(last),
            (Some(last), 1) => items.resize(items.len() + 40, last),
            _ => items.clear(),
        },
        Value::String(text) => match random.below(4) {
            0 => text.clear(),
            1 => text.push('!'),
            2 => *text = text.repeat(40),
            _ => *text = text.to_uppercase(),
        },
        Value::Number(number) => {
            let near = number.as_f64().unwrap_or_default();
            let others = [
                json!(near + 1.0),
                json!(-near),
                json!(near * 1000.0),
                json!(near + 0.5),
                json!(0),
            ];
            *value = random.pick(&others).cloned().unwrap_or_default();
        }
        Value::Bool(flag) => *value = json!(flag.to_string()),
        Value::Null => *value = json!(0),
    }
}
