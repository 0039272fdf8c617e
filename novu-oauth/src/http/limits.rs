//! How many requests an environment may send. Each instance counts for itself.

use std::fmt;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use http::{HeaderMap, HeaderValue};

use crate::config::RateLimit;

type Buckets =
    RateLimiter<String, HashMapStateStore<String>, DefaultClock, StateInformationMiddleware>;

/// A bucket of tokens for each environment.
pub struct Limits {
    limit: RateLimit,
    interval: Duration,
    buckets: Buckets,
    clock: DefaultClock,
}

/// What became of a request.
#[derive(Debug)]
pub(crate) struct Verdict {
    /// After how many seconds to try again, if the request is refused.
    pub(crate) retry_after: Option<u64>,
    /// The headers that say how things stand.
    pub(crate) headers: HeaderMap,
}

impl Limits {
    /// Buckets that are full.
    #[must_use]
    pub fn new(limit: RateLimit) -> Self {
        let one = NonZeroU32::MIN;
        let per_second = NonZeroU32::new(limit.per_second).unwrap_or(one);
        let burst = NonZeroU32::new(limit.burst).unwrap_or(one);
        let quota = Quota::per_second(per_second).allow_burst(burst);
        let buckets = RateLimiter::hashmap(quota);
        Self {
            limit,
            interval: quota.replenish_interval(),
            buckets: buckets.with_middleware(),
            clock: DefaultClock::default(),
        }
    }

    /// Takes a token of `environment`, if there is one.
    pub(crate) fn check(&self, environment: &str) -> Verdict {
        let checked = self.buckets.check_key(&environment.to_owned());
        let (remaining, wait, refused) = match checked {
            Ok(state) => {
                let remaining = state.remaining_burst_capacity();
                let missing = self.limit.burst.saturating_sub(remaining);
                (remaining, self.interval * missing, false)
            }
            Err(until) => (0, until.wait_time_from(self.clock.now()), true),
        };
        let reset = seconds(wait);
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("ratelimit-limit", self.limit.per_second.to_string()),
            ("ratelimit-remaining", remaining.to_string()),
            ("ratelimit-reset", reset.to_string()),
            ("ratelimit-policy", self.policy()),
        ] {
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.insert(name, value);
            }
        }
        Verdict {
            retry_after: refused.then(|| reset.max(1)),
            headers,
        }
    }

    fn policy(&self) -> String {
        let RateLimit { per_second, burst } = self.limit;
        format!(
            "{per_second};w=1;burst={burst};comment=\"token bucket\";category=\"configuration\";cost=\"single\""
        )
    }

    /// Forgets the environments whose buckets are full again.
    pub(crate) fn prune(&self) {
        self.buckets.retain_recent();
    }
}

impl fmt::Debug for Limits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.limit.fmt(f)
    }
}

/// Whole seconds, upwards.
fn seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}

#[cfg(test)]
mod tests {
    use super::{Limits, RateLimit};

    #[test]
    fn a_burst_and_no_more() {
        let limits = Limits::new(RateLimit {
            per_second: 1,
            burst: 3,
        });
        for remaining in ["2", "1", "0"] {
            let verdict = limits.check("a");
            assert_eq!(verdict.retry_after, None);
            assert_eq!(verdict.headers["ratelimit-remaining"], remaining);
            assert_eq!(verdict.headers["ratelimit-limit"], "1");
        }
        let verdict = limits.check("a");
        assert_eq!(verdict.retry_after, Some(1));
        assert_eq!(verdict.headers["ratelimit-remaining"], "0");
        assert_eq!(limits.check("b").retry_after, None);
    }
}
