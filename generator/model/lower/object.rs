//! Objects: declared properties, and what becomes of the others.

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::diag::{Code, Diagnostic};
use crate::document::Schema;
use crate::pattern::Pattern;

use super::super::types::{Extra, Field, Object, Origin, Role, Shape, TypeId, Use};
use super::Lower;
use super::constraint::only_pattern;
use super::schema::docs;

/// Schemas that are looked at for whether a property is read only.
const MAX_ACCESS: usize = 16;

impl<'a> Lower<'a> {
    /// An object schema without `allOf`: a map where it declares no property, else a struct.
    pub(super) fn object(&mut self, schema: &'a Schema, id: TypeId) -> Shape {
        if let Some((_, values)) = only_pattern(schema) {
            return Shape::Map(self.schema(values, Origin::Inside(id, Role::Value)));
        }
        let forbids = schema
            .additional_properties
            .as_ref()
            .is_some_and(|extra| extra.boolean == Some(false));
        let patterns = self.matching(schema, id);
        let declares = !schema.properties.is_empty() || !schema.required.is_empty();
        if !declares && patterns.is_empty() && !forbids {
            return self.map(schema, id);
        }
        let mut fields = IndexMap::new();
        self.fields(schema, id, &mut fields);
        let extra = self.extra(schema, id);
        self.undeclared(schema, &schema.required, id, &mut fields);
        Shape::Object(Object {
            fields,
            patterns,
            extra,
        })
    }

    /// The types of properties that a pattern of their name describes.
    pub(super) fn matching(&mut self, schema: &'a Schema, id: TypeId) -> Vec<(Pattern, Use)> {
        let mut patterns = Vec::new();
        for (written, values) in &schema.rare().pattern_properties {
            if let Some(pattern) = self.pattern(written, &values.place) {
                let role = Role::Matching(written.clone());
                patterns.push((pattern, self.schema(values, Origin::Inside(id, role))));
            }
        }
        patterns
    }

    fn map(&mut self, schema: &'a Schema, id: TypeId) -> Shape {
        let origin = Origin::Inside(id, Role::Value);
        let value = match &schema.additional_properties {
            Some(values) => self.schema(values, origin),
            None => self.synthetic(&schema.place, origin, Shape::Any),
        };
        Shape::Map(value)
    }

    /// Adds the properties that `schema` declares itself; one that is there already keeps its place.
    pub(super) fn fields(
        &mut self,
        schema: &'a Schema,
        id: TypeId,
        into: &mut IndexMap<String, Field>,
    ) {
        let required: HashSet<&String> = schema.required.iter().collect();
        for (name, property) in &schema.properties {
            let ty = self.schema(property, Origin::Inside(id, Role::Property(name.clone())));
            let (read_only, write_only) = self.access(property);
            let field = Field {
                place: property.place.clone(),
                ty,
                required: required.contains(name),
                default: property.default.clone(),
                read_only,
                write_only,
                docs: docs(property),
            };
            let required = field.required || into.get(name).is_some_and(|earlier| earlier.required);
            into.insert(name.clone(), Field { required, ..field });
        }
    }

    /// Whether a property is read only, and write only: of its own, or for what it refers to.
    fn access(&self, property: &Schema) -> (bool, bool) {
        let (mut read_only, mut write_only) = (false, false);
        let mut waiting = vec![property];
        // Real ones are at the end of one reference or two.
        for _ in 0..MAX_ACCESS {
            let Some(schema) = waiting.pop() else { break };
            read_only |= schema.read_only;
            write_only |= schema.write_only;
            let target = schema.reference.as_ref();
            let target = target.and_then(|target| self.document.resolve(target));
            waiting.extend(target.and_then(|place| self.document.schema_at(&place)));
            waiting.extend(schema.all_of.iter().map(AsRef::as_ref));
        }
        // What says both is in responses, as where one schema does.
        (read_only, write_only && !read_only)
    }

    pub(super) fn extra(&mut self, schema: &'a Schema, id: TypeId) -> Extra {
        match &schema.additional_properties {
            None => Extra::Drop,
            Some(extra) if extra.boolean == Some(false) => Extra::Forbid,
            Some(extra) => Extra::Keep(self.schema(extra, Origin::Inside(id, Role::Value))),
        }
    }

    /// Makes `required` true of declared fields, and fields of the names that nothing declares.
    pub(super) fn undeclared(
        &mut self,
        schema: &Schema,
        required: &[String],
        id: TypeId,
        fields: &mut IndexMap<String, Field>,
    ) {
        for name in required {
            if let Some(field) = fields.get_mut(name) {
                field.required = true;
                continue;
            }
            self.sink.push(
                Diagnostic::new(
                    Code::REQUIRED_UNDECLARED,
                    schema.place.child("required"),
                    format!("`{name}` is required but not declared under `properties`; it holds any value"),
                )
                .help("declare it under `properties`, or take it off `required`"),
            );
            let ty = self.synthetic(
                &schema.place,
                Origin::Inside(id, Role::Property(name.clone())),
                Shape::Any,
            );
            fields.insert(
                name.clone(),
                Field {
                    place: schema.place.clone(),
                    ty,
                    required: true,
                    default: None,
                    read_only: false,
                    write_only: false,
                    docs: super::super::types::Docs::default(),
                },
            );
        }
    }
}
