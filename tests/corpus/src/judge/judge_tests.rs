use super::*;
use crate::raw::{self, Files};

fn judge(document: &Value) -> Judge {
    let mut files = Files::of(document.clone());
    let nodes = raw::walk(&mut files);
    Judge::new(&files, &nodes, true).unwrap()
}

fn site(pointer: &str) -> Site {
    Site {
        file: 0,
        pointer: pointer.to_owned(),
    }
}

#[test]
fn the_dialect_of_3_0() {
    let judge = judge(&json!({ "openapi": "3.0.3", "components": { "schemas": {
        "Size": { "type": "integer", "format": "int32", "minimum": 1, "exclusiveMinimum": true },
        "Pet": { "type": "object", "nullable": true, "required": ["size"], "properties": {
            "size": { "$ref": "#/components/schemas/Size", "nullable": true },
            "inner": { "type": "object", "nullable": true, "properties": { "a b": { "type": "string" } } },
        } },
        "Deep": { "$ref": "#/components/schemas/Pet/properties/inner/properties/a%20b" },
        "Odd": { "required": true, "type": "file", "minLength": "x" },
    } } }));
    let pet = site("/components/schemas/Pet");
    for valid in [
        json!(null),
        json!({ "size": 2 }),
        json!({ "size": 2, "inner": null }),
        json!({ "size": 2, "inner": { "a b": "x" } }),
    ] {
        assert_eq!(judge.judge(&pet, &valid), Verdict::Valid, "{valid}");
    }
    for invalid in [
        json!({}),
        json!({ "size": 1 }),
        json!({ "size": null }),
        json!({ "size": 3_000_000_000_u32 }),
        json!({ "size": 2, "inner": { "a b": 1 } }),
    ] {
        assert!(
            matches!(judge.judge(&pet, &invalid), Verdict::Invalid { .. }),
            "{invalid}"
        );
    }
    let deep = site("/components/schemas/Deep");
    assert_eq!(judge.judge(&deep, &json!("x")), Verdict::Valid);
    assert!(matches!(
        judge.judge(&deep, &json!(1)),
        Verdict::Invalid { .. }
    ));
    let odd = site("/components/schemas/Odd");
    assert_eq!(judge.judge(&odd, &json!(1)), Verdict::Valid);
}

#[test]
fn the_dialect_of_3_1() {
    let judge = judge(&json!({ "openapi": "3.1.0", "components": { "schemas": {
        "Id": { "type": ["string", "null"], "format": "uuid" },
        "Tree": { "type": "object", "properties": { "left": { "$ref": "#/components/schemas/Tree" } },
            "additionalProperties": false },
        "Short": { "$ref": "#/components/schemas/Id", "maxLength": 3 },
    } } }));
    let verdict = |name: &str, value: Value| {
        judge.judge(&site(&format!("/components/schemas/{name}")), &value)
    };
    assert_eq!(
        verdict("Tree", json!({ "left": { "left": {} } })),
        Verdict::Valid
    );
    assert!(matches!(
        verdict("Tree", json!({ "left": { "right": {} } })),
        Verdict::Invalid { .. }
    ));
    assert!(matches!(verdict("Id", json!("x")), Verdict::Invalid { .. }));
    assert!(matches!(
        verdict("Short", json!("2b1d0f0e-6d1c-4c0e-8a34-5f2f0c7b9a11")),
        Verdict::Invalid { .. }
    ));
}
