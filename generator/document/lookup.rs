//! Finding what a reference names: a walk along the pointer through the typed document.

use std::borrow::Cow;

use indexmap::IndexMap;

use super::read::Kind;
use super::{
    Callback, Components, Document, Example, Header, MediaType, Operation, Parameter, PathItem,
    RefOr, RequestBody, Response, Schema, SecurityScheme,
};
use crate::diag::{FileId, Place};

impl Document {
    /// The schema at a place: under the components, or inside a path, parameter, header or body.
    #[must_use]
    pub fn schema_at(&self, place: &Place) -> Option<&Schema> {
        let elsewhere = || self.components.elsewhere.schemas.get(place);
        self.written_schema(place).or_else(elsewhere)
    }

    fn written_schema(&self, place: &Place) -> Option<&Schema> {
        if place.file != FileId(0) {
            return None;
        }
        let segments: Vec<Cow<'_, str>> = place.pointer.segments().collect();
        let keys: Vec<&str> = segments.iter().map(AsRef::as_ref).collect();
        match keys.as_slice() {
            ["components", "schemas", name, rest @ ..] => {
                within(self.components.schemas.get(*name)?, rest)
            }
            ["components", "parameters", name, rest @ ..] => {
                in_parameter(item(&self.components.parameters, name)?, rest)
            }
            ["components", "headers", name, rest @ ..] => {
                in_header(item(&self.components.headers, name)?, rest)
            }
            ["components", "requestBodies", name, "content", rest @ ..] => {
                in_content(&item(&self.components.request_bodies, name)?.content, rest)
            }
            ["components", "responses", name, rest @ ..] => {
                in_response(item(&self.components.responses, name)?, rest)
            }
            ["components", "pathItems", name, method, rest @ ..] => in_operation(
                operation(&self.components.path_items.get(*name)?.operations, method)?,
                rest,
            ),
            ["paths", path, "parameters", index, rest @ ..] => {
                let parameter = self
                    .paths
                    .get(*path)?
                    .parameters
                    .get(index.parse::<usize>().ok()?)?;
                in_parameter(parameter.item()?, rest)
            }
            ["paths", path, method, rest @ ..] => {
                in_operation(operation(&self.paths.get(*path)?.operations, method)?, rest)
            }
            _ => None,
        }
    }

    /// The path item at a place.
    #[must_use]
    pub fn path_item_at(&self, place: &Place) -> Option<&PathItem> {
        let elsewhere = || self.components.elsewhere.path_items.get(place);
        let written = || {
            if place.file != FileId(0) {
                return None;
            }
            let segments: Vec<Cow<'_, str>> = place.pointer.segments().collect();
            let keys: Vec<&str> = segments.iter().map(AsRef::as_ref).collect();
            match keys.as_slice() {
                ["components", "pathItems", name] => self.components.path_items.get(*name),
                ["paths", path] => self.paths.get(*path),
                ["webhooks", name] => self.webhooks.get(*name),
                _ => None,
            }
        };
        written().or_else(elsewhere)
    }

    /// Whether something of a kind was read at a place.
    pub(super) fn has(&self, kind: Kind, place: &Place) -> bool {
        let components = &self.components;
        match kind {
            Kind::Schema => self.schema_at(place).is_some(),
            Kind::PathItem => self.path_item_at(place).is_some(),
            Kind::Parameter => components.parameter_at(place).is_some(),
            Kind::Header => components.header_at(place).is_some(),
            Kind::RequestBody => components.request_body_at(place).is_some(),
            Kind::Response => components.response_at(place).is_some(),
            Kind::MediaType => components.media_type_at(place).is_some(),
            Kind::SecurityScheme => components.security_scheme_at(place).is_some(),
            Kind::Example => components.example_at(place).is_some(),
            Kind::Callback => components.callback_at(place).is_some(),
        }
    }
}

fn operation<'a>(operations: &'a [Operation], method: &str) -> Option<&'a Operation> {
    operations
        .iter()
        .find(|operation| operation.method.eq_ignore_ascii_case(method))
}

fn item<'a, T>(map: &'a IndexMap<String, RefOr<T>>, name: &str) -> Option<&'a T> {
    map.get(name)?.item()
}

fn in_operation<'a>(operation: &'a Operation, keys: &[&str]) -> Option<&'a Schema> {
    match keys {
        ["parameters", index, rest @ ..] => in_parameter(
            operation
                .parameters
                .get(index.parse::<usize>().ok()?)?
                .item()?,
            rest,
        ),
        ["requestBody", "content", rest @ ..] => {
            in_content(&operation.request_body.as_ref()?.item()?.content, rest)
        }
        ["responses", status, rest @ ..] => {
            in_response(operation.responses.get(*status)?.item()?, rest)
        }
        _ => None,
    }
}

fn in_response<'a>(response: &'a Response, keys: &[&str]) -> Option<&'a Schema> {
    match keys {
        ["content", rest @ ..] => in_content(&response.content, rest),
        ["headers", name, rest @ ..] => in_header(item(&response.headers, name)?, rest),
        _ => None,
    }
}

fn in_content<'a>(
    content: &'a IndexMap<String, RefOr<MediaType>>,
    keys: &[&str],
) -> Option<&'a Schema> {
    match keys {
        [name, "schema", rest @ ..] => within(item(content, name)?.schema.as_ref()?, rest),
        [name, "itemSchema", rest @ ..] => within(item(content, name)?.item_schema.as_ref()?, rest),
        _ => None,
    }
}

fn in_parameter<'a>(parameter: &'a Parameter, keys: &[&str]) -> Option<&'a Schema> {
    match keys {
        ["schema", rest @ ..] => within(parameter.schema.as_ref()?, rest),
        ["content", rest @ ..] => in_content(&parameter.content, rest),
        _ => None,
    }
}

fn in_header<'a>(header: &'a Header, keys: &[&str]) -> Option<&'a Schema> {
    match keys {
        ["schema", rest @ ..] => within(header.schema.as_ref()?, rest),
        ["content", rest @ ..] => in_content(&header.content, rest),
        _ => None,
    }
}

/// The schema inside `schema` that the keys lead to.
fn within<'a>(schema: &'a Schema, keys: &[&str]) -> Option<&'a Schema> {
    let (next, rest): (&Schema, _) = match keys {
        [] => return Some(schema),
        ["properties", name, rest @ ..] => (schema.properties.get(*name)?, rest),
        ["patternProperties", name, rest @ ..] => {
            (schema.rare().pattern_properties.get(*name)?, rest)
        }
        ["$defs" | "definitions", name, rest @ ..] => (schema.rare().definitions.get(*name)?, rest),
        ["items", rest @ ..] => (schema.items.as_deref()?, rest),
        ["additionalProperties", rest @ ..] => (schema.additional_properties.as_deref()?, rest),
        ["propertyNames", rest @ ..] => (schema.rare().property_names.as_deref()?, rest),
        ["contains", rest @ ..] => (schema.rare().contains.as_deref()?, rest),
        ["not", rest @ ..] => (schema.rare().not.as_deref()?, rest),
        ["contentSchema", rest @ ..] => (schema.rare().content_schema.as_ref()?, rest),
        [
            list @ ("allOf" | "anyOf" | "oneOf" | "prefixItems"),
            index,
            rest @ ..,
        ] => {
            let list = match *list {
                "allOf" => &schema.all_of,
                "anyOf" => &schema.any_of,
                "oneOf" => &schema.one_of,
                _ => &schema.rare().prefix_items,
            };
            (list.get(index.parse::<usize>().ok()?)?, rest)
        }
        _ => return None,
    };
    within(next, rest)
}

/// The component that a place names, where it is one of the kind.
macro_rules! component {
    ($($(#[$meta:meta])* $function:ident, $section:literal, $field:ident, $item:ty;)*) => {
        impl Components {
            $(
                $(#[$meta])*
                #[must_use]
                pub fn $function(&self, place: &Place) -> Option<&RefOr<$item>> {
                    let segments: Vec<Cow<'_, str>> = place.pointer.segments().collect();
                    let written = match segments.as_slice() {
                        [components, section, name]
                            if place.file == FileId(0)
                                && components == "components"
                                && section == $section =>
                        {
                            self.$field.get(name.as_ref())
                        }
                        _ => None,
                    };
                    written.or_else(|| self.elsewhere.$field.get(place))
                }
            )*
        }
    };
}

component! {
    /// The parameter at `#/components/parameters/NAME`, or in another file.
    parameter_at, "parameters", parameters, Parameter;
    /// The header at `#/components/headers/NAME`, or in another file.
    header_at, "headers", headers, Header;
    /// The response at `#/components/responses/NAME`, or in another file.
    response_at, "responses", responses, Response;
    /// The request body at `#/components/requestBodies/NAME`, or in another file.
    request_body_at, "requestBodies", request_bodies, RequestBody;
    /// The media type at `#/components/mediaTypes/NAME`, or in another file.
    media_type_at, "mediaTypes", media_types, MediaType;
    /// The security scheme at `#/components/securitySchemes/NAME`, or in another file.
    security_scheme_at, "securitySchemes", security_schemes, SecurityScheme;
    /// The example at `#/components/examples/NAME`, or in another file.
    example_at, "examples", examples, Example;
    /// The callback at `#/components/callbacks/NAME`, or in another file.
    callback_at, "callbacks", callbacks, Callback;
}
