//! Enumerations that a union leaves open: `anyOf: [{ type: string }, { enum: […] }]`.

use indexmap::IndexMap;

use crate::document::{JsonType, Node, Schema, TypeSet};

use super::super::enumeration::{EnumBase, EnumValue, Enumeration, Scalar};
use super::super::types::{Shape, TypeId};
use super::Lower;
use super::join::is_null;
use super::schema::allows_null;

/// What a branch says of strings.
#[derive(PartialEq)]
enum Strings {
    /// All of them are valid.
    All,
    /// Those that it lists are.
    Listed,
}

impl Lower<'_> {
    /// The enumeration of branches of which one takes every string and the others list some, in whatever order.
    pub(super) fn open_enumeration(&mut self, schema: &Schema, id: TypeId) -> Option<Shape> {
        let branches = || {
            let all = schema.any_of.iter().chain(&schema.one_of);
            all.filter(|branch| !is_null(branch))
        };
        let said: Vec<Strings> = branches()
            .map(|branch| strings(branch))
            .collect::<Option<_>>()?;
        if !said.contains(&Strings::All) || !said.contains(&Strings::Listed) {
            return None;
        }
        let mut values: IndexMap<Scalar, EnumValue> = IndexMap::new();
        let mut nullable = branches().count() < schema.any_of.len() + schema.one_of.len();
        for (branch, said) in branches().zip(said) {
            nullable |= allows_null(branch);
            if said == Strings::All {
                continue;
            }
            let Some(Shape::Enum(mut list)) = self.enumeration(branch) else {
                return None;
            };
            if let [only] = list.values.as_mut_slice() {
                only.description = only.description.take().or(branch.description.clone());
            }
            for value in list.values {
                values.entry(value.wire.clone()).or_insert(value);
            }
        }
        self.ty(id).nullable |= nullable;
        Some(Shape::Enum(Enumeration {
            base: EnumBase::Strings,
            values: values.into_values().collect(),
            open: true,
        }))
    }
}

/// What a branch says of strings, where it says nothing else.
fn strings(branch: &Schema) -> Option<Strings> {
    let is_plain = branch.boolean.is_none()
        && branch.reference.is_none()
        && branch.all_of.is_empty()
        && branch.any_of.is_empty()
        && branch.one_of.is_empty()
        && branch.format.is_none()
        && branch.constraints.is_none()
        && branch.rare.is_none();
    let of_strings = branch
        .types
        .map(|types| types.without(JsonType::Null) == TypeSet::only(JsonType::String));
    let values = match (&branch.constant, &branch.enumeration) {
        (Some(constant), _) => std::slice::from_ref(constant),
        (None, Some(values)) => values.as_slice(),
        (None, None) => return (is_plain && of_strings == Some(true)).then_some(Strings::All),
    };
    let are_strings = values
        .iter()
        .all(|value| matches!(value, Node::String(_) | Node::Null))
        && values.iter().any(|value| matches!(value, Node::String(_)));
    (is_plain && of_strings != Some(false) && are_strings).then_some(Strings::Listed)
}
