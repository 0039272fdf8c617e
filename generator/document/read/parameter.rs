//! Parameters and headers.

use indexmap::IndexMap;

use super::{At, Reader};
use crate::diag::{Code, Diagnostic, Severity, closest, one_of};
use crate::document::{
    Examples, Header, MediaType, Node, Parameter, ParameterIn, RefOr, Schema, Version,
};

/// What parameters and headers have in common.
#[derive(Default)]
struct Common {
    description: Option<String>,
    required: Option<bool>,
    deprecated: bool,
    style: Option<String>,
    explode: Option<bool>,
    schema: Option<Schema>,
    content: Option<IndexMap<String, RefOr<MediaType>>>,
    examples: Examples,
    extensions: IndexMap<String, Node>,
}

impl Reader<'_> {
    pub(super) fn parameter(&mut self, node: Node, at: At<'_>) -> Option<Parameter> {
        const KNOWN: &[&str] = &[
            "name",
            "in",
            "description",
            "required",
            "deprecated",
            "allowEmptyValue",
            "style",
            "explode",
            "allowReserved",
            "schema",
            "content",
            "example",
            "examples",
        ];
        if !self.has_room(1, at) {
            return None;
        }
        let place = at.place();
        let at = At::Place(&place);
        let (mut name, mut location) = (None, None);
        let (mut allow_empty_value, mut allow_reserved) = (false, false);
        let mut common = Common::default();
        for (key, node) in self.object(node, at)? {
            let member = at.key(&key);
            match key.as_str() {
                "name" => name = Some(self.string(node, member)),
                "in" => location = Some(self.location(node, member)),
                "allowEmptyValue" => allow_empty_value = self.flag(&node, member),
                "allowReserved" => allow_reserved = self.flag(&node, member),
                _ => self.common(&key, node, at, KNOWN, &mut common),
            }
        }
        for (field, missing) in [("name", name.is_none()), ("in", location.is_none())] {
            if missing {
                self.missing(at, "a parameter", field);
            }
        }
        let (name, location) = (name??, location??);
        if location == ParameterIn::QueryString && common.content.is_none() {
            self.missing(at, "a `querystring` parameter", "content");
        }
        self.check_common(at, "a parameter", &mut common);
        if location == ParameterIn::Path && common.required != Some(true) {
            let message = format!("the path parameter `{name}` must say `required: true`");
            let help = "it is taken as required";
            self.report_with_help(Code::INVALID_VALUE, at, message, help);
            common.required = Some(true);
        }
        Some(Parameter {
            name,
            location,
            description: common.description,
            required: common.required.unwrap_or(false),
            deprecated: common.deprecated,
            allow_empty_value,
            style: common.style,
            explode: common.explode,
            allow_reserved,
            schema: common.schema,
            content: common.content.unwrap_or_default(),
            examples: common.examples,
            extensions: common.extensions,
            place,
        })
    }

    pub(super) fn header(&mut self, node: Node, at: At<'_>) -> Option<Header> {
        const KNOWN: &[&str] = &[
            "description",
            "required",
            "deprecated",
            "style",
            "explode",
            "schema",
            "content",
            "example",
            "examples",
        ];
        if !self.has_room(1, at) {
            return None;
        }
        let place = at.place();
        let at = At::Place(&place);
        let mut common = Common::default();
        for (key, node) in self.object(node, at)? {
            self.common(&key, node, at, KNOWN, &mut common);
        }
        self.check_common(at, "a header", &mut common);
        Some(Header {
            description: common.description,
            required: common.required.unwrap_or(false),
            deprecated: common.deprecated,
            style: common.style,
            explode: common.explode,
            schema: common.schema,
            content: common.content.unwrap_or_default(),
            examples: common.examples,
            extensions: common.extensions,
            place,
        })
    }

    fn common(&mut self, key: &str, node: Node, at: At<'_>, known: &[&str], common: &mut Common) {
        let at = at.key(key);
        match key {
            "description" => common.description = self.string(node, at),
            "required" => common.required = self.boolean(&node, at),
            "deprecated" => common.deprecated = self.flag(&node, at),
            "style" => common.style = self.string(node, at),
            "explode" => common.explode = self.boolean(&node, at),
            "schema" => common.schema = self.described(node, at),
            "content" => common.content = Some(self.content(node, at)),
            "example" => common.examples.extend([Self::bare_example(node, at)]),
            "examples" => self.examples(node, at, &mut common.examples),
            // Where Swagger 2.0 had them.
            "type" | "format" | "enum" | "items" | "minimum" | "maximum" | "pattern" => {
                let message = format!("unknown field `{key}`");
                let diagnostic = Diagnostic::new(Code::UNKNOWN_KEYWORD, at.place(), message);
                self.sink.push(
                    diagnostic
                        .on_key()
                        .severity(Severity::Warning)
                        .help("move it under `schema`"),
                );
            }
            _ => {
                self.extension(key, node, at, known, &mut common.extensions);
            }
        }
    }

    /// `schema` and `content` exclude each other, and `style` belongs to `schema`.
    fn check_common(&mut self, at: At<'_>, thing: &str, common: &mut Common) {
        match (&common.schema, &mut common.content) {
            (None, None) => {
                // A schema that could not be read has its own diagnostic, but is still missing.
                let message = format!("{thing} needs a `schema` or `content`");
                self.report(Code::MISSING_FIELD, at, message);
            }
            (Some(_), content @ Some(_)) => {
                *content = None;
                let message = format!("{thing} has both `schema` and `content`");
                let help = "`schema` is used; remove one of them";
                self.report_with_help(Code::CONFLICTING_FIELDS, at.key("content"), message, help);
            }
            (None, Some(content)) => {
                if content.len() > 1 {
                    content.truncate(1);
                    let message = format!("the `content` of {thing} has more than one media type");
                    let help = "the first one is used";
                    self.report_with_help(
                        Code::CONFLICTING_FIELDS,
                        at.key("content"),
                        message,
                        help,
                    );
                }
                for (field, given) in [
                    ("style", common.style.is_some()),
                    ("explode", common.explode.is_some()),
                ] {
                    if given {
                        let message = format!("`{field}` has no meaning beside `content`");
                        let help =
                            format!("remove `{field}`, or use `schema` instead of `content`");
                        self.report_with_help(
                            Code::CONFLICTING_FIELDS,
                            at.key(field),
                            message,
                            help,
                        );
                    }
                }
            }
            (Some(_), None) => {}
        }
    }

    pub(super) fn location(&mut self, node: Node, at: At<'_>) -> Option<ParameterIn> {
        let text = self.string(node, at)?;
        let location = ParameterIn::of(&text);
        if location == Some(ParameterIn::QueryString) {
            self.since(Version::V32, at);
        }
        if location.is_none() {
            let names: Vec<&str> = ParameterIn::ALL.iter().map(|place| place.name()).collect();
            let message = format!("there is no parameter location `{}`", super::shorten(&text));
            let help = match text.as_str() {
                "body" | "formData" => {
                    "describe it under `requestBody` of the operation".to_owned()
                }
                _ => match closest(&text, names.iter().copied()) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("use {}", one_of(&names)),
                },
            };
            self.report_with_help(Code::INVALID_VALUE, at, message, help);
        }
        location
    }
}
