//! JSON values by meaning.

use serde_json::{Number, Value};

/// Whether two values are the same, numbers by value. `Err` is the pointer to the first difference.
pub(crate) fn compare(left: &Value, right: &Value) -> Result<(), String> {
    let at = |segment: String| move |rest: String| format!("/{segment}{rest}");
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => same_number(left, right),
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            for (index, (left, right)) in left.iter().zip(right).enumerate() {
                compare(left, right).map_err(at(index.to_string()))?;
            }
            Ok(())
        }
        (Value::Object(left), Value::Object(right)) => {
            for (key, left) in left {
                match right.get(key) {
                    Some(right) => compare(left, right).map_err(at(key.clone()))?,
                    None => return Err(format!("/{key}: lost {left}")),
                }
            }
            match right.iter().find(|(key, _)| !left.contains_key(*key)) {
                Some((key, right)) => Err(format!("/{key}: added {right}")),
                None => Ok(()),
            }
        }
        (left, right) if left == right => Ok(()),
        (left, right) => Err(format!(": {left} became {right}")),
    }
}

fn same_number(left: &Number, right: &Number) -> Result<(), String> {
    let whole = |number: &Number| {
        number
            .as_i64()
            .map(i128::from)
            .or(number.as_u64().map(i128::from))
    };
    let same = match (whole(left), whole(right)) {
        (Some(left), Some(right)) => left == right,
        _ => left.as_f64() == right.as_f64(),
    };
    if same {
        Ok(())
    } else {
        Err(format!(": {left} became {right}"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_by_value() {
        assert_eq!(
            compare(&json!({ "a": [1, 2.5] }), &json!({ "a": [1.0, 2.5] })),
            Ok(())
        );
        assert_eq!(
            compare(&json!({ "a": [1] }), &json!({ "a": [2] })),
            Err("/a/0: 1 became 2".to_owned())
        );
        assert_eq!(
            compare(&json!({}), &json!({ "b": null })),
            Err("/b: added null".to_owned())
        );
    }
}
