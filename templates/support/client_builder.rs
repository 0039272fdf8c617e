//! What a client is made of.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::request::Parts;

use crate::support::base_url;
use crate::support::client::{Client, Shared};
use crate::support::credentials::{Credential, Credentials};
use crate::support::error::BuildError;
use crate::support::future::BoxFuture;
use crate::support::hooks::{Hook, Hooks, ResponseHead};
use crate::support::operation::OperationInfo;
use crate::support::retry::{Budget, RetryPolicy};
use crate::support::security::Scheme;
use crate::support::server_url::ServerUrl;
use crate::support::transport::{HttpTransport, Transport};
use crate::support::transport_error::TransportError;

/// How many bytes of a response body are read unless [`ClientBuilder::response_limit`] says otherwise: 64 MiB.
pub const DEFAULT_RESPONSE_LIMIT: usize = 64 * 1024 * 1024;

/// How long an attempt takes at most unless [`ClientBuilder::timeout`] or [`ClientBuilder::http`] says otherwise.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);

/// How long connecting takes at most unless [`ClientBuilder::connect_timeout`] or [`ClientBuilder::http`] says otherwise.
pub const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Builds a [`Client`].
#[must_use]
pub struct ClientBuilder {
    base_url: String,
    is_for_all: bool,
    origin: Option<String>,
    server: Option<ServerUrl>,
    credentials: Credentials,
    http: Option<reqwest::ClientBuilder>,
    transport: Option<Box<dyn Transport>>,
    response_limit: usize,
    timeout: Option<Duration>,
    connect_timeout: Option<Duration>,
    read_timeout: Option<Duration>,
    redirects: u32,
    hooks: Hooks,
    retries: Option<RetryPolicy>,
    documented: RetryPolicy,
}

impl ClientBuilder {
    /// Starts a client of the server at `base_url`.
    pub(crate) fn new(base_url: &str) -> Self {
        Self {
            base_url: base_url.to_owned(),
            is_for_all: false,
            origin: None,
            server: None,
            credentials: Credentials::default(),
            http: None,
            transport: None,
            response_limit: DEFAULT_RESPONSE_LIMIT,
            timeout: None,
            connect_timeout: None,
            read_timeout: None,
            redirects: 0,
            hooks: Hooks::default(),
            retries: None,
            documented: RetryPolicy::new(),
        }
    }

    /// Sends all calls to the server at `url`, whose path prefix is kept: `https://host/prefix`. So do those of
    /// operations that have servers of their own.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self.is_for_all = true;
        self.server = None;
        self
    }

    /// Sends to a server that the document names: one of its URLs, or one with values for its variables. Operations that
    /// have servers of their own go to the first of those.
    pub fn server(mut self, server: impl Into<ServerUrl>) -> Self {
        self.server = Some(server.into());
        self.is_for_all = false;
        self
    }

    /// Says what the servers of the document are relative to, where they are: the URL that it was read from, or
    /// just `https://host`.
    pub fn relative_to(mut self, url: impl Into<String>) -> Self {
        self.origin = Some(url.into());
        self
    }

    /// Sends through an HTTP client of these settings (proxy, certificates, a certificate of the client's own
    /// for mutual TLS…), and of their timeouts.
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

    /// Reads at most `bytes` of a response body that is read whole.
    pub fn response_limit(mut self, bytes: usize) -> Self {
        self.response_limit = bytes;
        self
    }

    /// Waits at most so long for each attempt of a call, from sending the request to the end of the response. Of a
    /// call that is retried, [`RetryPolicy::within`] bounds the whole.
    ///
    /// It needs a runtime of `tokio`, as HTTP does.
    pub fn timeout(mut self, time: Duration) -> Self {
        self.timeout = Some(time);
        self
    }

    /// Waits at most so long for a connection.
    pub fn connect_timeout(mut self, time: Duration) -> Self {
        self.connect_timeout = Some(time);
        self
    }

    /// Waits at most so long for each piece of a response: a connection that is idle for longer has failed.
    pub fn read_timeout(mut self, time: Duration) -> Self {
        self.read_timeout = Some(time);
        self
    }

    /// Follows up to `limit` redirects of a call that lead to where it was sent to: the same scheme, host and
    /// port. They keep every header, credentials too. What leads elsewhere, and what the document gives as
    /// a response, is not followed.
    pub fn follow_redirects(mut self, limit: u32) -> Self {
        self.redirects = limit;
        self
    }

    /// Sends calls again that may fare better then. Without it, each call is sent once.
    pub fn retries(mut self, policy: RetryPolicy) -> Self {
        self.retries = Some(policy);
        self
    }

    /// Shows `hook` the head of every request, complete with credentials, just before it is sent; it may change it.
    pub fn on_request(
        mut self,
        hook: impl Fn(&mut Parts, &'static OperationInfo) + Send + Sync + 'static,
    ) -> Self {
        self.hooks.request.push(Hook::Now(Box::new(hook)));
        self
    }

    /// The same for a hook that waits for something, such as a signature; where it fails, the call does.
    pub fn on_request_async(
        mut self,
        hook: impl for<'a> Fn(
            &'a mut Parts,
            &'static OperationInfo,
        ) -> BoxFuture<'a, Result<(), TransportError>>
        + Send
        + Sync
        + 'static,
    ) -> Self {
        self.hooks.request.push(Hook::Waiting(Box::new(hook)));
        self
    }

    /// Shows `hook` the head of every response.
    pub fn on_response(mut self, hook: impl Fn(&ResponseHead<'_>) + Send + Sync + 'static) -> Self {
        self.hooks.response.push(Hook::Now(Box::new(hook)));
        self
    }

    /// The same for a hook that waits for something, before the body is read; where it fails, the call does.
    pub fn on_response_async(
        mut self,
        hook: impl for<'a> Fn(&'a ResponseHead<'a>) -> BoxFuture<'a, Result<(), TransportError>>
        + Send
        + Sync
        + 'static,
    ) -> Self {
        self.hooks.response.push(Hook::Waiting(Box::new(hook)));
        self
    }

    /// Attaches `credential` where an operation asks for `scheme`.
    pub(crate) fn credential(mut self, scheme: Scheme, credential: Credential) -> Self {
        self.credentials.set(scheme, credential);
        self
    }

    /// What the document says of retries of all operations.
    pub(crate) fn documented(mut self, retries: RetryPolicy) -> Self {
        self.documented = retries;
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// If the base URL is no absolute `http` or `https` URL, or holds a user, a query or a
    /// fragment; if a credential cannot be one; or if the HTTP client cannot be set up.
    pub fn build(self) -> Result<Client, BuildError> {
        let base_url = match self.server {
            Some(server) => server.url(),
            None => self.base_url,
        };
        let base_url = match &self.origin {
            Some(origin) => base_url::joined(origin, &base_url),
            None => base_url,
        };
        let base_url = base_url::check(&base_url)?;
        if let Some(fault) = self.credentials.fault() {
            return Err(fault);
        }
        // Settings and transports of the user's own have timeouts of their own.
        let is_plain = self.http.is_none() && self.transport.is_none();
        let timeout = self.timeout.or(is_plain.then_some(DEFAULT_TIMEOUT));
        let has_own_transport = self.transport.is_some();
        let transport = match self.transport {
            Some(transport) => transport,
            None => Box::new(HttpTransport::new(http_client(
                self.http,
                self.connect_timeout,
                self.read_timeout,
            )?)),
        };
        Ok(Client {
            shared: Arc::new(Shared {
                base_url,
                is_for_all: self.is_for_all,
                credentials: self.credentials,
                transport,
                has_own_transport,
                response_limit: self.response_limit,
                timeout,
                redirects: self.redirects,
                hooks: self.hooks,
                retries: self.retries,
                documented: self.documented,
                budget: Budget::new(),
            }),
        })
    }
}

fn http_client(
    settings: Option<reqwest::ClientBuilder>,
    connect: Option<Duration>,
    read: Option<Duration>,
) -> Result<reqwest::Client, BuildError> {
    let mut settings = settings.unwrap_or_else(|| {
        reqwest::Client::builder()
            .user_agent(concat!(
                env!("CARGO_PKG_NAME"),
                "/",
                env!("CARGO_PKG_VERSION")
            ))
            .connect_timeout(DEFAULT_CONNECT_TIMEOUT)
    });
    if let Some(time) = connect {
        settings = settings.connect_timeout(time);
    }
    if let Some(time) = read {
        settings = settings.read_timeout(time);
    }
    let client = settings.redirect(reqwest::redirect::Policy::none()).build();
    client.map_err(|error| BuildError::new(format!("the HTTP client: {error}")))
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A base URL that is not checked yet may hold a password, and `reqwest` settings default headers.
        out.debug_struct("ClientBuilder")
            .field("credentials", &self.credentials.names())
            .field("retries", &self.retries)
            .finish_non_exhaustive()
    }
}
