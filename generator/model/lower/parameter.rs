//! Parameters: those of the path item, overridden by those of the operation.

use std::borrow::Cow;
use std::collections::HashSet;

use indexmap::IndexMap;

use crate::diag::{Code, Diagnostic, Place};
use crate::document::{
    Examples, Operation as Written, Parameter as WrittenParameter, ParameterIn, PathItem, RefOr,
};

use super::super::parameter::{Location, Parameter, Style, Writing};
use super::super::types::{Docs, Origin, Position, Shape};
use super::Lower;
use super::writing::Said;

/// Headers that OpenAPI keeps out of parameters, since other parts of a document describe them.
const RESERVED_HEADERS: [&str; 3] = ["accept", "content-type", "authorization"];

impl<'a> Lower<'a> {
    pub(super) fn parameters(
        &mut self,
        path: &str,
        item: &'a PathItem,
        written: &'a Written,
        index: usize,
    ) -> Vec<Parameter> {
        let mut found = self.by_name(&item.parameters);
        // The operation's own take the place of those of its path.
        found.extend(self.by_name(&written.parameters));
        let named: HashSet<&str> = names_in(path).collect();
        let mut parameters: Vec<Parameter> = found
            .into_values()
            .filter_map(|parameter| self.parameter(path, &named, parameter, index))
            .collect();
        self.template_names(path, written, index, &mut parameters);
        parameters
    }

    /// The parameters of one list. Of two for the same thing, the last is meant.
    fn by_name(
        &mut self,
        list: &'a [RefOr<WrittenParameter>],
    ) -> IndexMap<(ParameterIn, Cow<'a, str>), &'a WrittenParameter> {
        let mut found: IndexMap<_, &'a WrittenParameter> = IndexMap::new();
        for parameter in list {
            let Some(parameter) = self.followed(parameter, |document, place| {
                document.components.parameter_at(place)
            }) else {
                continue;
            };
            let name = match parameter.location {
                ParameterIn::Header => Cow::Owned(parameter.name.to_ascii_lowercase()),
                _ => Cow::Borrowed(parameter.name.as_str()),
            };
            let other = found.insert((parameter.location, name), parameter);
            if let Some(other) = other.filter(|other| other.place != parameter.place) {
                self.twice(&parameter.place, &parameter.name, &other.place);
            }
        }
        found
    }

    /// Says that a parameter or header is described twice.
    pub(super) fn twice(&mut self, place: &Place, name: &str, other: &Place) {
        self.sink.push(
            Diagnostic::new(
                Code::DUPLICATE_PARAMETER,
                place.clone(),
                format!("`{name}` is described twice; this description is used"),
            )
            .related(other.clone(), "the other one")
            .help("remove one of them"),
        );
    }

    fn parameter(
        &mut self,
        path: &str,
        named: &HashSet<&str>,
        written: &'a WrittenParameter,
        index: usize,
    ) -> Option<Parameter> {
        let location = match written.location {
            ParameterIn::Path => Location::Path,
            ParameterIn::Query | ParameterIn::QueryString => Location::Query,
            ParameterIn::Header => Location::Header,
            ParameterIn::Cookie => Location::Cookie,
        };
        if location == Location::Header
            && RESERVED_HEADERS.contains(&written.name.to_ascii_lowercase().as_str())
        {
            self.sink.push(
                Diagnostic::new(
                    Code::RESERVED_HEADER,
                    written.place.clone(),
                    format!(
                        "a parameter named `{}` is ignored (OpenAPI, Parameter Object)",
                        written.name
                    ),
                )
                .help("describe it by the content, the responses or a security scheme"),
            );
            return None;
        }
        if location == Location::Path && !named.contains(written.name.as_str()) {
            self.sink.push(
                Diagnostic::new(
                    Code::PATH_PARAMETER_UNUSED,
                    written.place.clone(),
                    format!(
                        "`{}` is not in the path `{path}`; the parameter is left out",
                        written.name
                    ),
                )
                .help("put it into the path template, or take it off the parameters"),
            );
            return None;
        }
        let origin = Origin::Operation(index, Position::Parameter(written.name.clone()));
        let said = Said {
            place: &written.place,
            name: &written.name,
            location,
            whole: written.location == ParameterIn::QueryString,
            style: written.style.as_deref(),
            explode: written.explode,
            reserved: written.allow_reserved,
            schema: written.schema.as_ref(),
            content: &written.content,
        };
        let (ty, writing) = self.value(&said, origin);
        Some(Parameter {
            place: written.place.clone(),
            name: written.name.clone(),
            location,
            required: written.required || location == Location::Path,
            writing,
            allow_empty: written.allow_empty_value,
            default: None,
            ty,
            docs: Docs {
                title: None,
                description: written.description.clone(),
                deprecated: written.deprecated,
            },
            examples: self.examples(&written.examples, &written.content),
        })
    }

    /// Every `{name}` of the template has a parameter: one that is not described is a string.
    fn template_names(
        &mut self,
        path: &str,
        written: &Written,
        index: usize,
        parameters: &mut Vec<Parameter>,
    ) {
        let mut described: HashSet<String> = parameters
            .iter()
            .filter(|parameter| parameter.location == Location::Path)
            .map(|parameter| parameter.name.clone())
            .collect();
        for name in names_in(path) {
            if !described.insert(name.to_owned()) {
                continue;
            }
            self.sink.push(
                Diagnostic::new(
                    Code::PATH_PARAMETER_MISSING,
                    written.place.clone(),
                    format!("`{{{name}}}` of the path is not among the parameters; it is taken for a string"),
                )
                .help(format!("add `- {{ name: {name}, in: path, required: true, schema: {{ type: string }} }}`")),
            );
            let origin = Origin::Operation(index, Position::Parameter(name.to_owned()));
            let ty = self.synthetic(&written.place, origin, Shape::Text(None));
            parameters.push(Parameter {
                place: written.place.clone(),
                name: name.to_owned(),
                location: Location::Path,
                required: true,
                writing: Writing::of(Style::Simple),
                allow_empty: false,
                default: None,
                ty,
                docs: Docs::default(),
                examples: Examples::default(),
            });
        }
    }
}

/// The names between braces of a path template, in order.
fn names_in(path: &str) -> impl Iterator<Item = &str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .filter(|n| !n.is_empty())
}
