//! What a client proves with who it is.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::COOKIE;
use http::request::Parts;
use http::uri::PathAndQuery;
use http::{HeaderName, HeaderValue, Uri};

use crate::support::error::BuildError;
use crate::support::future::BoxFuture;
use crate::support::params::encode_component;
use crate::support::secret::SecretString;
use crate::support::security::{Place, Requirement, Scheme};

/// What a client has for a security scheme: a secret, or where to get one.
///
/// Made from a text, or from any [`TokenProvider`].
#[derive(Clone)]
pub struct Credential(pub(crate) Source);

#[derive(Clone)]
pub(crate) enum Source {
    Secret(SecretString),
    Provider(Arc<dyn TokenProvider>),
    /// What is given makes no credential; said when the client is built.
    Fault(&'static str),
}

/// Gives tokens when calls need them.
///
/// It is asked before each request; [`CachedTokens`](crate::support::token_cache::CachedTokens) keeps what
/// another provider gives for as long as it lasts.
pub trait TokenProvider: Send + Sync + 'static {
    /// Returns a token for `scheme` that allows `scopes`, as the operation asks for them.
    fn token<'a>(
        &'a self,
        scheme: &'a Scheme,
        scopes: &'static [&'static str],
    ) -> BoxFuture<'a, Result<Token, TokenError>>;

    /// Hears that the server refused `token` (401). It is then asked once more, and the request is sent
    /// again if it gives another one.
    fn refused(&self, token: &SecretString) {
        let _ = token;
    }
}

/// A token, and for how long it lasts if that is known.
#[derive(Debug, Clone)]
pub struct Token {
    /// The token itself, without the word that stands before it in a header.
    pub secret: SecretString,
    /// For how long it lasts from now.
    pub lasts: Option<Duration>,
}

impl Token {
    /// A token of unknown duration.
    pub fn new(secret: impl Into<SecretString>) -> Self {
        Self {
            secret: secret.into(),
            lasts: None,
        }
    }

    /// A token that lasts so long from now.
    #[must_use]
    pub fn lasting(mut self, time: Duration) -> Self {
        self.lasts = Some(time);
        self
    }
}

/// Why there is no token. What it says is shown, so it should not say a secret.
#[derive(Debug)]
pub struct TokenError(Box<dyn StdError + Send + Sync>);

impl TokenError {
    /// An error for this reason.
    pub fn new(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(source.into())
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.0)
    }
}

impl StdError for TokenError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}

impl Credential {
    /// A secret that stays the same.
    pub fn secret(secret: impl Into<SecretString>) -> Self {
        Self(Source::Secret(secret.into()))
    }

    /// A secret that `provider` gives when it is needed.
    pub fn provider(provider: Arc<dyn TokenProvider>) -> Self {
        Self(Source::Provider(provider))
    }
}

impl From<&str> for Credential {
    fn from(secret: &str) -> Self {
        Self::secret(secret)
    }
}

impl From<String> for Credential {
    fn from(secret: String) -> Self {
        Self::secret(secret)
    }
}

impl From<&String> for Credential {
    fn from(secret: &String) -> Self {
        Self::secret(secret.as_str())
    }
}

impl From<SecretString> for Credential {
    fn from(secret: SecretString) -> Self {
        Self::secret(secret)
    }
}

impl<P: TokenProvider> From<P> for Credential {
    fn from(provider: P) -> Self {
        Self::provider(Arc::new(provider))
    }
}

impl<P: TokenProvider> From<Arc<P>> for Credential {
    fn from(provider: Arc<P>) -> Self {
        Self::provider(provider)
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("[redacted]")
    }
}

/// The credentials of a client, by scheme.
#[derive(Debug, Clone, Default)]
pub(crate) struct Credentials(Vec<(Scheme, Credential)>);

/// What one request carries.
pub(crate) type Carried<'c> = Vec<(&'static Requirement, &'c Credential)>;

impl Credentials {
    pub(crate) fn set(&mut self, scheme: Scheme, credential: Credential) {
        self.0.retain(|(known, _)| known.name != scheme.name);
        self.0.push((scheme, credential));
    }

    /// Returns what is wrong with one of them.
    pub(crate) fn fault(&self) -> Option<BuildError> {
        self.0.iter().find_map(|(scheme, credential)| {
            let Source::Fault(reason) = credential.0 else {
                return None;
            };
            let name = scheme.name;
            Some(BuildError::new(format!(
                "the credential of `{name}`: {reason}"
            )))
        })
    }

    /// Shows the names of the schemes.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        self.0.iter().map(|(scheme, _)| scheme.name).collect()
    }

    /// Chooses the first alternative that asks for something and has all its credentials here. If
    /// there is none, the request goes without: the server knows best whether that will do.
    pub(crate) fn choose(&self, security: &'static [&'static [Requirement]]) -> Carried<'_> {
        let held = |requirement: &'static Requirement| {
            let mut credentials = self.0.iter();
            let (_, held) =
                credentials.find(|(scheme, _)| scheme.name == requirement.scheme.name)?;
            Some((requirement, held))
        };
        let mut alternatives = security
            .iter()
            .filter(|alternative| !alternative.is_empty());
        alternatives
            .find_map(|alternative| alternative.iter().map(held).collect())
            .unwrap_or_default()
    }
}

/// Attaches a secret where its scheme wants it.
pub(crate) fn attach(
    request: &mut Parts,
    scheme: &Scheme,
    secret: &SecretString,
) -> Result<(), BuildError> {
    let secret = secret.expose();
    let bare = secret.strip_prefix(scheme.prefix).unwrap_or(secret);
    let value = [scheme.prefix, bare].concat();
    let unfit = || {
        let name = scheme.name;
        BuildError::new(format!(
            "the credential of `{name}` holds a character that no header can"
        ))
    };
    match scheme.place {
        Place::Header(name) => {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| unfit())?;
            let mut value = HeaderValue::try_from(value).map_err(|_| unfit())?;
            value.set_sensitive(true);
            request.headers.insert(name, value);
        }
        Place::Query(name) => {
            let query = request.uri.query().map_or("?", |_| "&");
            let mut target = format!("{}{query}", path_and_query(&request.uri));
            encode_component(name, &mut target);
            target.push('=');
            encode_component(&value, &mut target);
            let mut parts = std::mem::take(&mut request.uri).into_parts();
            parts.path_and_query = PathAndQuery::try_from(target).ok();
            request.uri = Uri::from_parts(parts).map_err(|_| unfit())?;
        }
        Place::Cookie(name) => {
            // A credential is opaque: it is sent as it is, not percent-encoded.
            let mut cookies = format!("{name}={value}").into_bytes();
            if let Some(others) = request.headers.get(COOKIE) {
                cookies = [others.as_bytes(), b"; ", &cookies].concat();
            }
            let mut cookies = HeaderValue::from_bytes(&cookies).map_err(|_| unfit())?;
            cookies.set_sensitive(true);
            request.headers.insert(COOKIE, cookies);
        }
    }
    Ok(())
}

fn path_and_query(uri: &Uri) -> &str {
    uri.path_and_query().map_or("/", PathAndQuery::as_str)
}
