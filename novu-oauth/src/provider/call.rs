//! A call of a provider.

use http::StatusCode;
use serde_json::Value;

use super::Providers;

/// How much of an answer is read.
const LIMIT: usize = 1024 * 1024;

/// The provider gave nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProviderError {
    /// It refused, and says why. The text is the provider's, for the caller.
    #[error("{0}")]
    Refused(String),
    /// It failed, or could not be reached. The text has no secret, and is for the log.
    #[error("{0}")]
    Failed(String),
}

/// An answer of a provider.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: StatusCode,
    /// Null if it is no JSON.
    pub(super) body: Value,
}

impl Reply {
    /// A text of the body, by JSON pointer.
    pub(super) fn text(&self, pointer: &str) -> Option<String> {
        let text = self.body.pointer(pointer)?.as_str()?;
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// A number of seconds of the body.
    pub(super) fn seconds(&self, pointer: &str) -> Option<u64> {
        self.body.pointer(pointer)?.as_u64()
    }

    /// A text that must be there.
    pub(super) fn needed(&self, pointer: &str, of: &str) -> Result<String, ProviderError> {
        self.text(pointer)
            .ok_or_else(|| ProviderError::Failed(format!("{of} answered without {pointer}")))
    }

    /// The answer itself if it is a success, else what it says of itself: OAuth's `error` and
    /// `error_description` (RFC 6749 §5.2), or only its status.
    pub(super) fn accepted(self, of: &str) -> Result<Self, ProviderError> {
        if self.status.is_success() {
            return Ok(self);
        }
        let status = self.status;
        if status.is_client_error() {
            let error = self.text("/error").unwrap_or_else(|| status.to_string());
            let text = match self.text("/error_description") {
                Some(description) => format!("{of} refused: {error}: {description}"),
                None => format!("{of} refused: {error}"),
            };
            return Err(ProviderError::Refused(text));
        }
        Err(ProviderError::Failed(format!("{of} answered {status}")))
    }
}

impl Providers {
    /// Sends a form.
    pub(super) async fn form(
        &self,
        url: &str,
        fields: &[(&str, &str)],
        of: &str,
    ) -> Result<Reply, ProviderError> {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let request = self
            .http
            .post(url)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body);
        reply(request, of).await
    }

    /// Asks for something with a token.
    pub(super) async fn get(
        &self,
        url: &str,
        token: &str,
        of: &str,
    ) -> Result<Reply, ProviderError> {
        reply(self.http.get(url).bearer_auth(token), of).await
    }

    /// Sends JSON with a token.
    pub(super) async fn post(
        &self,
        url: &str,
        token: &str,
        body: &Value,
        of: &str,
    ) -> Result<Reply, ProviderError> {
        let request = self
            .http
            .post(url)
            .bearer_auth(token)
            .header("content-type", "application/json")
            .body(body.to_string());
        reply(request, of).await
    }
}

async fn reply(request: reqwest::RequestBuilder, of: &str) -> Result<Reply, ProviderError> {
    // The URL of the error may hold what is no one's business.
    let failed = |error: reqwest::Error| {
        ProviderError::Failed(format!("{of} cannot be reached: {}", error.without_url()))
    };
    let request = request.header("accept", "application/json");
    let mut response = request.send().await.map_err(failed)?;
    let status = response.status();
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > LIMIT {
            return Err(ProviderError::Failed(format!(
                "{of} answered with too much"
            )));
        }
    }
    let body = serde_json::from_slice(&bytes).unwrap_or_default();
    Ok(Reply { status, body })
}
