//! One schema to one type.

use crate::diag::{Code, Diagnostic, Place};
use crate::document::{JsonType, Schema, TypeSet};

use super::super::types::{Docs, IntegerFormat, NumberFormat, Origin, Shape, TypeId, Use};
use super::join::{Joined, has_form, has_null, is_null, names_null_alone, nothing};
use super::{Lower, MAX_DEPTH};

impl<'a> Lower<'a> {
    /// The type of a schema position, looked at once.
    pub(super) fn schema(&mut self, schema: &'a Schema, origin: Origin) -> Use {
        if let Some(&known) = self.known.get(&schema.place) {
            return known;
        }
        if self.depth >= MAX_DEPTH {
            self.sink.push(
                Diagnostic::new(
                    Code::TOO_DEEP,
                    schema.place.clone(),
                    "schemas are nested too deeply here",
                )
                .help("give an inner schema a name under `components/schemas` and refer to it"),
            );
            return self.synthetic(&schema.place, origin, Shape::Any);
        }
        self.depth += 1;
        let used = self.look_at(schema, origin);
        self.depth -= 1;
        if self.depth == 0 {
            self.look_at_the_others();
        }
        used
    }

    pub(super) fn look_at(&mut self, schema: &'a Schema, origin: Origin) -> Use {
        let used = self.position(schema, origin);
        self.known.insert(schema.place.clone(), used);
        self.positions.push((schema.place.clone(), used));
        used
    }

    fn position(&mut self, schema: &'a Schema, origin: Origin) -> Use {
        let named = matches!(origin, Origin::Component(_));
        if let Some(reference) = &schema.reference
            && !has_shape(schema)
        {
            self.chain(schema);
            let promised = self.later.promised(&schema.place);
            if let Some(&known) = self.known.get(&schema.place)
                && !promised
            {
                return known;
            }
            // An inline reference is a use of its target; a component that is one gets its own name, unless
            // its target has that name already since it is no component itself.
            let constraints = self.constraints(schema);
            self.note_restrictions(schema);
            self.note_contains(schema);
            if !promised
                && constraints.is_empty()
                && (!named || self.stands_elsewhere(schema, &origin))
            {
                let target = self.referenced(reference);
                return target.or_null(allows_null(schema));
            }
            let id = self.reserve(&schema.place, origin, docs(schema));
            let target = self.referenced(reference);
            let target = self.end_of_chain(target);
            self.ty(id).constraints = constraints;
            self.ty(id).shape = if target.id == id {
                Shape::Any
            } else {
                Shape::Alias(target)
            };
            self.ty(id).nullable = allows_null(schema);
            self.ty(id).default.clone_from(&schema.default);
            self.ty(id).has_examples = !schema.examples.is_empty();
            return Use::of(id);
        }
        let id = self.reserve(&schema.place, origin, docs(schema));
        let default = schema.default.clone();
        let has_examples = !schema.examples.is_empty();
        let (schema, shape) = match self.joined(schema, id) {
            Joined::Schema(schema) => self.opened(schema, id),
            Joined::Alias(target) => (nothing(), Shape::Alias(target)),
            Joined::Nothing => (nothing(), Shape::Any),
        };
        let mut constraints = self.constraints(schema);
        constraints.contains = self.contains(schema, &shape);
        let ty = self.ty(id);
        ty.nullable |= allows_null(schema);
        ty.constraints = constraints;
        ty.has_examples = has_examples;
        ty.default = default.or_else(|| schema.default.clone());
        ty.shape = shape;
        if matches!(ty.shape, Shape::Object(_) | Shape::Union(_))
            && ty.constraints.one_of.take().is_some()
        {
            self.note(
                Code::UNSUPPORTED_ENUM,
                schema,
                "the list of objects is not checked; its type holds all of them, and others",
            );
        }
        self.forget_dropped_keys(schema, id);
        let ty = self.ty(id);
        match ty.shape {
            // `anyOf: [X, null]` without a name of its own is X, or null.
            Shape::Alias(target) if !named && target.id != id && ty.constraints.is_empty() => {
                target.or_null(ty.nullable)
            }
            _ => Use::of(id),
        }
    }

    /// The shape of what a schema comes to, and what says so. One branch beside `null` is that branch, so that it needs
    /// no type of its own.
    fn opened(&mut self, mut schema: &'a Schema, id: TypeId) -> (&'a Schema, Shape) {
        for _ in 0..MAX_DEPTH {
            let Some(branch) = self.only_branch(schema) else {
                break;
            };
            self.note_restrictions(schema);
            let ty = self.ty(id);
            ty.nullable |= allows_null(schema) || has_null(schema) || allows_null(branch);
            ty.docs.deprecated |= branch.deprecated;
            ty.docs.title = ty.docs.title.take().or_else(|| branch.title.clone());
            let text = ty.docs.description.take();
            ty.docs.description = text.or_else(|| branch.description.clone());
            self.positions.push((branch.place.clone(), Use::of(id)));
            schema = match self.joined(branch, id) {
                Joined::Schema(schema) => schema,
                Joined::Alias(target) => return (nothing(), Shape::Alias(target)),
                Joined::Nothing => return (nothing(), Shape::Any),
            };
        }
        (schema, self.shape(schema, id))
    }

    /// The branch that a schema is, where it has one beside `null` that is written there and nowhere else.
    fn only_branch(&self, schema: &'a Schema) -> Option<&'a Schema> {
        if schema.enumeration.is_some() || schema.constant.is_some() || names_null_alone(schema) {
            return None;
        }
        let mut branches = schema.one_of.iter().chain(&schema.any_of);
        let branch = branches.find(|branch| !is_null(branch))?;
        let alone = branches.all(|branch| is_null(branch));
        (alone && branch.reference.is_none() && !self.known.contains_key(&branch.place))
            .then_some(branch)
    }

    /// What the values of `schema` look like. Sets the type nullable where a union has a `null`.
    pub(super) fn shape(&mut self, schema: &'a Schema, id: TypeId) -> Shape {
        if let Some(whole) = schema.boolean {
            if !whole {
                self.note(
                    Code::FALSE_SCHEMA,
                    schema,
                    "no value is valid here: the schema is `false`",
                );
            }
            return Shape::Any;
        }
        self.note_restrictions(schema);
        if names_null_alone(schema) {
            return Shape::Null;
        }
        if let Some(shape) = self.enumeration(schema) {
            return shape;
        }
        if !schema.one_of.is_empty() || !schema.any_of.is_empty() {
            return self.union(schema, id);
        }
        let types = types_of(schema);
        let mut kinds = types.iter().filter(|kind| *kind != JsonType::Null);
        match (kinds.next(), kinds.next()) {
            (None, _) => {
                if schema.format.is_some() {
                    self.note_restriction(schema, "format");
                }
                Shape::Any
            }
            (Some(kind), None) => self.of_kind(schema, kind, id),
            (Some(_), Some(_)) => self.several_kinds(schema, types, id),
        }
    }

    /// Says which keywords restrict values without an effect on the Rust.
    pub(super) fn note_restrictions(&mut self, schema: &Schema) {
        if let Some(inner) = &schema.rare().not {
            self.note_restriction_at(inner.place.clone(), "not");
        }
        for keyword in &schema.rare().restrictions {
            self.note_restriction(schema, keyword);
        }
    }

    pub(super) fn note_restriction(&mut self, schema: &Schema, keyword: &str) {
        self.note_restriction_at(schema.place.child(keyword), keyword);
    }

    pub(super) fn note_restriction_at(&mut self, place: Place, keyword: &str) {
        self.sink.push(
            Diagnostic::new(
                Code::RESTRICTION_NOT_CARRIED,
                place,
                format!("`{keyword}` only restricts values and is not checked"),
            )
            .help(
                "the Rust type holds every value that the schema allows, and some that it does not",
            ),
        );
    }

    /// The shape of the values of one JSON type.
    pub(super) fn of_kind(&mut self, schema: &'a Schema, kind: JsonType, id: TypeId) -> Shape {
        match kind {
            JsonType::Null => Shape::Null,
            JsonType::Boolean => Shape::Bool,
            JsonType::Integer => Shape::Integer(integer_format(schema)),
            JsonType::Number => Shape::Number(number_format(schema.format.as_deref())),
            JsonType::String => Shape::Text(text_format(schema)),
            JsonType::Array => self.array(schema, id),
            JsonType::Object => self.object(schema, id),
        }
    }

    pub(super) fn note(&mut self, code: Code, schema: &Schema, message: &str) {
        self.sink
            .push(Diagnostic::new(code, schema.place.clone(), message));
    }
}

/// Title, description and deprecation.
pub(super) fn docs(schema: &Schema) -> Docs {
    Docs {
        title: schema.title.clone(),
        description: schema.description.clone(),
        deprecated: schema.deprecated,
    }
}

/// Whether the schema says more of its values than a reference beside it does.
pub(super) fn has_shape(schema: &Schema) -> bool {
    !schema.all_of.is_empty() || has_form(schema)
}

/// Whether the schema itself names `null`.
pub(super) fn allows_null(schema: &Schema) -> bool {
    schema.nullable
        || schema
            .types
            .is_some_and(|types| types.contains(JsonType::Null))
        || schema
            .enumeration
            .as_ref()
            .is_some_and(|values| values.iter().any(crate::document::Node::is_null))
            && schema.types.is_none()
        || schema
            .constant
            .as_ref()
            .is_some_and(crate::document::Node::is_null)
            && schema.types.is_none()
}

/// The JSON types of a schema: those it names, else those its keywords speak of.
pub(super) fn types_of(schema: &Schema) -> TypeSet {
    if let Some(types) = schema.types {
        return types;
    }
    let is_object = !schema.properties.is_empty()
        || schema.additional_properties.is_some()
        || !schema.required.is_empty()
        || !schema.rare().pattern_properties.is_empty();
    if is_object {
        TypeSet::only(JsonType::Object)
    } else if schema.items.is_some() || !schema.rare().prefix_items.is_empty() {
        TypeSet::only(JsonType::Array)
    } else {
        TypeSet::default()
    }
}

/// `format`, or what `contentEncoding` says in its place.
fn text_format(schema: &Schema) -> Option<String> {
    let encoded = schema
        .rare()
        .content_encoding
        .as_ref()
        .is_some_and(|encoding| encoding.eq_ignore_ascii_case("base64"));
    match &schema.format {
        None if encoded => Some("byte".to_owned()),
        format => format.clone(),
    }
}

fn integer_format(schema: &Schema) -> IntegerFormat {
    match schema.format.as_deref() {
        Some("int8") => IntegerFormat::I8,
        Some("int16") => IntegerFormat::I16,
        Some("int32") => IntegerFormat::I32,
        Some("uint8") => IntegerFormat::U8,
        Some("uint16") => IntegerFormat::U16,
        Some("uint32" | "u-int32") => IntegerFormat::U32,
        Some("uint64" | "u-int64" | "uint") => IntegerFormat::U64,
        Some("int64") => IntegerFormat::I64,
        _ if only_unsigned(schema) => IntegerFormat::U64,
        _ => IntegerFormat::I64,
    }
}

/// The first double beyond 2^63, which tools write for the bounds of an `int64` too.
const BEYOND_I64: f64 = 9_223_372_036_854_777_856.0;

/// Whether the bounds allow what an `i64` does not hold, and nothing below zero.
fn only_unsigned(schema: &Schema) -> bool {
    let bounds = schema.constraints();
    let least = bounds.minimum.or(bounds.exclusive_minimum);
    let most = bounds.maximum.or(bounds.exclusive_maximum);
    least.is_some_and(|least| least.as_f64() >= 0.0)
        && most.is_some_and(|most| most.as_f64() >= BEYOND_I64)
}

fn number_format(format: Option<&str>) -> NumberFormat {
    match format {
        Some("float") => NumberFormat::Float,
        Some("double") => NumberFormat::Double,
        _ => NumberFormat::Any,
    }
}
