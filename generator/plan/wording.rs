//! What is said of things that the document says nothing of: where they stand.

use crate::model::{Docs, Origin, Position, Role, Type, TypeId};
use crate::text::code_span;

use super::rust_type::Spelling;

/// A sentence on a type.
pub(super) fn of_type(spelling: &Spelling<'_>, origin: &Origin) -> String {
    match origin {
        Origin::Component(name) => format!("The schema `{}`.", code_span(name)),
        Origin::Inside(parent, role) => inside(spelling, *parent, role),
        Origin::Operation(index, position) => {
            let operation = spelling.api.operations.get(*index);
            let id = code_span(operation.map_or("", |operation| operation.id.as_str()));
            match position {
                Position::Parameter(name) => {
                    format!("The parameter `{}` of `{id}`.", code_span(name))
                }
                Position::RequestBody => format!("The request body of `{id}`."),
                Position::ResponseBody(status) => {
                    format!("The body of the response {status} of `{id}`.")
                }
                Position::ResponseHeader(_, name) => {
                    format!("The response header `{}` of `{id}`.", code_span(name))
                }
            }
        }
        Origin::Request(of) => {
            let name = spelling.names.get(*of).unwrap_or_default();
            format!("[`{name}`] {AS_A_REQUEST}.")
        }
        Origin::Elsewhere(_) => "A schema that the document refers to.".to_owned(),
    }
}

const AS_A_REQUEST: &str = "as requests carry it: what only responses have is not required";

/// The text of a type: the document's, and in which form it is.
pub(super) fn docs(spelling: &Spelling<'_>, ty: &Type) -> Docs {
    let mut docs = ty.docs.clone();
    let Origin::Request(of) = ty.origin else {
        return docs;
    };
    if let (Some(description), Some(name)) = (&mut docs.description, spelling.names.get(of)) {
        *description = format!("{description}\n\nThis is `{name}` {AS_A_REQUEST}.");
    }
    docs
}

fn inside(spelling: &Spelling<'_>, parent: TypeId, role: &Role) -> String {
    let what = match role {
        Role::Property(name) => format!("The property `{}`", code_span(name)),
        Role::Item => "An item".to_owned(),
        Role::Position(index) => format!("Item {index}"),
        Role::Value => "A value".to_owned(),
        Role::Matching(pattern) => {
            format!("A property whose name matches `{}`", code_span(pattern))
        }
        Role::Variant(_) => "A variant".to_owned(),
    };
    // A list or map has no name of its own; the property that it stands for has.
    let mut container = parent;
    let mut property = None;
    while spelling.names.get(container).is_none()
        && let Origin::Inside(outer, role) = &spelling.api.types.get(container).origin
    {
        if let Role::Property(name) = role {
            property = Some(code_span(name));
        }
        container = *outer;
    }
    let property = property.map_or_else(String::new, |name| format!(" of `{name}`"));
    let container = spelling
        .names
        .get(container)
        .map_or_else(String::new, |name| {
            let joint = if property.is_empty() { "of" } else { "in" };
            format!(" {joint} [`{name}`]")
        });
    format!("{what}{property}{container}.")
}
