//! Security schemes, and which of them an operation asks for.

use std::collections::HashSet;

use crate::diag::{Code, Diagnostic};
use crate::document::{Operation as Written, ParameterIn, SecurityKind};

use super::super::calls::Requirement;
use super::super::operation::{SchemeKind, SecurityScheme};
use super::super::parameter::Location;
use super::super::types::Docs;
use super::Lower;

impl<'a> Lower<'a> {
    pub(super) fn security_schemes(&mut self) -> Vec<SecurityScheme> {
        let document = self.document;
        let mut schemes = Vec::new();
        for (name, scheme) in &document.components.security_schemes {
            let Some(scheme) = self.followed(scheme, |document, place| {
                document.components.security_scheme_at(place)
            }) else {
                continue;
            };
            let kind = match &scheme.kind {
                SecurityKind::ApiKey { name, location } => SchemeKind::ApiKey {
                    location: match location {
                        ParameterIn::Query | ParameterIn::QueryString => Location::Query,
                        ParameterIn::Cookie => Location::Cookie,
                        ParameterIn::Header | ParameterIn::Path => Location::Header,
                    },
                    name: name.clone(),
                },
                SecurityKind::Http { scheme, .. } => SchemeKind::Http {
                    scheme: scheme.to_ascii_lowercase(),
                },
                SecurityKind::OAuth2 { .. } | SecurityKind::OpenIdConnect { .. } => {
                    SchemeKind::Bearer
                }
                SecurityKind::MutualTls => SchemeKind::MutualTls,
            };
            schemes.push(SecurityScheme {
                place: scheme.place.clone(),
                name: name.clone(),
                docs: Docs {
                    description: scheme.description.clone(),
                    ..Docs::default()
                },
                kind,
            });
        }
        schemes
    }

    /// The operation's own requirements, else the document's. An alternative that names an unknown
    /// scheme stays: it can never be met, and dropping it could open the operation to everyone.
    pub(super) fn requirements(
        &mut self,
        written: &'a Written,
        schemes: &[SecurityScheme],
    ) -> Vec<Vec<Requirement>> {
        let document = self.document;
        let requirements = match (&written.security, &document.security) {
            (Some(own), _) => own,
            (None, Some(shared)) => shared,
            (None, None) => return Vec::new(),
        };
        let declared: HashSet<&String> = schemes.iter().map(|scheme| &scheme.name).collect();
        let mut alternatives = Vec::new();
        for requirement in requirements {
            let unknown = requirement
                .schemes
                .keys()
                .find(|name| !declared.contains(name));
            if let Some(name) = unknown {
                self.sink.push(
                    Diagnostic::new(
                        Code::UNKNOWN_SECURITY_SCHEME,
                        requirement.place.clone(),
                        format!("`{name}` is not among `components/securitySchemes`"),
                    )
                    .help("declare it there, or correct the name"),
                );
            }
            let all = requirement.schemes.iter();
            alternatives.push(
                all.map(|(scheme, scopes)| Requirement {
                    scheme: scheme.clone(),
                    scopes: scopes.clone(),
                })
                .collect(),
            );
        }
        alternatives
    }
}
