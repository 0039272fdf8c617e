//! An operation as data, and the table that describes its request.

use crate::support::choice::Choice;
use crate::support::media::{self, Media};
use crate::support::parameter::Parameter;
use crate::support::responses::Responses;
use crate::support::security::Requirement;

/// An operation: its request is the type that implements this.
pub trait Operation: Sized + Send + Sync + 'static {
    /// The responses that the document gives.
    type Response: Responses + Send + 'static;

    /// What the document says of the operation.
    const INFO: &'static OperationInfo;

    /// Reads the request; `None` if anything is at fault, which the reader then knows.
    #[cfg(feature = "server")]
    fn read(reader: &mut crate::support::read_request::RequestReader) -> Option<Self>;

    /// Writes the request; what is at fault is kept by the writer.
    #[cfg(feature = "client")]
    fn write(&self, writer: &mut crate::support::write_request::RequestWriter);
}

/// What the document says of an operation.
#[derive(Debug)]
#[non_exhaustive]
pub struct OperationInfo {
    /// The `operationId`.
    pub id: &'static str,
    /// The first tag; empty if there is none.
    pub tag: &'static str,
    /// The method, in upper case.
    pub method: &'static str,
    /// The path template, such as `/users/{id}`. Of a webhook or callback its name, without a slash before
    /// it: its path is up to the receiver.
    pub template: &'static str,
    /// The security requirements: one alternative must hold, all of its members with it.
    /// An empty alternative makes security optional; an empty list asks for nothing.
    pub security: &'static [&'static [Requirement]],
    /// The parameters, in the order of the request's fields.
    pub parameters: &'static [Parameter],
    /// The request body, if there is one.
    pub body: Option<BodyInfo>,
    /// The documented responses, but for `failures`.
    pub responses: &'static [ResponseInfo],
    /// The documented failures, where there are others.
    pub failures: &'static [ResponseInfo],
}

/// What the document says of a request body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct BodyInfo {
    /// The media types.
    pub media: Media,
    /// Those of them that are read as they come, and never held whole.
    pub streamed: Media,
    /// Whether the body must be there.
    pub required: bool,
    /// How much of one that is read as it comes is read before its handler is called.
    pub peek: Option<Peek>,
}

/// Looks at each piece of a body; says whether it was the last that was wanted.
pub type Look = Box<dyn FnMut(&[u8]) -> bool + Send>;

/// Says, for a media type, when enough of a body has come: of each piece of it, whether it was the last that was wanted.
#[derive(Debug, Clone, Copy)]
pub struct Peek(pub fn(&str) -> Look);

impl PartialEq for Peek {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::fn_addr_eq(self.0, other.0)
    }
}

impl Eq for Peek {}

/// What the document says of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResponseInfo {
    /// The first and the last status of the response, 100 and 599 for `default`.
    pub statuses: (u16, u16),
    /// The media types of the body; empty if there is none.
    pub media: Media,
    /// Those of them that are read as they come, and never held whole.
    pub streamed: Media,
}

/// The same, for bodies that are read as they come.
macro_rules! streamed {
    ($($kind:ident)*) => {
        $(pub(crate) const fn $kind(mut self, media: Media) -> Self {
            self.streamed = media;
            self.of(media)
        })*
    };
}

/// Writes the methods by which tables say what a body is; they tell reader and writer apart, not media types.
macro_rules! kinds {
    ($($kind:ident)*) => {
        $(pub(crate) const fn $kind(self, media: Media) -> Self {
            self.of(media::or_json(media))
        })*

        streamed! { stream lines events text_events }

        pub(crate) const fn of(mut self, media: Media) -> Self {
            self.media = media;
            self
        }
    };
}

impl BodyInfo {
    /// A body that must be there.
    pub(crate) const REQUIRED: Self = Self {
        media: &[],
        streamed: &[],
        required: true,
        peek: None,
    };

    /// A body that may be absent.
    pub(crate) const OPTIONAL: Self = Self {
        media: &[],
        streamed: &[],
        required: false,
        peek: None,
    };

    kinds! { json text form deep_form bytes content }

    pub(crate) const fn choice<C: Choice>(mut self, _: Media) -> Self {
        self.streamed = C::STREAMED;
        self.peek = C::PEEK;
        self.of(C::MEDIA)
    }

    /// Whether a body of this media type is read as it comes.
    #[must_use]
    pub fn streams(&self, media_type: &str) -> bool {
        streams(media_type, self.media, self.streamed)
    }

    /// How much of a body of this media type is read before its handler is called.
    pub(crate) fn peek(&self, media_type: &str) -> Option<Look> {
        let Peek(peek) = self.peek?;
        let chosen = media::choose(media_type, self.media)?;
        chosen.starts_with("multipart/").then(|| peek(media_type))
    }

    /// The body of a table, which has one at most.
    pub(crate) const fn first(all: &[Self]) -> Option<Self> {
        match all {
            [first, ..] => Some(*first),
            [] => None,
        }
    }
}

impl ResponseInfo {
    /// A response with this status, or from this status on.
    pub(crate) const fn at(status: u16) -> Self {
        Self {
            statuses: (status, status),
            media: &[],
            streamed: &[],
        }
    }

    /// The last status.
    pub(crate) const fn to(mut self, last: u16) -> Self {
        self.statuses = match self.statuses.0 {
            0 => (100, 599),
            first => (first, last),
        };
        self
    }

    kinds! { json text form deep_form bytes content }

    pub(crate) const fn choice<C: Choice>(mut self, _: Media) -> Self {
        self.streamed = C::STREAMED;
        self.of(C::MEDIA)
    }

    /// Whether a body of this media type is read as it comes.
    #[must_use]
    pub fn streams(&self, media_type: &str) -> bool {
        streams(media_type, self.media, self.streamed)
    }
}

impl OperationInfo {
    /// Whether this response is read as it comes.
    #[cfg(feature = "client")]
    pub(crate) fn streams(&self, response: &http::response::Parts) -> bool {
        let status = response.status.as_u16();
        let mut all = self.responses.iter().chain(self.failures);
        let info = all.find(|info| (info.statuses.0..=info.statuses.1).contains(&status));
        let Some(info) = info.filter(|info| !info.streamed.is_empty()) else {
            return false;
        };
        let received = response.headers.get(http::header::CONTENT_TYPE);
        let received = received.map(|received| String::from_utf8_lossy(received.as_bytes()));
        let received = received.as_deref().or(info.media.first().copied());
        received.is_some_and(|received| info.streams(received))
    }
}

fn streams(media_type: &str, media: Media, streamed: Media) -> bool {
    !streamed.is_empty()
        && media::choose(media_type, media).is_some_and(|chosen| streamed.contains(&chosen))
}

/// Describes the request of an operation and makes its type an [`Operation`].
///
/// ```text
/// request! {
///     FindPetsRequest -> FindPetsResponse {
///         POST "/owners/{ownerId}/pets" "findPets" in "Pets";
///         security [[API_KEY], [OAUTH("pets:read"), TENANT], []];
///         parameters {
///             required path "ownerId" => owner_id;
///             optional query "limit" => limit;
///             defaulted query "page" => page = 1;
///             optional header "X-Trace" => trace;
///             required cookie "session" => session;
///         }
///         body json => body;
///     }
/// }
/// ```
///
/// What is optional is an `Option` and what has a default a `Defaulted`. `as` tells how a value is put into text where
/// not as is usual in its place, and `where` what constrains it:
/// `optional query "ids" as (pipe_delimited) where { max_items(9) } => ids;`. `security []` asks for nothing. A body
/// names its media types, unless it is `application/json`: `body text "text/csv" => body;`. Where they have different
/// types, it names an enum with a [table](crate::support::choice) of its own: `body choice ReportBody => body;`. One
/// that may be absent is an `optional body`.
///
/// What stands in the table is the operation's [`OperationInfo`]; reader and writer follow it, a parameter after
/// the other. So the functions say no more than which field comes next, which is quick to compile.
macro_rules! request {
    (
        $request:ident -> $response:ident {
            $method:ident $template:literal $id:literal $(in $tag:literal)?;
            security [$([$($scheme:ident $(($($scope:literal),+))?),*]),*];
            $(parameters {$(
                $presence:ident $place:ident $name:literal
                $(as ($($mode:ident $(($($argument:tt)*))?),+))?
                $(where {$($rule:tt)*})?
                => $field:ident $(= $default:expr)?;
            )*})?
            $(body $kind:ident $($choice:ident)? $($media:literal)* => $body:ident;)?
            $(optional body $maybe_kind:ident $($maybe_choice:ident)? $($maybe_media:literal)* => $maybe:ident;)?
        }
    ) => {
        impl Operation for $request {
            type Response = $response;

            const INFO: &'static OperationInfo = &OperationInfo {
                id: $id,
                tag: concat!($($tag)?),
                method: stringify!($method),
                template: $template,
                security: &[$(&[$($scheme.with_scopes(&[$($($scope),+)?])),*]),*],
                parameters: &[$($(
                    Parameter::$place($name)
                        $($(.$mode($($($argument)*)?))+)?
                        $(.rules(const { &$crate::support::rules::rules!($($rule)*) }))?
                ),*)?],
                body: BodyInfo::first(&[
                    $(BodyInfo::REQUIRED.$kind$(::<$choice>)?(&[$($media),*]))?
                    $(BodyInfo::OPTIONAL.$maybe_kind$(::<$maybe_choice>)?(&[$($maybe_media),*]))?
                ]),
                responses: $response::INFO,
                failures: $response::FAILURES,
            };

            #[cfg(feature = "server")]
            #[allow(irrefutable_let_patterns, reason = "an operation may ask for nothing")]
            fn read(reader: &mut RequestReader) -> Option<Self> {
                reader.follow(Self::INFO.parameters);
                if let ($($(Some($field),)*)? $(Some($body),)? $(Some($maybe),)?) = (
                    $($(reader.$presence($($default)?),)*)?
                    $(reader.$kind$(::<$choice>)?(&[$($media),*]),)?
                    $(if reader.has_body() {
                        reader.$maybe_kind$(::<$maybe_choice>)?(&[$($maybe_media),*]).map(Some)
                    } else {
                        Some(None)
                    },)?
                ) {
                    return Some(Self { $($($field,)*)? $($body,)? $($maybe,)? });
                }
                None
            }

            #[cfg(feature = "client")]
            fn write(&self, writer: &mut RequestWriter) {
                writer.follow(Self::INFO.parameters);
                $($(writer.$presence(&self.$field);)*)?
                $(writer.$kind$(::<$choice>)?(&[$($media),*], &self.$body);)?
                $(if let Some(body) = &self.$maybe {
                    writer.$maybe_kind$(::<$maybe_choice>)?(&[$($maybe_media),*], body);
                })?
            }
        }
    };
}

pub(crate) use request;
