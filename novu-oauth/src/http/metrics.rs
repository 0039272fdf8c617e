//! What happened, counted by operation.

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// The upper bounds of durations, in seconds.
const BUCKETS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.0, 10.0];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    operation: &'static str,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Of {
    operation: &'static str,
}

/// The metrics of the service.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    durations: Family<Of, Histogram>,
    replays: Family<Of, Counter>,
    running: Gauge<i64, std::sync::atomic::AtomicI64>,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("novu_oauth");
        let requests = Family::<Answered, Counter<u64, AtomicU64>>::default();
        let durations = Family::<Of, Histogram>::new_with_constructor(|| Histogram::new(BUCKETS));
        let replays = Family::default();
        let running = Gauge::default();
        registry.register(
            "requests",
            "Requests, by operation and status",
            requests.clone(),
        );
        registry.register(
            "request_duration_seconds",
            "How long requests took, by operation",
            durations.clone(),
        );
        registry.register(
            "idempotent_replays",
            "Answers that were given again, by operation",
            replays.clone(),
        );
        registry.register("requests_running", "Requests under way", running.clone());
        Self {
            registry,
            requests,
            durations,
            replays,
            running,
        }
    }
}

impl Metrics {
    /// A request has come.
    pub(super) fn begun(&self) {
        self.running.inc();
    }

    /// A request has been given up, or has been answered.
    pub(super) fn ended(&self) {
        self.running.dec();
    }

    /// A request has been answered.
    pub(super) fn answered(
        &self,
        operation: &'static str,
        status: u16,
        took: Duration,
        replayed: bool,
    ) {
        self.requests
            .get_or_create(&Answered { operation, status })
            .inc();
        let of = Of { operation };
        self.durations
            .get_or_create(&of)
            .observe(took.as_secs_f64());
        if replayed {
            self.replays.get_or_create(&of).inc();
        }
    }

    /// The metrics in the text format of `OpenMetrics`.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a `String` does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
