use super::*;
use crate::output::layout;
use crate::output::source_file::Part;

/// What the printer makes of the same.
fn printed(definition: &Definition) -> String {
    layout::parts(vec![Part::Items(definition.to_string().parse().unwrap())]).unwrap()
}

fn with(members: &[&str]) -> Definition {
    let docs = || {
        vec![
            "Words, `code` and \"quotes\" \\ é  ".to_owned(),
            String::new(),
            "More.".to_owned(),
        ]
    };
    let mut definition = Definition::new("struct", "Pet", docs());
    definition.derive(&["Debug", "Clone", "Default", "PartialEq"]);
    for member in members {
        definition.member(docs(), *member);
    }
    definition
}

#[test]
fn what_is_plain_is_as_the_printer_has_it() {
    let mut seen = [0, 0];
    for member in [
        "pub a: String",
        "pub r#type: Option<Vec<BTreeMap<String, Box<Pet>>>>",
        "pub a: Formatted<chrono::DateTime<chrono::Utc>>",
        "pub a: x::y<a,b>",
        "pub a: x :: y",
        "pub a: Vec<u8,>",
        "pub a: [u8; 4]",
        "pub a: &'static str",
        "pub a: (u8, u8)",
    ]
    .into_iter()
    .map(str::to_owned)
    // About the margin of the printer, one letter at a time.
    .chain((30..100).map(|width| format!("pub {}: Map<String, Value>", "a".repeat(width))))
    .chain((60..100).map(|width| format!("pub a: {}", "a".repeat(width))))
    {
        let definition = with(&[&member]);
        seen[usize::from(definition.is_plain())] += 1;
        if definition.is_plain() {
            assert_eq!(definition.to_string(), printed(&definition), "{member}");
        }
    }
    assert!(seen.iter().all(|count| *count > 20), "{seen:?}");
    assert_eq!(with(&[]).to_string(), printed(&with(&[])));
}

#[test]
fn enums_are_plain_too() {
    let mut definition = Definition::new("enum", "Kind", Vec::new());
    definition.member(vec!["`a`".to_owned()], "A");
    definition.member(Vec::new(), "List(Vec<Option<Value>>)");
    definition.member(Vec::new(), "Other(serde_json::Value)");
    assert!(definition.is_plain());
    assert_eq!(definition.to_string(), printed(&definition));
}

#[test]
fn variants_with_fields_are_plain_too() {
    let docs = |text: &str| vec![text.to_owned()];
    for width in 50..100 {
        let mut definition = Definition::new("enum", "Answer", Vec::new());
        let body = format!("body: Vec<{}>", "A".repeat(width));
        let fields = vec![
            (docs("The status."), "status: http::StatusCode".to_owned()),
            (docs("The body."), body),
        ];
        definition.variant(docs("200"), "Ok", fields);
        definition.variant(docs("404"), "NotFound", Vec::new());
        if definition.is_plain() {
            assert_eq!(definition.to_string(), printed(&definition));
        }
        assert!(definition.is_plain() || width > 68, "{width}");
    }
}

#[test]
fn aliases_and_wrappers_are_plain_too() {
    for width in 40..100 {
        let of = format!("Vec<{}>", "A".repeat(width));
        for definition in [
            Definition::alias("Pets", of.clone(), vec!["Words.".to_owned()]),
            Definition::wrapper("Pets", of.clone(), Vec::new()),
        ] {
            if definition.is_plain() {
                assert_eq!(definition.to_string(), printed(&definition));
            }
            assert!(definition.is_plain() || width > 62, "{width}");
        }
    }
}

#[test]
fn what_is_not_plain_goes_through_the_printer() {
    let wide = format!("pub a: BTreeMap<String, {}>", "B".repeat(80));
    let laid_out = layout::parts(vec![Part::Definition(with(&[&wide]))]).unwrap();
    assert!(laid_out.contains("pub a: BTreeMap<\n"), "{laid_out}");
    let plain = layout::parts(vec![Part::Definition(with(&["pub a: u8"]))]).unwrap();
    assert_eq!(plain, with(&["pub a: u8"]).to_string());
}
