//! The client: holds what all calls share.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response, Uri};

use crate::support::error::{BuildError, TransportError};
use crate::support::future::BoxFuture;
use crate::support::operation::OperationInfo;
use crate::support::security::{Requirement, Scheme};
use crate::support::transport::{HttpTransport, Transport};
use crate::support::write_request::RequestWriter;

/// How many bytes of a response body are read unless [`ClientBuilder::response_limit`] says otherwise: 64 MiB.
pub const DEFAULT_RESPONSE_LIMIT: usize = 64 * 1024 * 1024;

/// How long a call takes at most unless [`ClientBuilder::http`] brings its own limits.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);

/// How long connecting takes at most unless [`ClientBuilder::http`] brings its own limits.
pub const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// The client. Cheap to clone; clones share their connections.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

struct Shared {
    base_url: String,
    credentials: Vec<(Scheme, String)>,
    transport: Box<dyn Transport>,
}

/// Builds a [`Client`].
#[must_use]
pub struct ClientBuilder {
    base_url: String,
    credentials: Vec<(Scheme, String)>,
    http: Option<reqwest::ClientBuilder>,
    transport: Option<Box<dyn Transport>>,
    response_limit: usize,
}

impl ClientBuilder {
    /// Starts a client of the server at `base_url`.
    pub(crate) fn new(base_url: &str) -> Self {
        Self {
            base_url: base_url.to_owned(),
            credentials: Vec::new(),
            http: None,
            transport: None,
            response_limit: DEFAULT_RESPONSE_LIMIT,
        }
    }

    /// Sends to the server at `url`, whose path prefix is kept: `https://host/prefix`.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// Sends through an HTTP client of these settings (timeouts, proxy, certificates…).
    ///
    /// Redirects are turned off whatever the settings say: a documented 3xx is a response, and
    /// credentials stay with the server that they are for.
    pub fn http(mut self, settings: reqwest::ClientBuilder) -> Self {
        self.http = Some(settings);
        self
    }

    /// Sends through `transport` instead of HTTP.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// Reads at most `bytes` of a response body.
    pub fn response_limit(mut self, bytes: usize) -> Self {
        self.response_limit = bytes;
        self
    }

    /// Attaches `secret` where an operation asks for `scheme`.
    pub(crate) fn credential(mut self, scheme: Scheme, secret: String) -> Self {
        self.credentials
            .retain(|(known, _)| known.name != scheme.name);
        self.credentials.push((scheme, secret));
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// If the base URL is no absolute `http` or `https` URL, or holds a user, a query or a
    /// fragment; or if the HTTP client cannot be set up.
    pub fn build(self) -> Result<Client, BuildError> {
        let base_url = base(&self.base_url)?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => Box::new(HttpTransport::new(
                http_client(self.http)?,
                self.response_limit,
            )),
        };
        Ok(Client {
            shared: Arc::new(Shared {
                base_url,
                credentials: self.credentials,
                transport,
            }),
        })
    }
}

fn http_client(settings: Option<reqwest::ClientBuilder>) -> Result<reqwest::Client, BuildError> {
    let settings = settings.unwrap_or_else(|| {
        reqwest::Client::builder()
            .user_agent(concat!(
                env!("CARGO_PKG_NAME"),
                "/",
                env!("CARGO_PKG_VERSION")
            ))
            .timeout(DEFAULT_TIMEOUT)
            .connect_timeout(DEFAULT_CONNECT_TIMEOUT)
    });
    let client = settings.redirect(reqwest::redirect::Policy::none()).build();
    client.map_err(|error| BuildError::new(format!("the HTTP client: {error}")))
}

/// Checks a base URL and takes the slash off its end.
fn base(url: &str) -> Result<String, BuildError> {
    let wrong = |reason: &str| BuildError::new(format!("the base URL {reason}"));
    if url.contains('#') {
        return Err(wrong("has a fragment"));
    }
    let parsed: Uri = url
        .parse()
        .map_err(|error| wrong(&format!("is not a URL: {error}")))?;
    match (parsed.scheme_str(), parsed.authority()) {
        (Some("http" | "https"), Some(authority)) if !authority.as_str().contains('@') => {}
        (Some("http" | "https"), Some(_)) => return Err(wrong("holds a user")),
        _ => return Err(wrong("must begin with http:// or https://")),
    }
    if parsed.query().is_some() {
        return Err(wrong("has a query"));
    }
    Ok(url.trim_end_matches('/').to_owned())
}

impl Client {
    /// Returns the base URL, without a slash at its end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.shared.base_url
    }

    /// Finishes the request of an operation: attaches credentials, and puts the base URL before its path.
    pub(crate) fn finish(
        &self,
        info: &'static OperationInfo,
        mut writer: RequestWriter,
    ) -> Result<Request<Bytes>, BuildError> {
        if let Some(alternative) = self.choose(info.security) {
            for (scheme, secret) in alternative {
                writer.credential(scheme, secret);
            }
        }
        writer.finish(&self.shared.base_url)
    }

    /// Sends a request.
    pub(crate) fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        self.shared.transport.send(request)
    }

    /// Chooses the first alternative that asks for something and has all its credentials here. If
    /// there is none, the request goes without: the server knows best whether that will do.
    fn choose(&self, security: &'static [&'static [Requirement]]) -> Option<Vec<(&Scheme, &str)>> {
        let held = |requirement: &Requirement| {
            let credentials = self.shared.credentials.iter();
            credentials
                .filter(|(scheme, _)| scheme.name == requirement.scheme.name)
                .map(|(scheme, secret)| (scheme, secret.as_str()))
                .next()
        };
        let alternatives = security
            .iter()
            .filter(|alternative| !alternative.is_empty());
        alternatives
            .map(|alternative| alternative.iter().map(held).collect())
            .find_map(|held| held)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Shared {
            base_url,
            credentials,
            ..
        } = &*self.shared;
        let mut debug = out.debug_struct("Client");
        debug
            .field("base_url", base_url)
            .field("credentials", &Redacted(credentials));
        debug.finish_non_exhaustive()
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A base URL that is not checked yet may hold a password, and `reqwest` settings default headers.
        out.debug_struct("ClientBuilder")
            .field("credentials", &Redacted(&self.credentials))
            .finish_non_exhaustive()
    }
}

/// Shows the names of schemes and hides their secrets.
struct Redacted<'a>(&'a [(Scheme, String)]);

impl fmt::Debug for Redacted<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hidden = self
            .0
            .iter()
            .map(|(scheme, _)| (scheme.name, format_args!("[redacted]").to_string()));
        out.debug_map().entries(hidden).finish()
    }
}
