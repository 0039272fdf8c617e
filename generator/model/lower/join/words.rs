//! What a schema says by its own keywords, `allOf` and `$ref` aside.

use crate::document::{JsonType, Node, Schema, TypeSet};

use super::super::schema::types_of;

/// Whether it says what values look like, bounds and patterns aside.
pub(in crate::model::lower) fn has_form(schema: &Schema) -> bool {
    schema.types.is_some()
        || schema.boolean == Some(false)
        || says_kind(schema)
        || has_union(schema)
        || schema.format.is_some()
}

/// Whether it says what values look like, or restricts them.
pub(super) fn says_anything(schema: &Schema) -> bool {
    schema.types.is_some() || schema.boolean == Some(false) || says_more_than_types(schema)
}

/// Whether something but its types says what values look like, or restricts them.
pub(super) fn says_more_than_types(schema: &Schema) -> bool {
    says_kind(schema)
        || has_union(schema)
        || schema.format.is_some()
        || *schema.constraints() != crate::document::Constraints::default()
        || schema.rare().property_names.is_some()
        || schema.rare().contains.is_some()
        || !schema.rare().key_sets.is_empty()
        || schema.rare().content_encoding.is_some()
        || schema.rare().content_media_type.is_some()
}

/// Whether it has words that only cost a note.
pub(super) fn restricts_unseen(schema: &Schema) -> bool {
    let rare = schema.rare();
    rare.not.is_some() || !rare.restrictions.is_empty()
}

/// Whether a keyword speaks of one kind of value, so that the schema needs no `type`.
fn says_kind(schema: &Schema) -> bool {
    !schema.properties.is_empty()
        || !schema.required.is_empty()
        || schema.additional_properties.is_some()
        || !schema.rare().pattern_properties.is_empty()
        || schema.items.is_some()
        || !schema.rare().prefix_items.is_empty()
        || schema.enumeration.is_some()
        || schema.constant.is_some()
}

/// Whether it has branches.
pub(in crate::model::lower) fn has_union(schema: &Schema) -> bool {
    !schema.one_of.is_empty() || !schema.any_of.is_empty()
}

/// Whether it restricts values without saying what they look like: `required` alone, a `pattern`…
pub(super) fn only_restricts(schema: &Schema) -> bool {
    schema.reference.is_none()
        && schema.all_of.is_empty()
        && !has_union(schema)
        && schema.boolean.is_none()
        && schema
            .types
            .is_none_or(|types| types == TypeSet::only(JsonType::Object))
        && schema.properties.values().all(|property| {
            // A property that is named to be required, or to be left out.
            !says_anything(property) && property.reference.is_none() && property.all_of.is_empty()
                || property.boolean.is_some()
        })
        && schema.additional_properties.is_none()
        && schema.rare().pattern_properties.is_empty()
        && schema.items.is_none()
        && schema.rare().prefix_items.is_empty()
        && schema.enumeration.is_none()
        && schema.constant.is_none()
}

/// Whether two schemas say the same of scalars.
pub(super) fn same_scalar(a: &Schema, b: &Schema) -> bool {
    let plain = |schema: &Schema| {
        schema.properties.is_empty()
            && schema.required.is_empty()
            && schema.additional_properties.is_none()
            && schema.items.is_none()
            && schema.boolean.is_none()
            && !has_union(schema)
            && schema.rare().prefix_items.is_empty()
            && schema.rare().pattern_properties.is_empty()
            && !restricts_unseen(schema)
            && schema.rare().key_sets.is_empty()
            && schema.rare().contains.is_none()
    };
    plain(a)
        && plain(b)
        && a.types == b.types
        && a.format == b.format
        && a.enumeration == b.enumeration
        && a.constant == b.constant
        && a.constraints() == b.constraints()
}

/// The types of its values, as far as it says; `null` counts where it is named.
pub(super) fn stated(schema: &Schema) -> Option<TypeSet> {
    if let Some(types) = schema.types {
        return Some(types);
    }
    let listed = match (&schema.enumeration, &schema.constant) {
        (Some(values), _) => values.as_slice(),
        (None, Some(constant)) => std::slice::from_ref(constant),
        (None, None) => &[],
    };
    let types: TypeSet = if listed.is_empty() {
        types_of(schema)
    } else {
        listed.iter().map(kind).collect()
    };
    (!types.is_empty()).then_some(if schema.nullable {
        types.with(JsonType::Null)
    } else {
        types
    })
}

/// The narrowest type of a value.
pub(super) fn kind(node: &Node) -> JsonType {
    match node {
        Node::Null => JsonType::Null,
        Node::Bool(_) => JsonType::Boolean,
        Node::Number(number) if number.as_i64().is_some() => JsonType::Integer,
        Node::Number(_) => JsonType::Number,
        Node::String(_) => JsonType::String,
        Node::Array(_) => JsonType::Array,
        Node::Object(_) => JsonType::Object,
    }
}

/// The values that both sets of types allow; an integer is a number.
pub(super) fn both(a: TypeSet, b: TypeSet) -> TypeSet {
    let wide = |types: TypeSet| {
        if types.contains(JsonType::Number) {
            types.with(JsonType::Integer)
        } else {
            types
        }
    };
    let both = wide(a).intersection(wide(b));
    if both.contains(JsonType::Number) {
        both.without(JsonType::Integer)
    } else {
        both
    }
}

/// Whether every value of `narrow` is one of `wide`.
pub(super) fn within(narrow: TypeSet, wide: TypeSet) -> bool {
    both(narrow, wide) == both(narrow, narrow)
}

/// Formats by what holds what: each is a part of those that follow it.
const FORMATS: &[&[&str]] = &[
    &["int8", "int16", "int32", "int64"],
    &["uint8", "uint16", "uint32", "uint64"],
    &["float", "double"],
    &["uri", "uri-reference", "iri-reference"],
    &["uri", "iri", "iri-reference"],
    &["ipv4", "ip"],
    &["ipv6", "ip"],
    &["email", "idn-email"],
    &["hostname", "idn-hostname"],
];

/// Whether every value of one format is of the other too.
pub(super) fn is_within(narrow: &str, wide: &str) -> bool {
    FORMATS.iter().any(|formats| {
        let rank = |name| formats.iter().position(|format| *format == name);
        matches!((rank(narrow), rank(wide)), (Some(narrow), Some(wide)) if narrow < wide)
    })
}

/// Whether one of its branches is `null`.
pub(in crate::model::lower) fn has_null(schema: &Schema) -> bool {
    let mut branches = schema.one_of.iter().chain(&schema.any_of);
    branches.any(|branch| is_null(branch))
}

/// Whether it says that `null` is a value, and nothing else of values.
pub(super) fn says_null(schema: &Schema) -> bool {
    schema.nullable
        && schema.reference.is_none()
        && schema.all_of.is_empty()
        && !says_anything(schema)
}

/// Whether a branch allows `null` alone, whatever the spelling.
pub(in crate::model::lower) fn is_null(branch: &Schema) -> bool {
    let nothing_else = || {
        branch.reference.is_none()
            && branch.all_of.is_empty()
            && branch.types.is_none()
            && !says_more_than_types(branch)
    };
    // 3.0 has no null type, and some tools write this for it.
    names_null_alone(branch) || branch.nullable && nothing_else()
}

/// Whether a schema names `null`, and nothing else.
pub(in crate::model::lower) fn names_null_alone(schema: &Schema) -> bool {
    schema.types == Some(TypeSet::only(JsonType::Null))
        || schema
            .enumeration
            .as_ref()
            .is_some_and(|list| !list.is_empty() && list.iter().all(Node::is_null))
        || schema.constant.as_ref().is_some_and(Node::is_null)
}
