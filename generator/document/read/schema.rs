//! The Schema Object: JSON Schema 2020-12, and 3.0's own dialect translated into it.

use std::sync::Arc;

use indexmap::IndexMap;

use super::bounds::Exclusive;
use super::resource::Around;
use super::wanted::Kind;
use super::{At, Reader};
use crate::diag::{Code, Diagnostic};
use crate::document::{Discriminator, JsonType, KeyRule, KeySets, Node, Schema, Version};

const KNOWN: &[&str] = &[
    "$ref",
    "type",
    "format",
    "title",
    "description",
    "default",
    "enum",
    "const",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "discriminator",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "nullable",
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minContains",
    "maxContains",
    "minProperties",
    "maxProperties",
    "patternProperties",
    "propertyNames",
    "prefixItems",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "$defs",
    "$id",
    "$anchor",
    "$dynamicAnchor",
    "$dynamicRef",
    "xml",
    "externalDocs",
    "if",
    "then",
    "else",
    "dependentRequired",
    "dependentSchemas",
    "unevaluatedProperties",
    "unevaluatedItems",
];

impl Reader<'_> {
    /// A schema of what is there all the same: where it cannot be read, any value is.
    pub(in crate::document) fn described(&mut self, node: Node, at: At<'_>) -> Option<Schema> {
        if matches!(node, Node::Object(_) | Node::Bool(_)) {
            return self.schema(node, at);
        }
        let message = format!(
            "{} must be a schema (an object or a boolean), not {}",
            at.field(),
            node.kind_name()
        );
        let help = "it is taken as `{}`, which holds any value";
        self.report_with_help(Code::WRONG_TYPE, at, message, help);
        Some(Schema {
            place: at.place(),
            ..Schema::default()
        })
    }

    pub(in crate::document) fn schema(&mut self, node: Node, at: At<'_>) -> Option<Schema> {
        if !self.has_room(1, at) {
            return None;
        }
        let place = at.place();
        let at = At::Place(&place);
        let mut schema = Schema {
            place: place.clone(),
            ..Schema::default()
        };
        let members = match node {
            Node::Object(members) => *members,
            Node::Bool(value) => {
                schema.boolean = Some(value);
                return Some(schema);
            }
            other => {
                self.wrong_type(at, "a schema (an object or a boolean)", &other);
                return None;
            }
        };
        let around = self.enter(&members, &place);
        let recursive = members.get("$recursiveAnchor") == Some(&Node::Bool(true));
        let recursive = recursive.then(|| self.recursive.replace(place.clone()));
        let mut exclusive = Exclusive::default();
        for (key, node) in members {
            self.keyword(&key, node, at, &mut schema, &mut exclusive);
        }
        if let Some(Around(around)) = around {
            self.resource = around;
        }
        self.translate(&mut schema, &exclusive);
        let declares = |name: &&String| !schema.properties.contains_key(*name);
        let undeclared = schema.required.iter().filter(declares).count();
        if !self.has_room(
            undeclared + schema.enumeration.as_ref().map_or(0, Vec::len) / 4,
            at,
        ) {
            return None;
        }
        self.follow_dynamic(&mut schema);
        if let Some(around) = recursive {
            self.recursive = around;
        }
        Some(schema)
    }

    fn keyword(
        &mut self,
        key: &str,
        node: Node,
        at: At<'_>,
        schema: &mut Schema,
        exclusive: &mut Exclusive,
    ) {
        let member = at.key(key);
        match key {
            "$ref" => {
                schema.reference = self.reference(Kind::Schema, node, at).map(Box::new);
            }
            "type" => schema.types = self.types(node, member),
            "format" => schema.format = self.string(node, member),
            "title" => schema.title = self.string(node, member),
            "description" => schema.description = self.string(node, member),
            "default" => schema.default = Some(node),
            "enum" => schema.enumeration = self.through(node, member, Self::array),
            "const" => {
                self.since(Version::V31, member);
                schema.constant = Some(node);
            }
            "properties" => schema.properties = self.map(node, member, Self::shared_described),
            "required" => schema.required = self.required(node, member),
            "additionalProperties" => {
                schema.additional_properties = self.shared_described(node, member);
            }
            "items" => self.items(node, member, schema),
            "allOf" => schema.all_of = self.schemas(node, member),
            "anyOf" => schema.any_of = self.schemas(node, member),
            "oneOf" => schema.one_of = self.schemas(node, member),
            "discriminator" => {
                let found = self.through(node, member, Self::discriminator);
                schema.discriminator = found.map(Box::new);
            }
            "example" => schema.examples.insert(0, node),
            "examples" => {
                self.since(Version::V31, member);
                schema
                    .examples
                    .extend(self.array(node, member).unwrap_or_default());
            }
            "deprecated" => schema.deprecated = self.flag(&node, member),
            "readOnly" => schema.read_only = self.flag(&node, member),
            "writeOnly" => schema.write_only = self.flag(&node, member),
            "nullable" => {
                self.until_v30(
                    member,
                    "write `type: [string, 'null']`, or `null` in the enumeration",
                );
                schema.nullable = self.flag(&node, member);
            }
            "exclusiveMinimum" | "exclusiveMaximum" => {
                self.exclusive(key, &node, member, schema, exclusive);
            }
            "minLength" | "maxLength" | "minimum" | "maximum" | "multipleOf" | "minItems"
            | "maxItems" | "minContains" | "maxContains" | "minProperties" | "maxProperties" => {
                self.bound(key, &node, member, schema.constraints_mut());
            }
            "pattern" => schema.constraints_mut().pattern = self.string(node, member),
            "uniqueItems" => {
                // Most say `false`, which is no constraint.
                if self.flag(&node, member) {
                    schema.constraints_mut().unique_items = true;
                }
            }
            // They describe, and change no value.
            "externalDocs" | "$comment" | "$schema" | "$vocabulary" => {}
            _ => self.rare_keyword(key, node, member, schema),
        }
    }

    fn rare_keyword(&mut self, key: &str, node: Node, at: At<'_>, schema: &mut Schema) {
        match key {
            "xml" => schema.rare_mut().xml = true,
            "not" => schema.rare_mut().not = self.shared(node, at),
            key if key.starts_with("x-") => {
                schema.extensions.insert(key.to_owned(), node);
            }
            "patternProperties" => {
                self.since(Version::V31, at);
                schema.rare_mut().pattern_properties = self.map(node, at, Self::shared_described);
            }
            "propertyNames" => {
                self.since(Version::V31, at);
                schema.rare_mut().property_names = self.shared(node, at);
            }
            "prefixItems" => {
                self.since(Version::V31, at);
                schema.rare_mut().prefix_items = self.list(node, at, Self::shared_described);
            }
            "contains" => {
                self.since(Version::V31, at);
                schema.rare_mut().contains = self.shared(node, at);
            }
            "contentEncoding" | "contentMediaType" => {
                self.since(Version::V31, at);
                let text = self.string(node, at);
                let rare = schema.rare_mut();
                match key {
                    "contentEncoding" => rare.content_encoding = text,
                    _ => rare.content_media_type = text,
                }
            }
            "contentSchema" => {
                self.since(Version::V31, at);
                schema.rare_mut().content_schema = self.schema(node, at);
            }
            // `definitions` is what `$defs` was called before 2019-09.
            "$defs" | "definitions" => {
                self.since(Version::V31, at);
                schema
                    .rare_mut()
                    .definitions
                    .extend(self.map(node, at, Self::described));
            }
            // What 2019-09 had in place of `$dynamicRef` and `$dynamicAnchor`.
            "$recursiveAnchor" => schema.rare_mut().dynamic_anchor = Some(String::new()),
            "$id" | "$anchor" | "$dynamicAnchor" | "$dynamicRef" | "$recursiveRef" => {
                self.since(Version::V31, at);
                let text = self.string(node, at);
                if let (Some(text), "$anchor" | "$dynamicAnchor") = (&text, key) {
                    self.anchor(text, &schema.place);
                }
                let rare = schema.rare_mut();
                match key {
                    "$id" => rare.id = text,
                    "$anchor" => rare.anchor = text,
                    "$dynamicAnchor" => rare.dynamic_anchor = text,
                    _ => rare.dynamic_reference = text,
                }
            }
            "dependentRequired" => {
                self.since(Version::V31, at);
                let rare = schema.rare_mut();
                match dependent(&node) {
                    Some(sets) if sets.is_empty() => {}
                    Some(sets) => rare.key_sets.push(KeySets {
                        rule: KeyRule::Dependent,
                        sets,
                    }),
                    None => self.wrong_type(at, "an object of arrays of strings", &node),
                }
            }
            "if"
            | "then"
            | "else"
            | "dependentSchemas"
            | "dependencies"
            | "unevaluatedProperties"
            | "unevaluatedItems"
            | "additionalItems" => {
                self.since(Version::V31, at);
                // `true` restricts nothing.
                if node != Node::Bool(true) {
                    schema.rare_mut().restrictions.push(key.to_owned());
                }
            }
            _ => self.other(key, at, KNOWN),
        }
    }

    fn shared(&mut self, node: Node, at: At<'_>) -> Option<Arc<Schema>> {
        self.schema(node, at).map(Arc::new)
    }

    fn shared_described(&mut self, node: Node, at: At<'_>) -> Option<Arc<Schema>> {
        self.described(node, at).map(Arc::new)
    }

    /// An array of schemas. A lone schema is an array of one.
    fn schemas(&mut self, node: Node, at: At<'_>) -> Vec<Arc<Schema>> {
        if let Node::Object(_) = node {
            let message = format!("{} must be an array, not an object", at.field());
            self.report_with_help(
                Code::WRONG_TYPE,
                at,
                message,
                "it is taken as an array of one",
            );
            return self.shared(node, at).into_iter().collect();
        }
        self.list(node, at, Self::shared)
    }

    fn required(&mut self, node: Node, at: At<'_>) -> Vec<String> {
        if let Node::Bool(_) = node {
            let message =
                "`required` of a schema must be an array of property names, not a boolean";
            let help = "list the property's name under `required` of the object that has it";
            self.report_with_help(Code::WRONG_TYPE, at, message, help);
            return Vec::new();
        }
        self.strings(node, at)
    }

    fn items(&mut self, node: Node, at: At<'_>, schema: &mut Schema) {
        if let Node::Array(_) = node {
            let message = "an array under `items` is the older form of `prefixItems`";
            let diagnostic = Diagnostic::new(Code::VERSION_MISMATCH, at.place(), message);
            self.sink
                .push(diagnostic.on_key().help("it is taken as `prefixItems`"));
            schema.rare_mut().prefix_items = self.list(node, at, Self::shared_described);
        } else {
            schema.items = self.shared_described(node, at);
        }
    }

    /// What only 3.0 has is taken in later versions all the same.
    pub(super) fn until_v30(&mut self, at: At<'_>, help: &str) {
        if self.version > Version::V30 {
            let message = format!(
                "{} means this in OpenAPI 3.0 only, and this document states {}",
                at.field(),
                self.version.name()
            );
            let diagnostic = Diagnostic::new(Code::VERSION_MISMATCH, at.place(), message);
            self.sink
                .push(diagnostic.on_key().help(format!("it is honoured; {help}")));
        }
    }

    /// Says in the words of 2020-12 what 3.0 says in its own.
    fn translate(&mut self, schema: &mut Schema, exclusive: &Exclusive) {
        if schema.nullable {
            schema.types = schema.types.map(|types| types.with(JsonType::Null));
        }
        if exclusive.minimum {
            let constraints = schema.constraints_mut();
            constraints.exclusive_minimum = constraints.minimum.take();
        }
        if exclusive.maximum {
            let constraints = schema.constraints_mut();
            constraints.exclusive_maximum = constraints.maximum.take();
        }
        if schema.read_only && schema.write_only {
            schema.write_only = false;
            let message = "a schema cannot be both `readOnly` and `writeOnly`";
            let place = schema.place.child("writeOnly");
            let help = "`readOnly` is used; remove one of them";
            self.sink
                .push(Diagnostic::new(Code::CONFLICTING_FIELDS, place, message).help(help));
        }
    }

    fn discriminator(&mut self, node: Node, at: At<'_>) -> Option<Discriminator> {
        let place = at.place();
        let at = At::Place(&place);
        let mut discriminator = Discriminator {
            place: place.clone(),
            property: String::new(),
            mapping: IndexMap::new(),
            default_mapping: None,
        };
        // Swagger 2.0 had only the name.
        if let Node::String(name) = node {
            let message = "`discriminator` must be an object, not a string";
            let help = format!(
                "write `discriminator: {{ propertyName: {} }}`",
                super::shorten(&name)
            );
            self.report_with_help(Code::WRONG_TYPE, at, message, help);
            return Some(Discriminator {
                property: name,
                ..discriminator
            });
        }
        let mut property = None;
        for (key, node) in self.object(node, at)? {
            let at = at.key(&key);
            match key.as_str() {
                "propertyName" => property = Some(self.string(node, at)),
                "mapping" => discriminator.mapping = self.map(node, at, Self::string),
                "defaultMapping" => {
                    self.since(Version::V32, at);
                    discriminator.default_mapping = self.string(node, at);
                }
                _ => self.other(&key, at, &["propertyName", "mapping", "defaultMapping"]),
            }
        }
        if property.is_none() {
            self.missing(at, "a discriminator", "propertyName");
        }
        discriminator.property = property??;
        Some(discriminator)
    }
}

/// A property, and those that have to be there with it.
fn dependent(node: &Node) -> Option<Vec<Vec<String>>> {
    let mut sets = Vec::new();
    for (name, others) in node.as_object()? {
        let mut set = vec![name.clone()];
        for other in others.as_array()? {
            set.push(other.as_str()?.to_owned());
        }
        if set.len() > 1 {
            sets.push(set);
        }
    }
    Some(sets)
}
