//! A call: the request of one operation, on its way through a client.

use std::borrow::Cow;
use std::time::Duration;

use http::{HeaderMap, Request, Response, StatusCode};

use crate::support::client::Client;
use crate::support::error::{BuildError, Error};
use crate::support::exchange::Options;
use crate::support::hints::{Hints, NO_HINTS};
use crate::support::operation::Operation;
use crate::support::payload::Payload;
use crate::support::read_response::{Fault, ResponseReader};
use crate::support::responses::Responses;
use crate::support::retry::RetryPolicy;
use crate::support::write_request::RequestWriter;

/// A call that is not sent yet. What the operation requires is in it; what is optional is chained.
#[derive(Debug)]
#[must_use = "a call does nothing until it is sent"]
pub struct Call<'c, R> {
    pub(crate) client: &'c Client,
    pub(crate) request: R,
    accept: Option<Cow<'static, str>>,
    url: Option<String>,
    base_url: Option<String>,
    pub(crate) options: Options,
}

impl<'c, R> Call<'c, R> {
    /// Starts the call of `request` through `client`.
    pub(crate) fn new(client: &'c Client, request: R) -> Self {
        Self {
            client,
            request,
            accept: None,
            url: None,
            base_url: None,
            options: Options {
                hints: &NO_HINTS,
                timeout: None,
                retries: None,
            },
        }
    }

    /// Starts the call of `request`, of which the document says more.
    pub(crate) fn with_hints(client: &'c Client, request: R, hints: &'static Hints) -> Self {
        Self::new(client, request).hinted(hints)
    }

    /// Takes what the document says of the call beside its request.
    pub(crate) fn hinted(mut self, hints: &'static Hints) -> Self {
        self.options.hints = hints;
        self
    }

    /// Waits at most so long for each attempt of this call, whatever the client says.
    pub fn timeout(mut self, time: Duration) -> Self {
        self.options.timeout = Some(time);
        self
    }

    /// Sends this call again as `policy` says, whatever the client says.
    pub fn retries(mut self, policy: RetryPolicy) -> Self {
        self.options.retries = Some(Box::new(policy));
        self
    }
}

/// A documented success: a 2xx or 3xx.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Reply<T, H = ()> {
    /// The status.
    pub status: StatusCode,
    /// The documented headers.
    pub headers: H,
    /// The body; where an operation has several successes, its response type.
    pub body: T,
    /// All headers as they came.
    pub raw_headers: HeaderMap,
}

/// What an operation's successes have in common.
pub trait Succeeds: Operation {
    /// The body of a success.
    type Body;
    /// The headers of a success.
    type Headers;
    /// The failures.
    type Failure;

    /// Tells successes from failures.
    fn split(
        status: StatusCode,
        response: Self::Response,
    ) -> Outcome<Self::Headers, Self::Body, Self::Failure>;
}

/// What comes of a call of `R`.
pub type Replied<R> =
    Result<Reply<<R as Succeeds>::Body, <R as Succeeds>::Headers>, Error<<R as Succeeds>::Failure>>;

/// A documented response, as a success or a failure.
#[derive(Debug)]
pub enum Outcome<H, T, F> {
    /// The headers and body of a success.
    Success(H, T),
    /// A failure.
    Failure(F),
}

impl<R> Outcome<(), R, R> {
    /// The outcome where one response may be both.
    pub(crate) fn any(status: StatusCode, response: R) -> Self {
        if status.is_success() || status.is_redirection() {
            Self::Success((), response)
        } else {
            Self::Failure(response)
        }
    }
}

/// Says which of an operation's responses are successes.
///
/// With one, calls reply with its headers and body:
/// ```text
/// success! {
///     FindPetsRequest -> FindPetsResponse {
///         Ok { headers: PageHeaders, body: Vec<Pet> },
///         Failure(FindPetsFailure),
///     }
/// }
/// ```
/// With several, or a range, calls reply with the response type:
/// ```text
/// success! { StartRequest -> StartResponse { .., Failure(StartFailure) } }
/// ```
/// Where `default` stands for successes too, or no response is documented, failures are of the response type:
/// ```text
/// success! { StopRequest -> StopResponse { .. } }
/// ```
macro_rules! success {
    ($request:ident -> $response:ident { .. }) => {
        impl Succeeds for $request {
            type Body = $response;
            type Headers = ();
            type Failure = $response;

            fn split(
                status: http::StatusCode,
                response: $response,
            ) -> Outcome<(), $response, $response> {
                Outcome::any(status, response)
            }
        }
    };
    ($request:ident -> $response:ident { .., Failure($failure:ident) }) => {
        impl Succeeds for $request {
            type Body = $response;
            type Headers = ();
            type Failure = $failure;

            fn split(
                _: http::StatusCode,
                response: $response,
            ) -> Outcome<(), $response, $failure> {
                match response {
                    $response::Failure(failure) => Outcome::Failure(failure),
                    #[allow(unreachable_patterns, reason = "there may be no success")]
                    success => Outcome::Success((), success),
                }
            }
        }
    };
    ($request:ident -> $response:ident {
        $variant:ident {
            $(headers $($headers:lifetime)? : $headers_type:ident $(,)?)?
            $(body $($body:lifetime)? : $body_type:ty)?
        },
        $(Failure($failure:ident),)?
    }) => {
        #[allow(unused_parens, reason = "what is not there is the type `()`")]
        impl Succeeds for $request {
            type Body = ($($body_type)?);
            type Headers = ($($headers_type)?);
            type Failure = success!(@ $($failure)?);

            fn split(
                _: http::StatusCode,
                response: $response,
            ) -> Outcome<Self::Headers, Self::Body, Self::Failure> {
                match response {
                    $response::$variant { $(headers $($headers)?,)? $(body $($body)?)? } => {
                        Outcome::Success(($(headers $($headers)?)?), ($(body $($body)?)?))
                    }
                    $($response::Failure(failure) => Outcome::<_, _, $failure>::Failure(failure),)?
                }
            }
        }
    };
    (@) => {
        std::convert::Infallible
    };
    (@ $failure:ident) => {
        $failure
    };
}

pub(crate) use success;

impl<R: Succeeds> Call<'_, R> {
    /// Sends the request.
    ///
    /// # Errors
    ///
    /// See [`Error`]: anything but a documented success.
    pub async fn send(self) -> Replied<R> {
        let request = self.write().map_err(Error::Build)?;
        let exchange = self.client.exchange(R::INFO, request, &self.options);
        let response = exchange.await.map_err(Error::lost)?;
        read::<R>(response, self.client, self.options.hints)
    }
}

impl<R: Operation> Call<'_, R> {
    /// Returns the typed request.
    pub fn request(&self) -> &R {
        &self.request
    }

    /// Asks for a response of this media type, and not for all that the document gives.
    pub fn accept(mut self, media_type: impl Into<Cow<'static, str>>) -> Self {
        self.accept = Some(media_type.into());
        self
    }

    /// Sends a webhook or callback to the URL that its receiver gave, instead of to its name below the base URL.
    pub fn to(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Sends this call to the server at `url`, with the credentials that the operation asks for.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Builds the HTTP request that [`send`](Call::send) sends, credentials and all; but without tokens that a
    /// [`TokenProvider`](crate::support::credentials::TokenProvider) gives, which have to be waited for.
    ///
    /// # Errors
    ///
    /// If a parameter has no place in a request: an empty path segment, a line break in a header.
    pub fn to_http(&self) -> Result<Request<Payload>, BuildError> {
        self.client.attach_secrets(R::INFO, self.write()?)
    }

    /// The request without credentials.
    pub(crate) fn write(&self) -> Result<Request<Payload>, BuildError> {
        let mut writer = RequestWriter::new(R::INFO);
        self.request.write(&mut writer);
        if let Some(accept) = &self.accept {
            writer.asking_for(accept);
        }
        if let Some(url) = &self.url {
            writer.to(url.clone());
        }
        let own = self.base_url.as_deref().or(self.options.hints.server);
        writer.finish(&self.client.base_of(self.base_url.is_some(), own)?)
    }
}

/// Reads a response.
pub(crate) fn read<R: Succeeds>(
    response: Response<Payload>,
    client: &Client,
    hints: &Hints,
) -> Replied<R> {
    let (parts, payload) = response.into_parts();
    let whole = payload.as_whole().cloned();
    let is_whole = whole.is_some();
    let response = Response::from_parts(parts, whole.unwrap_or_default());
    let mut reader = ResponseReader::new(&response).unwrapping(hints.envelope);
    if !is_whole {
        reader = reader.reading(payload, client.shared.response_limit);
    }
    let typed = match R::Response::read(&mut reader) {
        Some(typed) => Ok(typed),
        None => Err(reader.into_fault()),
    };
    let (parts, bytes) = response.into_parts();
    let (status, raw) = (parts.status, parts.headers);
    match typed.map(|typed| R::split(status, typed)) {
        Ok(Outcome::Success(headers, body)) => Ok(Reply {
            status,
            headers,
            body,
            raw_headers: raw,
        }),
        Ok(Outcome::Failure(failure)) => Err(Error::Failure {
            status,
            headers: Box::new(raw),
            failure: Box::new(failure),
        }),
        Err(Fault::Undocumented) => Err(Error::Undocumented {
            status,
            headers: Box::new(raw),
            bytes,
        }),
        Err(Fault::Decode { pointer, message }) => Err(Error::Decode {
            status,
            headers: Box::new(raw),
            pointer,
            message,
            bytes,
        }),
    }
}
