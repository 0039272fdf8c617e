//! Tokens that are kept for as long as they last.

use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::support::credentials::{Token, TokenError, TokenProvider};
use crate::support::future::BoxFuture;
use crate::support::secret::SecretString;
use crate::support::security::Scheme;

/// Keeps the tokens of another provider, by scheme and scopes, until shortly before they end or one is refused.
///
/// Calls that need a token at the same time wait for one request of it. A token of unknown duration is kept until it is
/// refused.
#[derive(Debug)]
pub struct CachedTokens<P> {
    provider: P,
    kept: Arc<Mutex<Vec<Kept>>>,
    refused: std::sync::Mutex<Vec<SecretString>>,
}

#[derive(Debug)]
struct Kept {
    scheme: &'static str,
    scopes: &'static [&'static str],
    token: Token,
    until: Option<Instant>,
}

/// A token is not used in its last seconds, which it might spend on the way.
const MARGIN: Duration = Duration::from_secs(30);

impl<P: TokenProvider> CachedTokens<P> {
    /// Keeps the tokens of `provider`.
    pub fn new(provider: P) -> Self {
        Self {
            provider,
            kept: Arc::default(),
            refused: std::sync::Mutex::default(),
        }
    }

    fn refused_tokens(&self) -> MutexGuard<'_, Vec<SecretString>> {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<P: TokenProvider> TokenProvider for CachedTokens<P> {
    fn token<'a>(
        &'a self,
        scheme: &'a Scheme,
        scopes: &'static [&'static str],
    ) -> BoxFuture<'a, Result<Token, TokenError>> {
        Box::pin(async move {
            let mut kept = self.kept.lock().await;
            let refused = std::mem::take(&mut *self.refused_tokens());
            let now = Instant::now();
            kept.retain(|one| {
                one.until.is_none_or(|until| now < until) && !refused.contains(&one.token.secret)
            });
            let found = kept
                .iter()
                .find(|one| one.scheme == scheme.name && one.scopes == scopes);
            if let Some(found) = found {
                return Ok(found.token.clone());
            }
            let token = self.provider.token(scheme, scopes).await?;
            kept.push(Kept {
                scheme: scheme.name,
                scopes,
                token: token.clone(),
                // Of a token that lasts less than a minute, the second half.
                until: token.lasts.and_then(|lasts| {
                    Instant::now().checked_add(lasts.saturating_sub(MARGIN.min(lasts / 2)))
                }),
            });
            Ok(token)
        })
    }

    fn refused(&self, token: &SecretString) {
        self.provider.refused(token);
        self.refused_tokens().push(token.clone());
    }
}
