//! The mock: a service that answers every operation with what the document shows.

use std::any::Any;
use std::fmt;
use std::future::{Ready, ready};
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body;
use bytes::Bytes;
use http::header::ACCEPT;
use http::{HeaderMap, HeaderName, HeaderValue, Response};

use crate::support::operation::{Operation, OperationInfo};
use crate::support::read_response::ResponseReader;
use crate::support::rejection::Rejection;
use crate::support::request_head::{Caller, RequestHead};
use crate::support::responses::Responses;
use crate::support::samples::{Chosen, Samples, status};
use crate::support::unanswered::Unanswered;

/// Answers every operation with what the document shows, and where it shows nothing with values made up from its
/// schemas.
///
/// Requests are checked like those to any service of these traits. Every credential that is well-formed is good. Of the
/// responses the first success is given, of its examples the first; a request that prefers others says so (RFC 7240):
///
/// ```text
/// Prefer: code=404, example=unknown-pet
/// ```
///
/// What the mock has no answer for is answered by 501 and the reason.
#[derive(Clone)]
pub struct Mock {
    pub(crate) samples: Arc<Samples>,
    hook: Option<Arc<Hook>>,
    /// Where a test looks at what passes, and says what is to be answered.
    pub(crate) watch: Option<Arc<Mutex<Watch>>>,
}

/// Is shown what is answered.
type Hook = dyn Fn(&'static OperationInfo, &dyn Any) + Send + Sync;

impl fmt::Debug for Mock {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Mock").finish_non_exhaustive()
    }
}

const PREFER: HeaderName = HeaderName::from_static("prefer");
const REFUSAL: HeaderName = HeaderName::from_static("mock-refusal");

/// What a test wants of the mock, and what it saw.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    pub(crate) chosen: Option<Chosen>,
    pub(crate) request: Option<Box<dyn Any + Send>>,
    pub(crate) response: Option<Box<dyn Any + Send>>,
}

/// What comes of a request `R`.
pub(crate) type Answer<R> = Result<<R as Operation>::Response, Unanswered>;

/// Who calls, by what an operation asks of its callers.
#[allow(non_camel_case_types, reason = "tables name them")]
pub(crate) mod callers {
    use super::Caller;

    pub(crate) type required = Caller<()>;
    pub(crate) type optional = Caller<Option<()>>;
    pub(crate) type open = Caller<()>;
}

impl Mock {
    /// A mock that answers with these messages.
    pub(crate) fn of(samples: &str) -> Self {
        Self {
            samples: Arc::new(Samples::of(samples)),
            hook: None,
            watch: None,
        }
    }

    /// Shows `hook` every request that is answered, as its type: `request.downcast_ref::<FindPetsRequest>()`.
    #[must_use]
    pub fn on_request(
        mut self,
        hook: impl Fn(&'static OperationInfo, &dyn Any) + Send + Sync + 'static,
    ) -> Self {
        self.hook = Some(Arc::new(hook));
        self
    }

    /// Answers a request.
    pub(crate) fn answer<R: Operation>(&self, head: &RequestHead, request: R) -> Ready<Answer<R>> {
        if let Some(hook) = &self.hook {
            hook(R::INFO, &request);
        }
        let Some(watch) = &self.watch else {
            return ready(self.read::<R>(None, head));
        };
        let mut watch = watch.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = self.read::<R>(watch.chosen.as_ref(), head);
        // Not every response can be copied, but it can be read twice.
        let same = self.read::<R>(watch.chosen.as_ref(), head);
        watch.request = Some(Box::new(request));
        watch.response = same.ok().map(|same| Box::new(same) as _);
        ready(answer)
    }

    /// Answers what the server refuses by what the document shows of its status, else as problem details. The header
    /// `mock-refusal` says why.
    pub(crate) fn refuse(&self, rejection: &Rejection, head: &RequestHead) -> axum::response::Response {
        let problem = rejection.problem();
        let documented = head.operation.and_then(|info| {
            let mut wanted = HeaderMap::new();
            if let Some(accept) = head.headers.get(ACCEPT) {
                wanted.insert(ACCEPT, accept.clone());
            }
            let code = format!("code={}", rejection.status().as_u16());
            wanted.insert(PREFER, HeaderValue::try_from(code).ok()?);
            let (chosen, status) = self.samples.choose(info, &wanted).ok()?;
            self.samples.response(info, &chosen, status).ok()
        });
        let Some(documented) = documented else {
            return problem;
        };
        let mut response = documented.map(Body::from);
        let why = match rejection {
            Rejection::Invalid { violations } => {
                let shown = violations.iter().take(5).map(ToString::to_string);
                shown.collect::<Vec<_>>().join("; ")
            }
            other => other.to_string(),
        };
        if let Ok(why) = HeaderValue::try_from(why.escape_default().to_string()) {
            response.headers_mut().insert(REFUSAL, why);
        }
        response
    }

    fn read<R: Operation>(&self, chosen: Option<&Chosen>, head: &RequestHead) -> Answer<R> {
        let response = self.find(R::INFO, chosen, head)?;
        let mut reader = ResponseReader::new(&response);
        match R::Response::read(&mut reader) {
            Some(typed) => Ok(typed),
            None => Err(Unanswered::Unfit(reader.into_fault())),
        }
    }

    /// Finds the response that was chosen, or else the one that the request prefers.
    fn find(
        &self,
        info: &OperationInfo,
        chosen: Option<&Chosen>,
        head: &RequestHead,
    ) -> Result<Response<Bytes>, Unanswered> {
        if let Some(chosen) = chosen {
            let status = status(&chosen.status, info).ok_or(Unanswered::Nothing)?;
            return self.samples.response(info, chosen, status);
        }
        let (chosen, status) = self.samples.choose(info, &head.headers)?;
        self.samples.response(info, &chosen, status)
    }
}

/// Implements a tag's trait for [`Mock`].
///
/// ```text
/// mock! {
///     Pets {
///         FindPetsRequest => required find_pets,
///         HealthRequest => open health,
///     }
/// }
/// ```
macro_rules! mock {
    ($tag:ident { $($request:ident => $mode:ident $handler:ident),* $(,)? }) => {
        impl $crate::server::$tag for $crate::support::mock::Mock {
            $(fn $handler(
                &self,
                caller: $crate::support::mock::callers::$mode,
                request: $crate::operations::$request,
            ) -> impl ::std::future::Future<Output = $crate::support::mock::Answer<$crate::operations::$request>> + Send {
                self.answer(&caller.head, request)
            })*
        }
    };
}

pub(crate) use mock;
