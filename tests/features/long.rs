use std::collections::HashSet;

use serde_json::{Map, Value, json};

use crate::generated::circle::types::Link0;
use crate::generated::keywords::types::{All, Type, Word};
use crate::generated::wide::read_json;
use crate::generated::wide::types::Wide;
use crate::made::{CIRCLE, KEYWORDS, WIDTH};
use crate::{refused, survives};

#[test]
fn keywords_are_names_like_others() {
    let all: Map<String, Value> = KEYWORDS
        .iter()
        .map(|word| ((*word).to_owned(), json!(word)))
        .collect();
    survives::<All>(&Value::Object(all).to_string());
    let words: HashSet<String> = KEYWORDS
        .iter()
        .map(|word| {
            let text = json!(word).to_string();
            format!("{:?}", serde_json::from_str::<Word>(&text).unwrap())
        })
        .collect();
    assert_eq!(words.len(), KEYWORDS.len());
    survives::<Type>(r#"{"type":"a"}"#);
    refused::<Type>("{}", "missing field `type`");
}

#[test]
fn an_object_may_have_any_number_of_properties() {
    let mut wide: Map<String, Value> = (0..WIDTH)
        .map(|index| (format!("property{index}"), json!(index)))
        .collect();
    let text = Value::Object(wide.clone()).to_string();
    survives::<Wide>(&text);
    assert!(read_json::<Wide>(text.as_bytes()).is_ok());
    wide["property149"] = json!(WIDTH + 1);
    let text = Value::Object(wide.clone()).to_string();
    let fault = read_json::<Wide>(text.as_bytes()).unwrap_err();
    assert!(format!("{fault:?}").contains("/property149"), "{fault:?}");
    wide.remove("property148");
    let text = Value::Object(wide).to_string();
    refused::<Wide>(&text, "missing field `property148`");
}

#[test]
fn a_circle_may_be_long() {
    let mut value = json!({ "value": 0 });
    for index in 1..CIRCLE + 10 {
        value = json!({ "value": index, "next": value });
    }
    survives::<Link0>(&value.to_string());
    let wrong = value.to_string().replace("\"value\":0}", "\"value\":\"\"}");
    refused::<Link0>(&wrong, "#/next/next/");
}
