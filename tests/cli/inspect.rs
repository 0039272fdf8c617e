//! `inspect`: the keys are a contract with scripts.

use serde_json::Value;

use super::support::Place;

#[test]
fn json_has_the_promised_keys() {
    let place = Place::new();
    let ran = place.run("inspect spec.yaml --format json").expect(0);
    let value: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(value["openapi"], "3.0.3");
    assert_eq!(value["title"], "Pet Shop");
    assert_eq!(value["diagnostics"], Value::Array(Vec::new()));
    assert!(value["unions"].is_array());
    let types = value["types"].as_array().unwrap();
    let pet = types
        .iter()
        .find(|entry| entry["pointer"] == "/components/schemas/Pet")
        .unwrap();
    assert_eq!(
        (pet["rust"].as_str(), pet["shape"].as_str()),
        (Some("types::Pet"), Some("object"))
    );
    let operation = &value["operations"][0];
    assert_eq!(operation["pointer"], "/paths/~1pets~1{id}/get");
    assert_eq!(operation["operation_id"], "getPet");
    assert_eq!(operation["method"], "GET");
    assert_eq!(operation["path"], "/pets/{id}");
    assert!(operation["client"].is_string() && operation["server"].is_string());
}

#[test]
fn json_of_an_unusable_document_has_them_too() {
    let place = Place::new();
    place.write("spec.yaml", "openapi: [");
    let ran = place.run("inspect spec.yaml --format json").expect(2);
    let value: Value = serde_json::from_str(&ran.out).unwrap();
    for key in ["types", "unions", "operations"] {
        assert!(value[key].is_array(), "{key}");
    }
    let diagnostic = &value["diagnostics"][0];
    for key in [
        "code", "severity", "message", "pointer", "file", "line", "column",
    ] {
        assert!(diagnostic.get(key).is_some(), "{key}");
    }
}

#[test]
fn text_is_for_reading() {
    let ran = Place::new().run("inspect spec.yaml").expect(0);
    assert!(
        ran.out.starts_with("Pet Shop (OpenAPI 3.0.3)\n"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("GET /pets/{id} (getPet)"), "{}", ran.out);
}
