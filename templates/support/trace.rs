//! A span of `tracing` around each call, if the feature `tracing` is on. Nothing secret is in it: neither headers, nor
//! the URL, nor bodies.

use std::future::Future;
use std::time::Duration;

use http::StatusCode;

use crate::support::operation::OperationInfo;

/// The span of a call.
#[derive(Debug, Clone)]
pub(crate) struct Trace {
    #[cfg(feature = "tracing")]
    span: tracing::Span,
}

#[cfg(feature = "tracing")]
impl Trace {
    pub(crate) fn of(info: &'static OperationInfo) -> Self {
        let span = tracing::info_span!(
            "call",
            otel.kind = "client",
            operation = info.id,
            http.request.method = info.method,
            url.template = info.template,
            http.response.status_code = tracing::field::Empty,
            attempts = tracing::field::Empty,
        );
        Self { span }
    }

    pub(crate) fn around<F: Future>(&self, call: F) -> impl Future<Output = F::Output> + use<F> {
        tracing::Instrument::instrument(call, self.span.clone())
    }

    pub(crate) fn answered(&self, status: StatusCode, attempt: u32) {
        self.span
            .record("http.response.status_code", status.as_u16());
        self.span.record("attempts", attempt);
    }

    pub(crate) fn again(&self, wait: Duration) {
        tracing::debug!(parent: &self.span, ?wait, "the call will be sent again");
    }
}

#[cfg(not(feature = "tracing"))]
#[allow(
    clippy::unused_self,
    clippy::missing_const_for_fn,
    reason = "the feature `tracing` is off"
)]
impl Trace {
    pub(crate) fn of(_: &'static OperationInfo) -> Self {
        Self {}
    }

    pub(crate) fn around<F: Future>(&self, call: F) -> F {
        call
    }

    pub(crate) fn answered(&self, _: StatusCode, _: u32) {}

    pub(crate) fn again(&self, _: Duration) {}
}
