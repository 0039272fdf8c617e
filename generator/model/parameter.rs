//! Parameters of operations and headers of responses: values that travel as text.

use crate::diag::Place;
use crate::document::{Examples, Node};

use super::types::{Docs, Use};

/// Where a parameter travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Location {
    /// In the path template.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

impl Location {
    /// The `in` of the specification.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// One parameter of an operation.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Where it stands.
    pub place: Place,
    /// Its name on the wire.
    pub name: String,
    /// Where it travels.
    pub location: Location,
    /// Whether it must be there.
    pub required: bool,
    /// How its value is put into text.
    pub writing: Writing,
    /// Whether an empty value may stand for none.
    pub allow_empty: bool,
    /// The value that stands for its absence.
    pub default: Option<Node>,
    /// The type of its value.
    pub ty: Use,
    /// Its description.
    pub docs: Docs,
    /// What the document shows of its value.
    pub examples: Examples,
}

/// One header of a response.
#[derive(Debug, Clone)]
pub struct Header {
    /// Where it stands.
    pub place: Place,
    /// As written.
    pub name: String,
    /// Whether it must be there.
    pub required: bool,
    /// How its value is put into text.
    pub writing: Writing,
    /// The type of its value.
    pub ty: Use,
    /// Its description.
    pub docs: Docs,
    /// What the document shows of its value.
    pub examples: Examples,
}

/// How a value is put into text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Writing {
    /// The style.
    pub style: Style,
    /// Whether every item or property stands on its own.
    pub explode: bool,
    /// Whether reserved characters are sent as they are.
    pub reserved: bool,
}

impl Writing {
    /// The writing of `style` where nothing else is said.
    #[must_use]
    pub fn of(style: Style) -> Self {
        Self {
            style,
            explode: matches!(style, Style::Form | Style::Cookie),
            reserved: false,
        }
    }

    /// Whether each property of an object is a pair of its own.
    #[must_use]
    pub fn is_spread(self) -> bool {
        match self.style {
            Style::WholeForm => true,
            Style::Form | Style::Cookie | Style::Matrix => self.explode,
            _ => false,
        }
    }
}

/// The styles of the specification ("Style Values"), and what `content` says instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// `simple`.
    Simple,
    /// `label`.
    Label,
    /// `matrix`.
    Matrix,
    /// `form`.
    Form,
    /// `spaceDelimited`.
    SpaceDelimited,
    /// `pipeDelimited`.
    PipeDelimited,
    /// `deepObject`.
    DeepObject,
    /// `cookie`.
    Cookie,
    /// `content` of JSON.
    Json,
    /// The whole query, a form.
    WholeForm,
    /// The whole query, of JSON.
    WholeJson,
    /// The whole query, a text.
    WholeText,
    /// A line for each item: `Set-Cookie`.
    Lines,
}

impl Style {
    /// The style of that name, where it may be used in a location.
    #[must_use]
    pub fn named(name: &str, location: Location) -> Option<Self> {
        let (style, places): (_, &[Location]) = match name {
            "simple" => (Self::Simple, &[Location::Path, Location::Header]),
            "label" => (Self::Label, &[Location::Path]),
            "matrix" => (Self::Matrix, &[Location::Path]),
            "form" => (Self::Form, &[Location::Query, Location::Cookie]),
            "spaceDelimited" => (Self::SpaceDelimited, &[Location::Query]),
            "pipeDelimited" => (Self::PipeDelimited, &[Location::Query]),
            "deepObject" => (Self::DeepObject, &[Location::Query]),
            "cookie" => (Self::Cookie, &[Location::Cookie]),
            _ => return None,
        };
        places.contains(&location).then_some(style)
    }

    /// The style of a location where none is named.
    #[must_use]
    pub fn usual(location: Location) -> Self {
        match location {
            Location::Path | Location::Header => Self::Simple,
            Location::Query | Location::Cookie => Self::Form,
        }
    }
}
