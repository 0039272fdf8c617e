use indexmap::IndexSet;

use super::{Budget, Decision, DecodeTree, Facts, Kinds, ObjectFacts, PropertyFacts, classify};

fn classified(variants: &[Facts], discriminator: Option<&str>) -> DecodeTree {
    let mut variants = variants.to_vec();
    for (owner, facts) in variants.iter_mut().enumerate() {
        facts.owner = owner;
    }
    classify(&variants, discriminator, &Budget::default())
}

fn of(kinds: Kinds) -> Facts {
    Facts {
        kinds,
        ..Facts::default()
    }
}

fn strings(values: &[&str]) -> Facts {
    Facts {
        kinds: Kinds::STRING,
        strings: Some(owned(values)),
        ..Facts::default()
    }
}

fn owned(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}

/// `name!` is required, `name` is not, `name=a|b` is required with those values, `name:K` is required of that kind.
fn object(properties: &[&str]) -> Facts {
    let mut facts = ObjectFacts::default();
    for property in properties {
        let (name, property) = if let Some((name, values)) = property.split_once('=') {
            let values: IndexSet<String> = values.split('|').map(str::to_owned).collect();
            (
                name,
                PropertyFacts {
                    required: true,
                    kinds: Kinds::STRING,
                    nullable: false,
                    strings: Some(values.into()),
                    ..PropertyFacts::default()
                },
            )
        } else if let Some((name, kind)) = property.split_once(':') {
            let kinds = if kind == "int" {
                Kinds::INTEGER
            } else {
                Kinds::STRING
            };
            (
                name,
                PropertyFacts {
                    required: true,
                    kinds,
                    ..PropertyFacts::default()
                },
            )
        } else {
            let required = property.ends_with('!');
            let name = property.trim_end_matches('!');
            (
                name,
                PropertyFacts {
                    required,
                    kinds: Kinds::STRING,
                    ..PropertyFacts::default()
                },
            )
        };
        facts.properties.insert(name.to_owned(), property);
    }
    Facts {
        kinds: Kinds::OBJECT,
        object: Some(facts.into()),
        ..Facts::default()
    }
}

fn described(variants: &[Facts]) -> String {
    classified(variants, None).describe()
}

#[test]
fn kinds_alone_decide_scalars() {
    let tree = classified(
        &[
            of(Kinds::STRING),
            of(Kinds::NUMBER),
            of(Kinds::BOOLEAN),
            of(Kinds::ARRAY),
        ],
        None,
    );
    assert_eq!(tree.string, Some(Decision::Variant(0)));
    assert_eq!(tree.integer, Some(Decision::Variant(1)));
    assert_eq!(tree.number, Some(Decision::Variant(1)));
    assert_eq!(tree.boolean, Some(Decision::Variant(2)));
    assert_eq!(tree.array, Some(Decision::Variant(3)));
    assert_eq!(tree.object, None);
    assert_eq!(tree.describe(), "kind");
}

#[test]
fn a_whole_number_is_the_integers() {
    let tree = classified(&[of(Kinds::NUMBER), of(Kinds::INTEGER)], None);
    assert_eq!(tree.integer, Some(Decision::Variant(1)));
    assert_eq!(tree.number, Some(Decision::Variant(0)));
}

#[test]
fn closed_strings_come_before_open_ones() {
    let tree = classified(&[of(Kinds::STRING), strings(&["asc", "desc"])], None);
    let Some(Decision::Value { cases, otherwise }) = &tree.string else {
        panic!("{tree:?}")
    };
    assert_eq!(cases, &[(owned(&["asc", "desc"]), Decision::Variant(1))]);
    assert_eq!(otherwise.as_deref(), Some(&Decision::Variant(0)));
    assert_eq!(tree.describe(), "value");
}

#[test]
fn a_required_property_with_different_values_is_a_tag() {
    let tree = classified(&[object(&["type=cat"]), object(&["type=dog|wolf"])], None);
    let Some(Decision::Tag {
        property,
        cases,
        otherwise: None,
    }) = &tree.object
    else {
        panic!("{tree:?}")
    };
    assert_eq!(property, "type");
    assert_eq!(cases[0], (owned(&["cat"]), Decision::Variant(0)));
    assert_eq!(cases[1], (owned(&["dog", "wolf"]), Decision::Variant(1)));
}

#[test]
fn overlapping_tag_values_lead_to_a_smaller_set() {
    let tree = classified(
        &[
            object(&["type=regular|backoff", "amount!", "digestKey"]),
            object(&["type=timed", "timed"]),
            object(&["type=regular", "amount!"]),
            object(&["type=scheduled", "path!"]),
        ],
        None,
    );
    assert_eq!(tree.describe(), "tag+key");
    let Some(Decision::Tag { cases, .. }) = &tree.object else {
        panic!("{tree:?}")
    };
    assert_eq!(
        cases[0],
        (
            owned(&["regular"]),
            Decision::Key {
                cases: vec![("digestKey".to_owned(), Decision::Variant(0))],
                otherwise: Some(Box::new(Decision::Variant(2))),
            }
        )
    );
}

#[test]
fn a_required_key_of_its_own_decides() {
    let tree = classified(
        &[
            object(&["topicKey!", "type!"]),
            object(&["subscriberId!", "type"]),
        ],
        None,
    );
    let Some(Decision::Key {
        cases,
        otherwise: None,
    }) = &tree.object
    else {
        panic!("{tree:?}")
    };
    assert_eq!(cases[0], ("topicKey".to_owned(), Decision::Variant(0)));
    assert_eq!(cases[1], ("subscriberId".to_owned(), Decision::Variant(1)));
}

#[test]
fn the_kind_of_a_shared_key_decides() {
    assert_eq!(
        described(&[object(&["id:int"]), object(&["id:str"])]),
        "kind"
    );
}

#[test]
fn optional_keys_are_weaker_and_leave_the_rest_to_the_plain_variant() {
    let tree = classified(&[object(&["id!", "extra"]), object(&["id!"])], None);
    let Some(Decision::Key { cases, otherwise }) = &tree.object else {
        panic!("{tree:?}")
    };
    assert_eq!(cases, &[("extra".to_owned(), Decision::Variant(0))]);
    assert_eq!(otherwise.as_deref(), Some(&Decision::Variant(1)));
}

fn change(facts: &mut Facts, name: &str, change: impl FnOnce(&mut PropertyFacts)) {
    if let Some(object) = &mut facts.object {
        change(&mut std::sync::Arc::make_mut(object).properties[name]);
    }
}

/// Objects with one property of that form.
fn of_form(form: &str) -> Facts {
    let mut facts = object(&["id!"]);
    change(&mut facts, "id", |property| {
        property.form = Some(form.to_owned());
    });
    facts
}

#[test]
fn of_twins_the_first_is_taken() {
    let tree = classified(&[object(&["id!"]), object(&["id!"])], None);
    assert_eq!(tree.object, Some(Decision::Variant(0)));
    assert_eq!(described(&[object(&["id!"]), of(Kinds::OBJECT)]), "kind");
}

/// Objects whose properties are not declared, each of one kind.
fn map(kinds: Kinds) -> Facts {
    let extra = PropertyFacts {
        kinds,
        ..PropertyFacts::default()
    };
    Facts {
        kinds: Kinds::OBJECT,
        object: Some(std::sync::Arc::new(ObjectFacts {
            open: true,
            extra: Some(Box::new(extra)),
            ..ObjectFacts::default()
        })),
        ..Facts::default()
    }
}

#[test]
fn a_map_holds_another_only_where_it_holds_its_values() {
    let tree = classified(&[map(Kinds::STRING), map(Kinds::ARRAY)], None);
    assert_eq!(tree.object, Some(Decision::Trial(vec![0, 1])));
    let tree = classified(&[map(Kinds::INTEGER), map(Kinds::NUMBER)], None);
    assert_eq!(tree.object, Some(Decision::Variant(1)));
    let tree = classified(&[map(Kinds::STRING), of(Kinds::OBJECT)], None);
    assert_eq!(tree.object, Some(Decision::Variant(1)));
}

#[test]
fn a_key_is_left_to_a_map_where_only_the_map_has_its_kind() {
    let tree = classified(&[object(&["id!"]), map(Kinds::INTEGER)], None);
    let Some(Decision::Key { cases, otherwise }) = &tree.object else {
        panic!("{tree:?}")
    };
    assert_eq!(otherwise.as_deref(), Some(&Decision::Variant(1)));
    let [(name, Decision::KindOf { property, tree, .. })] = cases.as_slice() else {
        panic!("{cases:?}")
    };
    assert_eq!((name.as_str(), property.as_str()), ("id", "id"));
    assert_eq!(tree.string, Some(Decision::Variant(0)));
    assert_eq!(tree.integer, Some(Decision::Variant(1)));
    assert_eq!(tree.array, None);
}

#[test]
fn a_list_does_not_hold_what_its_tag_excludes() {
    let listing = |facts: &mut Facts| {
        change(facts, "c", |property| {
            property.strings = Some(std::sync::Arc::new(IndexSet::from(["x".to_owned()])));
        });
    };
    let mut third = object(&["a", "b", "c"]);
    listing(&mut third);
    let tree = classified(
        &[object(&["a!", "b", "c"]), object(&["a", "b!", "c"]), third],
        None,
    );
    let Some(Decision::Tag {
        cases, otherwise, ..
    }) = &tree.object
    else {
        panic!("{tree:?}")
    };
    assert_eq!(cases, &[(vec!["x".to_owned()], Decision::Variant(2))]);
    assert_eq!(otherwise.as_deref(), Some(&Decision::Trial(vec![0, 1, 2])));
}

#[test]
fn one_property_of_two_types_ends_in_a_trial() {
    let tree = classified(&[of_form("A"), of_form("B")], None);
    assert_eq!(tree.object, Some(Decision::Trial(vec![0, 1])));
    assert_eq!(tree.trials(), vec![&[0, 1][..]]);
    assert_eq!(tree.describe(), "trial");
}

#[test]
fn an_optional_tag_leads_on_where_it_is_absent() {
    let optional = |value: &str| {
        let mut facts = object(&[&format!("type={value}"), "name"]);
        change(&mut facts, "type", |property| property.required = false);
        facts
    };
    let tree = classified(&[optional("a"), optional("b")], None);
    let Some(Decision::Tag {
        cases, otherwise, ..
    }) = &tree.object
    else {
        panic!("{tree:?}")
    };
    assert_eq!(cases.len(), 2);
    assert_eq!(otherwise.as_deref(), Some(&Decision::Variant(0)));
}

#[test]
fn shared_keys_split_what_has_none_of_its_own() {
    let tree = classified(
        &[
            object(&["x!", "y!"]),
            object(&["y!", "z!"]),
            object(&["x!", "z!"]),
        ],
        None,
    );
    assert_eq!(tree.describe(), "key");
}

#[test]
fn arrays_are_told_apart_by_their_items() {
    let list = |items: Vec<Facts>| Facts {
        kinds: Kinds::ARRAY,
        items,
        empty: true,
        ..Facts::default()
    };
    let tree = classified(
        &[
            list(vec![of(Kinds::STRING)]),
            list(vec![of(Kinds::INTEGER)]),
        ],
        None,
    );
    let Some(Decision::Items { tree, otherwise }) = &tree.array else {
        panic!("{tree:?}")
    };
    assert_eq!(tree.string, Some(Decision::Variant(0)));
    assert_eq!(tree.integer, Some(Decision::Variant(1)));
    assert_eq!(otherwise.as_deref(), Some(&Decision::Variant(0)));
}

#[test]
fn tuples_are_told_apart_by_their_first_item_or_tried() {
    let tuple = |first: Facts| Facts {
        kinds: Kinds::ARRAY,
        items: vec![first],
        positional: true,
        ..Facts::default()
    };
    let listed = |values: &[&str]| Facts {
        kinds: Kinds::STRING,
        strings: Some(owned(values)),
        ..Facts::default()
    };
    for (first, second, decided) in [
        (of(Kinds::STRING), of(Kinds::INTEGER), true),
        (listed(&["a"]), listed(&["b", "c"]), true),
        (listed(&["a"]), listed(&["b", "a"]), false),
        (listed(&["a"]), of(Kinds::STRING), false),
        (of(Kinds::STRING), of(Kinds::STRING), false),
    ] {
        let tree = classified(&[tuple(first), tuple(second)], None);
        let found = matches!(tree.array, Some(Decision::Items { .. }));
        assert_eq!(found, decided, "{tree:?}");
    }
}

#[test]
fn a_string_with_a_format_comes_before_a_plain_one() {
    let mut date = of(Kinds::STRING);
    date.restricted = true;
    let tree = classified(&[of(Kinds::STRING), date], None);
    assert_eq!(tree.string, Some(Decision::First(vec![1, 0])));
}

#[test]
fn a_union_inside_is_seen_through() {
    let mut variants = vec![object(&["a!"]), object(&["b!"]), object(&["c!"])];
    variants[2].owner = 1;
    variants[1].owner = 1;
    let tree = classify(&variants, None, &Budget::default());
    let Some(Decision::Key { cases, .. }) = &tree.object else {
        panic!("{tree:?}")
    };
    assert_eq!(cases[2], ("c".to_owned(), Decision::Variant(1)));
}

#[test]
fn the_documents_discriminator_comes_first() {
    let mut cat = object(&["kind!", "a!"]);
    cat.tags = IndexSet::from_iter(owned(&["cat"])).into();
    let mut dog = object(&["kind!", "b!"]);
    dog.tags = IndexSet::from_iter(owned(&["dog"])).into();
    let tree = classified(&[cat, dog], Some("kind"));
    assert_eq!(tree.describe(), "tag");
}
