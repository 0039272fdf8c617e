//! Operations: what is called, with what, under whose authority, and what comes back.

use crate::diag::Place;
use crate::document::Examples;

use super::calls::{Pagination, Requirement, Retries, Server};
use super::parameter::{Header, Location, Parameter, Style, Writing};
use super::types::{Docs, Use};

/// Who makes the request of an operation, and where to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OperationKind {
    /// Callers of the API, to a path of it.
    Call,
    /// The API, to a URL that it was told beforehand.
    Webhook,
    /// The API, to a URL that stands in the request or response of another operation.
    Callback,
}

/// One method of one path, webhook or callback.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Where it stands.
    pub place: Place,
    /// `operationId`, or one made of method and path where there is none.
    pub id: String,
    /// Upper case: `GET`, `QUERY`.
    pub method: String,
    /// Who makes the request.
    pub kind: OperationKind,
    /// The path template as written; of a webhook or callback, its name as a relative path.
    pub path: String,
    /// The first tag groups it; none is the default group.
    pub tag: Option<String>,
    /// Summary and description.
    pub docs: Docs,
    /// In document order, path-item parameters first where not overridden.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// In document order.
    pub responses: Vec<Response>,
    /// OR of ANDs of schemes; empty means that nothing is asked for.
    pub security: Vec<Vec<Requirement>>,
    /// In place of the API's servers; empty where those are meant.
    pub servers: Vec<Server>,
    /// How it is to be retried.
    pub retries: Option<Retries>,
    /// How its pages follow each other.
    pub pagination: Option<Pagination>,
}

/// How a body is written as bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Codec {
    /// `application/json`, or a type with the `+json` suffix (RFC 6839).
    Json,
    /// `text/plain` and other text.
    Text,
    /// `application/x-www-form-urlencoded`.
    Form {
        /// Whether objects and lists in it have brackets (style `deepObject`).
        deep: bool,
    },
    /// A form whose properties are written each in a way of its own, see [`Content::parts`].
    Encoded,
    /// `multipart/form-data`.
    Parts {
        /// Whether some of them are files, which are read as they come.
        files: bool,
    },
    /// Bytes that are read as they come.
    Stream,
    /// JSON texts, one after the other.
    Lines,
    /// Server-sent events.
    Events {
        /// Whether their data is text, and no JSON.
        text: bool,
    },
    /// Bytes of one media type.
    Bytes,
    /// Bytes of a media type that the message names.
    Content,
}

impl Codec {
    /// Whether the body is read as it comes, and never held whole.
    #[must_use]
    pub fn is_streamed(self) -> bool {
        matches!(
            self,
            Self::Stream | Self::Lines | Self::Events { .. } | Self::Parts { files: true }
        )
    }
}

/// One media type of a body, and what it holds.
#[derive(Debug, Clone)]
pub struct Content {
    /// Where it stands.
    pub place: Place,
    /// The media type or range as written.
    pub media_type: String,
    /// How it is written.
    pub codec: Codec,
    /// The type of its value.
    pub ty: Use,
    /// How its properties are written, of a form where that needs to be said.
    pub parts: Vec<FormPart>,
    /// What the document shows of it.
    pub examples: Examples,
}

/// How a property of a form is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormPart {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: PartKind,
    /// How its value is put into text.
    pub writing: Writing,
    /// The names of its value's properties, where they stand on their own.
    pub spread: Vec<String>,
    /// Its media types; none where the usual one is meant.
    pub media_types: Vec<String>,
}

impl FormPart {
    /// A list that is put into one text, or into names of its own, is one value.
    pub(super) fn settle(&mut self) {
        if self.is_styled() {
            self.kind = PartKind::Value;
        }
    }

    /// Whether its value is put into text in a way of its own.
    #[must_use]
    pub fn is_styled(&self) -> bool {
        let usual = self.writing == Writing::of(Style::Form);
        let json = self.writing.style == Style::Json;
        match self.kind {
            PartKind::File | PartKind::Files => false,
            PartKind::Values => !usual && !json,
            PartKind::Value | PartKind::Several => !usual || !self.spread.is_empty(),
        }
    }

    /// The same, of parts, among which objects are JSON unless something else is said.
    #[must_use]
    pub fn has_style(&self) -> bool {
        self.is_styled() && self.writing.style != Style::Json
    }
}

/// What a property of a form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartKind {
    /// A value.
    Value,
    /// A value that may be a list, and then has several parts or pairs.
    Several,
    /// A list of values, each with a part or pair of its own.
    Values,
    /// A file.
    File,
    /// Any number of files.
    Files,
}

/// A request body.
#[derive(Debug, Clone)]
pub struct Body {
    /// Where it stands.
    pub place: Place,
    /// Whether it must be there.
    pub required: bool,
    /// By media type, in document order; never empty.
    pub contents: Vec<Content>,
    /// Its description.
    pub docs: Docs,
}

/// The statuses that a response stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// One code.
    Exact(u16),
    /// A hundred of them: `4XX` is 4.
    Range(u8),
    /// Every other code.
    Default,
}

impl Status {
    /// Whether it stands for successes or redirections alone.
    #[must_use]
    pub fn is_success(self) -> bool {
        match self {
            Self::Exact(code) => (200..400).contains(&code),
            Self::Range(hundred) => matches!(hundred, 2 | 3),
            Self::Default => false,
        }
    }
}

/// One documented response.
#[derive(Debug, Clone)]
pub struct Response {
    /// Where it stands.
    pub place: Place,
    /// Which statuses it stands for.
    pub status: Status,
    /// Its description.
    pub docs: Docs,
    /// Typed headers, without `Content-Type`, which belongs to the body.
    pub headers: Vec<Header>,
    /// Its body by media type, in document order; empty where it has no content.
    pub contents: Vec<Content>,
}

/// How a caller proves who it is.
#[derive(Debug, Clone)]
pub struct SecurityScheme {
    /// Where it stands.
    pub place: Place,
    /// Its name among the components.
    pub name: String,
    /// Its description.
    pub docs: Docs,
    /// Which kind.
    pub kind: SchemeKind,
}

/// The kinds of security scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemeKind {
    /// A key in a header, query parameter or cookie.
    ApiKey {
        /// Where.
        location: Location,
        /// Under which name.
        name: String,
    },
    /// HTTP authentication (RFC 9110, §11): `basic`, `bearer` or another, in lower case.
    Http {
        /// The scheme's name.
        scheme: String,
    },
    /// OAuth 2.0 or `OpenID` Connect: on the wire a bearer token (RFC 6750).
    Bearer,
    /// Mutual TLS: settled below HTTP.
    MutualTls,
}
