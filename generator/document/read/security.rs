//! Security requirements and schemes.

use indexmap::IndexMap;

use super::{At, Reader};
use crate::diag::{Code, closest, one_of};
use crate::document::{
    Node, ParameterIn, SecurityKind, SecurityRequirement, SecurityScheme, Version,
};

const TYPES: [&str; 5] = ["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"];

impl Reader<'_> {
    /// A list of alternatives. `None` when it cannot be read at all: what is required is then what
    /// would be required without it, never nothing.
    pub(super) fn security(&mut self, node: Node, at: At<'_>) -> Option<Vec<SecurityRequirement>> {
        if let Node::Object(_) = node {
            self.wrong_type(at, "an array", &node);
            return self
                .requirement(node, at)
                .map(|requirement| vec![requirement]);
        }
        let items = self.array(node, at)?;
        let written = items.len();
        let items = items.into_iter().enumerate();
        let read: Vec<_> = items
            .filter_map(|(index, item)| self.requirement(item, at.index(index)))
            .collect();
        (written == 0 || !read.is_empty()).then_some(read)
    }

    fn requirement(&mut self, node: Node, at: At<'_>) -> Option<SecurityRequirement> {
        let mut schemes = IndexMap::new();
        for (name, node) in self.object(node, at)? {
            let scopes = self.strings(node, at.key(&name));
            // The scheme is required even where its scopes cannot be read.
            schemes.insert(name, scopes);
        }
        Some(SecurityRequirement {
            place: at.place(),
            schemes,
        })
    }

    pub(super) fn security_scheme(&mut self, node: Node, at: At<'_>) -> Option<SecurityScheme> {
        const KNOWN: &[&str] = &[
            "type",
            "description",
            "name",
            "in",
            "scheme",
            "bearerFormat",
            "flows",
            "openIdConnectUrl",
            "oauth2MetadataUrl",
            "deprecated",
        ];
        let place = at.place();
        let at = At::Place(&place);
        let (mut description, mut deprecated, mut extensions) = (None, false, IndexMap::new());
        let mut kind = None;
        let mut parts = Parts::default();
        for (key, node) in self.object(node, at)? {
            let at = at.key(&key);
            match key.as_str() {
                "type" => kind = Some(self.scheme_type(node, at)),
                "description" => description = self.string(node, at),
                "name" => parts.name = self.string(node, at),
                "in" => parts.location = self.location(node, at),
                "scheme" => parts.scheme = self.string(node, at),
                "bearerFormat" => parts.bearer_format = self.string(node, at),
                "flows" => {
                    let flows = self.through(node, at, Self::object);
                    parts.flows = flows.map(|flows| Node::Object(Box::new(flows)));
                }
                "openIdConnectUrl" => parts.url = self.string(node, at),
                "oauth2MetadataUrl" => {
                    self.since(Version::V32, at);
                    let _ = self.string(node, at);
                }
                "deprecated" => {
                    self.since(Version::V32, at);
                    deprecated = self.flag(&node, at);
                }
                _ => self.extension(&key, node, at, KNOWN, &mut extensions),
            }
        }
        if kind.is_none() {
            self.missing(at, "a security scheme", "type");
        }
        let kind = self.security_kind(kind??, parts, at)?;
        Some(SecurityScheme {
            place,
            description,
            kind,
            deprecated,
            extensions,
        })
    }

    fn scheme_type(&mut self, node: Node, at: At<'_>) -> Option<&'static str> {
        let text = self.string(node, at)?;
        let known = TYPES.into_iter().find(|known| *known == text);
        if known.is_none() {
            let message = format!(
                "there is no security scheme type `{}`",
                super::shorten(&text)
            );
            let help = match text.as_str() {
                "basic" => "write `type: http` and `scheme: basic`".to_owned(),
                "bearer" => "write `type: http` and `scheme: bearer`".to_owned(),
                _ => match closest(&text, TYPES) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("use {}", one_of(&TYPES)),
                },
            };
            self.report_with_help(Code::INVALID_VALUE, at, message, help);
        }
        known
    }

    fn security_kind(&mut self, kind: &str, parts: Parts, at: At<'_>) -> Option<SecurityKind> {
        let mut required = |field: &str, missing: bool| {
            if missing {
                self.missing(at, &format!("an `{kind}` scheme"), field);
            }
        };
        match kind {
            "apiKey" => {
                required("name", parts.name.is_none());
                required("in", parts.location.is_none());
                let (name, location) = (parts.name?, parts.location?);
                let fits = matches!(
                    location,
                    ParameterIn::Query | ParameterIn::Header | ParameterIn::Cookie
                );
                if !fits {
                    let message = format!("an API key cannot travel in the {}", location.name());
                    let help = "use `header`, `query` or `cookie`";
                    self.report_with_help(Code::INVALID_VALUE, at.key("in"), message, help);
                    return None;
                }
                Some(SecurityKind::ApiKey { name, location })
            }
            "http" => {
                required("scheme", parts.scheme.is_none());
                Some(SecurityKind::Http {
                    scheme: parts.scheme?,
                    bearer_format: parts.bearer_format,
                })
            }
            "oauth2" => {
                required("flows", parts.flows.is_none());
                Some(SecurityKind::OAuth2 {
                    flows: parts.flows.unwrap_or_default(),
                })
            }
            "openIdConnect" => {
                required("openIdConnectUrl", parts.url.is_none());
                Some(SecurityKind::OpenIdConnect {
                    url: parts.url.unwrap_or_default(),
                })
            }
            _ => {
                self.since(Version::V31, at.key("type"));
                Some(SecurityKind::MutualTls)
            }
        }
    }
}

/// The fields that only some types have.
#[derive(Default)]
struct Parts {
    name: Option<String>,
    location: Option<ParameterIn>,
    scheme: Option<String>,
    bearer_format: Option<String>,
    flows: Option<Node>,
    url: Option<String>,
}
