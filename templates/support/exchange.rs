//! A request on its way through a client, as often as it takes.

use std::time::Duration;

use http::header::HeaderName;
use http::request::Parts;
use http::{HeaderValue, Request, Response, StatusCode};
use tokio::time::Instant;

use crate::support::client::Client;
use crate::support::credentials::{Carried, Source, TokenError, attach};
use crate::support::error::BuildError;
use crate::support::hints::Hints;
use crate::support::hooks::ResponseHead;
use crate::support::operation::OperationInfo;
use crate::support::payload::Payload;
use crate::support::random;
use crate::support::redirect::redirect;
use crate::support::retry::{Attempts, RetryPolicy, is_idempotent};
use crate::support::secret::SecretString;
use crate::support::trace::Trace;
use crate::support::transport_error::TransportError;

/// What a call says beside its request.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    pub(crate) hints: &'static Hints,
    pub(crate) timeout: Option<Duration>,
    /// Apart, since calls are moved about and seldom have it.
    pub(crate) retries: Option<Box<RetryPolicy>>,
}

/// Why no response came of a call.
#[derive(Debug)]
pub(crate) enum Lost {
    Build(BuildError),
    Credentials(TokenError),
    Transport(TransportError),
}

/// A request that is not sent yet, without what proves who sends it.
struct Outgoing {
    parts: Parts,
    body: Payload,
}

impl Outgoing {
    /// The same once more, if its body can be sent again.
    fn again(&self) -> Option<Self> {
        Some(Self {
            body: self.body.try_clone()?,
            parts: self.parts.clone(),
        })
    }
}

impl Client {
    /// Attaches the credentials that need not be waited for.
    pub(crate) fn attach_secrets(
        &self,
        info: &'static OperationInfo,
        request: Request<Payload>,
    ) -> Result<Request<Payload>, BuildError> {
        let (mut parts, body) = request.into_parts();
        parts.extensions.insert(info);
        for (requirement, credential) in self.shared.credentials.choose(info.security) {
            if let Source::Secret(secret) = &credential.0 {
                attach(&mut parts, &requirement.scheme, secret)?;
            }
        }
        Ok(Request::from_parts(parts, body))
    }

    /// Sends a request, with its credentials, and waits for all of its response, unless that is read as it comes.
    pub(crate) async fn exchange(
        &self,
        info: &'static OperationInfo,
        request: Request<Payload>,
        options: &Options,
    ) -> Result<Response<Payload>, Lost> {
        let trace = Trace::of(info);
        trace
            .around(self.persist(info, request, options, &trace))
            .await
    }

    async fn persist(
        &self,
        info: &'static OperationInfo,
        request: Request<Payload>,
        options: &Options,
        trace: &Trace,
    ) -> Result<Response<Payload>, Lost> {
        let shared = &*self.shared;
        let (parts, body) = request.into_parts();
        let mut outgoing = Outgoing { parts, body };
        let mut attempts = self.attempts(&mut outgoing, options);
        let carried = shared.credentials.choose(info.security);
        let mut renewable = carried
            .iter()
            .any(|(_, credential)| matches!(credential.0, Source::Provider(_)));
        let mut fresh = None;
        let mut redirects = shared.redirects;
        let mut number = 0;
        shared.budget.earn();
        loop {
            number += 1;
            let keeps = attempts.is_some() || renewable || redirects > 0;
            let kept = if keeps { outgoing.again() } else { None };
            let tokens = match fresh.take() {
                Some(tokens) => tokens,
                None => tokens(&carried).await.map_err(Lost::Credentials)?,
            };
            prove(&mut outgoing.parts, &carried, &tokens).map_err(Lost::Build)?;
            let sent = self.attempt(info, outgoing, options, number).await;
            if let Ok(response) = &sent {
                trace.answered(response.status(), number);
            }
            let Some(mut next) = kept else {
                return sent.map_err(Lost::Transport);
            };
            if let Ok(response) = &sent {
                let status = response.status();
                if redirects > 0
                    && redirect(
                        info,
                        &mut next.parts,
                        &mut next.body,
                        status,
                        response.headers(),
                    )
                {
                    redirects -= 1;
                    outgoing = next;
                    continue;
                }
                if renewable && status == StatusCode::UNAUTHORIZED {
                    renewable = false;
                    fresh = renewed(&carried, &tokens).await;
                    if fresh.is_some() {
                        outgoing = next;
                        continue;
                    }
                }
            }
            let answer = sent.as_ref().ok();
            let answer = answer.map(|response| (response.status(), response.headers()));
            let wait = attempts
                .as_mut()
                .and_then(|attempts| attempts.after(answer, &shared.budget));
            let Some(wait) = wait else {
                return sent.map_err(Lost::Transport);
            };
            trace.again(wait);
            tokio::time::sleep(wait).await;
            outgoing = next;
        }
    }

    /// The attempts that a call has, if it may be sent more than once.
    fn attempts(&self, outgoing: &mut Outgoing, options: &Options) -> Option<Attempts> {
        let wanted = options
            .retries
            .as_deref()
            .or(self.shared.retries.as_ref())?;
        let policy = wanted.or(options.hints.retries).or(self.shared.documented);
        if !policy.is_on() || outgoing.body.as_whole().is_none() {
            return None;
        }
        if !is_idempotent(&outgoing.parts.method) {
            let name = HeaderName::from_bytes(options.hints.idempotency_key?.as_bytes()).ok()?;
            let key = || HeaderValue::try_from(random::uuid()).ok();
            if !outgoing.parts.headers.contains_key(&name) {
                outgoing.parts.headers.insert(name, key()?);
            }
        }
        Some(Attempts::new(policy))
    }

    /// Sends a request once.
    async fn attempt(
        &self,
        info: &'static OperationInfo,
        outgoing: Outgoing,
        options: &Options,
        number: u32,
    ) -> Result<Response<Payload>, TransportError> {
        let shared = &*self.shared;
        let Outgoing { mut parts, body } = outgoing;
        if shared.has_own_transport {
            parts.extensions.insert(info);
        }
        shared.hooks.sending(&mut parts, info).await?;
        let sent = Instant::now();
        // Boxed by now, so that what waits for it is small.
        let sending = shared.transport.send(Request::from_parts(parts, body));
        let exchange = async {
            let (parts, body) = sending.await?.into_parts();
            let head = ResponseHead {
                operation: info,
                status: parts.status,
                headers: &parts.headers,
                elapsed: sent.elapsed(),
                attempt: number,
            };
            shared.hooks.received(&head).await?;
            if info.streams(&parts) {
                return Ok(Response::from_parts(parts, body));
            }
            let bytes = body.whole(shared.response_limit).await?;
            Ok(Response::from_parts(parts, Payload::from(bytes)))
        };
        match options.timeout.or(shared.timeout) {
            None => exchange.await,
            Some(limit) => match tokio::time::timeout(limit, exchange).await {
                Ok(outcome) => outcome,
                Err(_elapsed) => Err(TransportError::timeout(format!(
                    "no response within {limit:?}"
                ))),
            },
        }
    }
}

/// What the providers of these credentials give; nothing for secrets that stay the same, and no list where all do.
async fn tokens(carried: &Carried<'_>) -> Result<Vec<Option<SecretString>>, TokenError> {
    let mut tokens = Vec::new();
    if carried
        .iter()
        .all(|(_, credential)| matches!(credential.0, Source::Secret(_)))
    {
        return Ok(tokens);
    }
    for (requirement, credential) in carried {
        tokens.push(match &credential.0 {
            Source::Provider(provider) => {
                let token = provider.token(&requirement.scheme, requirement.scopes);
                Some(token.await?.secret)
            }
            Source::Secret(_) | Source::Fault(_) => None,
        });
    }
    Ok(tokens)
}

/// Says that `refused` were, and returns what the providers give instead, if that is anything else.
async fn renewed(
    carried: &Carried<'_>,
    refused: &[Option<SecretString>],
) -> Option<Vec<Option<SecretString>>> {
    for ((_, credential), token) in carried.iter().zip(refused) {
        if let (Source::Provider(provider), Some(token)) = (&credential.0, token) {
            provider.refused(token);
        }
    }
    // Without a token the refusal is the answer.
    let tokens = tokens(carried).await.ok()?;
    (tokens != refused).then_some(tokens)
}

/// Attaches all credentials.
fn prove(
    parts: &mut Parts,
    carried: &Carried<'_>,
    tokens: &[Option<SecretString>],
) -> Result<(), BuildError> {
    for (index, (requirement, credential)) in carried.iter().enumerate() {
        match (&credential.0, tokens.get(index)) {
            (Source::Secret(secret), _) | (_, Some(Some(secret))) => {
                attach(parts, &requirement.scheme, secret)?;
            }
            (Source::Provider(_) | Source::Fault(_), _) => {}
        }
    }
    Ok(())
}
