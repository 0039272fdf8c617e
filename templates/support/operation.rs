//! An operation as data, and the table that describes its request.

use crate::support::media::Media;
use crate::support::responses::Responses;
use crate::support::security::Requirement;

/// An operation: its request is the type that implements this.
pub trait Operation: Sized + Send + Sync + 'static {
    /// The responses that the document gives.
    type Response: Responses + Send;

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
    /// The method, in upper case.
    pub method: &'static str,
    /// The path template, such as `/users/{id}`. Of a webhook or callback its name, without a slash before
    /// it: its path is up to the receiver.
    pub template: &'static str,
    /// The security requirements: one alternative must hold, all of its members with it.
    /// An empty alternative makes security optional; an empty list asks for nothing.
    pub security: &'static [&'static [Requirement]],
    /// The request body, if there is one.
    pub body: Option<BodyInfo>,
    /// The documented responses.
    pub responses: &'static [ResponseInfo],
}

/// What the document says of a request body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct BodyInfo {
    /// The media types.
    pub media: Media,
    /// Whether the body must be there.
    pub required: bool,
}

/// What the document says of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResponseInfo {
    /// The first and the last status of the response, 100 and 599 for `default`.
    pub statuses: (u16, u16),
    /// The media types of the body; empty if there is none.
    pub media: Media,
}

/// Returns the first that is there, at compile time.
pub const fn first<T: Copy>(candidates: &[Option<T>]) -> Option<T> {
    let mut index = 0;
    while index < candidates.len() {
        if candidates[index].is_some() {
            return candidates[index];
        }
        index += 1;
    }
    None
}

/// Describes the request of an operation and makes its type an [`Operation`].
///
/// ```text
/// request! {
///     FindPetsRequest -> FindPetsResponse {
///         POST "/owners/{ownerId}/pets" "findPets";
///         security [[API_KEY], [OAUTH("pets:read"), TENANT], []];
///         path "ownerId" => owner_id;
///         query "limit" => limit?;
///         header "X-Trace" => trace?;
///         cookie "session" => session;
///         body json => body;
///     }
/// }
/// ```
///
/// A `?` marks what is optional (an `Option`, or a `Defaulted` where `= 10` gives the default). `as` tells how a value
/// is put into text where not as is usual in its place, and `where` what constrains it:
/// `query "ids" as (pipe_delimited) where { max_items(9) } => ids?;`. `security []` asks for nothing. A body
/// names its media types, unless it is `application/json`: `body text "text/csv" => body;`. Where they have different
/// types, it names an enum with a [table](crate::support::choice) of its own: `body ReportBody => body;`.
macro_rules! request {
    (
        $request:ident -> $response:ident {
            $method:ident $template:literal $id:literal;
            security [$([$($scheme:ident $(($($scope:literal),+))?),*]),*];
            $(
                $place:ident $name:tt
                $(as ($($mode:ident $(($($argument:tt)*))?),+))?
                $(where {$($rule:tt)*})?
                $($media:literal)*
                => $field:ident $(? $($optional:lifetime)?)? $(= $default:expr)?;
            )*
        }
    ) => {
        impl $crate::support::operation::Operation for $request {
            type Response = $response;

            const INFO: &'static $crate::support::operation::OperationInfo =
                &$crate::support::operation::OperationInfo {
                    id: $id,
                    method: stringify!($method),
                    template: $template,
                    security: &[$(&[$($scheme.with_scopes(&[$($($scope),+)?])),*]),*],
                    body: $crate::support::operation::first(&[
                        $($crate::support::operation::body_info!(
                            $place $name $($media)* $(? $($optional)?)?
                        ),)*
                    ]),
                    responses: <$response as $crate::support::responses::Responses>::INFO,
                };

            #[cfg(feature = "server")]
            #[allow(clippy::question_mark, reason = "`?` solves a trait for each part, and compiles slower")]
            fn read(
                reader: &mut $crate::support::read_request::RequestReader,
            ) -> Option<Self> {
                let _ = &reader;
                $(let $field = $crate::support::operation::read_part!(
                    reader [
                        $place $name
                        $(as ($($mode $(($($argument)*))?),+))?
                        $(where {$($rule)*})?
                        $($media)*
                    ] $(? $($optional)?)? $(= $default)?
                );)*
                $(let Some($field) = $field else {
                    return None;
                };)*
                Some(Self { $($field),* })
            }

            #[cfg(feature = "client")]
            fn write(&self, writer: &mut $crate::support::write_request::RequestWriter) {
                let _ = &writer;
                $($crate::support::operation::write_part!(
                    writer self.$field; [
                        $place $name
                        $(as ($($mode $(($($argument)*))?),+))?
                        $($media)*
                    ] $(? $($optional)?)? $(= $default)?
                );)*
            }
        }
    };
}

macro_rules! body_info {
    (body $kind:ident $($media:literal)*) => {
        Some($crate::support::operation::BodyInfo {
            media: $crate::support::body::body_media!($kind $($media)*),
            required: true,
        })
    };
    (body $kind:ident $($media:literal)* ?) => {
        Some($crate::support::operation::BodyInfo {
            media: $crate::support::body::body_media!($kind $($media)*),
            required: false,
        })
    };
    ($($other:tt)*) => {
        None::<$crate::support::operation::BodyInfo>
    };
}

macro_rules! read_part {
    ($reader:ident [body $kind:ident $($media:literal)*]) => {
        $crate::support::body::read_body!($reader $kind $($media)*)
    };
    ($reader:ident [body $kind:ident $($media:literal)*] ?) => {
        if $reader.has_body() {
            $crate::support::body::read_body!($reader $kind $($media)*).map(Some)
        } else {
            Some(None)
        }
    };
    ($reader:ident [$($parameter:tt)*]) => {
        $reader.required(&$crate::support::parameter::parameter!($($parameter)*))
    };
    ($reader:ident [$($parameter:tt)*] ?) => {
        $reader.optional(&$crate::support::parameter::parameter!($($parameter)*))
    };
    ($reader:ident [$($parameter:tt)*] ? = $default:expr) => {
        $reader
            .optional(&$crate::support::parameter::parameter!($($parameter)*))
            .map(|value| $crate::support::defaulted::Defaulted::read(value, || $default))
    };
}

macro_rules! write_part {
    ($writer:ident $this:ident.$field:ident; [body $kind:ident $($media:literal)*]) => {
        $crate::support::body::write_body!($writer &$this.$field; $kind $($media)*)
    };
    ($writer:ident $this:ident.$field:ident; [body $kind:ident $($media:literal)*] ?) => {
        if let Some(value) = &$this.$field {
            $crate::support::body::write_body!($writer value; $kind $($media)*);
        }
    };
    ($writer:ident $this:ident.$field:ident; [$($parameter:tt)*]) => {
        $writer.parameter(&$crate::support::parameter::parameter!($($parameter)*), &$this.$field)
    };
    ($writer:ident $this:ident.$field:ident; [$($parameter:tt)*] ?) => {
        if let Some(value) = &$this.$field {
            $writer.parameter(&$crate::support::parameter::parameter!($($parameter)*), value);
        }
    };
    ($writer:ident $this:ident.$field:ident; [$($parameter:tt)*] ? = $default:expr) => {
        if let Some(value) = $this.$field.as_option() {
            $writer.parameter(&$crate::support::parameter::parameter!($($parameter)*), value);
        }
    };
}

pub(crate) use {body_info, read_part, request, write_part};
