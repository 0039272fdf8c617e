//! When a call is sent again, and after how long.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use http::{HeaderMap, Method, StatusCode};
use tokio::time::Instant;

use crate::support::random;
use crate::support::retry_after;

/// When a call is sent again.
///
/// What it leaves open is as the document says (`x-speakeasy-retries`), and else: four attempts within a
/// minute; after a lost response and the statuses 408, 425, 429, 502, 503 and 504; half a second at first,
/// twice as long each time, 30 seconds at the longest. Each wait is a random part of that (full jitter), unless the
/// response says how long to wait by `Retry-After` or `RateLimit-Reset`.
///
/// A method that is not idempotent (`POST`, `PATCH`) is sent again only under an idempotency key, which is made
/// up where the operation takes one and the call has none. A body that is streamed is sent once. Retries
/// of all calls of a client share a budget: ten, and one more for every ten calls.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[must_use]
pub struct RetryPolicy {
    attempts: Option<u32>,
    first_wait: Option<Duration>,
    longest_wait: Option<Duration>,
    factor: Option<f64>,
    within: Option<Duration>,
    statuses: Option<&'static [(u16, u16)]>,
    lost: Option<bool>,
}

impl RetryPolicy {
    /// Leaves everything to the document and the defaults.
    pub const fn new() -> Self {
        Self {
            attempts: None,
            first_wait: None,
            longest_wait: None,
            factor: None,
            within: None,
            statuses: None,
            lost: None,
        }
    }

    /// Sends a call once.
    pub const fn never() -> Self {
        Self::new().attempts(1)
    }

    /// Sends a call so often at most, the first time included.
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = Some(attempts);
        self
    }

    /// Waits up to so long before the second attempt.
    pub const fn first_wait(mut self, wait: Duration) -> Self {
        self.first_wait = Some(wait);
        self
    }

    /// Waits up to so long at most before any attempt, unless the server asks for more.
    pub const fn longest_wait(mut self, wait: Duration) -> Self {
        self.longest_wait = Some(wait);
        self
    }

    /// Waits so many times longer after each attempt.
    pub const fn factor(mut self, factor: f64) -> Self {
        self.factor = Some(factor);
        self
    }

    /// Starts no attempt later than this after the first one.
    pub const fn within(mut self, time: Duration) -> Self {
        self.within = Some(time);
        self
    }

    /// Sends a call again after these statuses, each the first and the last of a range.
    pub const fn statuses(mut self, statuses: &'static [(u16, u16)]) -> Self {
        self.statuses = Some(statuses);
        self
    }

    /// Whether a call is sent again if the request or its response is lost on the way, or times out.
    pub const fn lost(mut self, lost: bool) -> Self {
        self.lost = Some(lost);
        self
    }

    /// Takes from `other` what this policy leaves open.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            attempts: self.attempts.or(other.attempts),
            first_wait: self.first_wait.or(other.first_wait),
            longest_wait: self.longest_wait.or(other.longest_wait),
            factor: self.factor.or(other.factor),
            within: self.within.or(other.within),
            statuses: self.statuses.or(other.statuses),
            lost: self.lost.or(other.lost),
        }
    }

    /// Whether there is more than one attempt.
    pub(crate) fn is_on(&self) -> bool {
        self.attempts.is_none_or(|attempts| attempts > 1)
    }
}

/// The statuses after which the same request may fare better, unless a policy names others.
const TRANSIENT: &[(u16, u16)] = &[(408, 408), (425, 425), (429, 429), (502, 504)];

/// The attempts of one call.
#[derive(Debug)]
pub(crate) struct Attempts {
    policy: RetryPolicy,
    started: Instant,
    /// How many were lost or answered by a status to retry.
    failed: u32,
}

impl Attempts {
    pub(crate) fn new(policy: RetryPolicy) -> Self {
        Self {
            policy,
            started: Instant::now(),
            failed: 0,
        }
    }

    /// Returns how long to wait before the next attempt; `None` if there is to be none.
    pub(crate) fn after(
        &mut self,
        answer: Option<(StatusCode, &HeaderMap)>,
        budget: &Budget,
    ) -> Option<Duration> {
        let policy = &self.policy;
        let again = match answer {
            None => policy.lost.unwrap_or(true),
            Some((status, _)) => {
                let status = status.as_u16();
                let statuses = policy.statuses.unwrap_or(TRANSIENT);
                statuses
                    .iter()
                    .any(|(first, last)| (*first..=*last).contains(&status))
            }
        };
        self.failed = self.failed.saturating_add(1);
        if !again || self.failed >= policy.attempts.unwrap_or(4) {
            return None;
        }
        let wait = answer
            .and_then(|(status, headers)| retry_after::asked(status, headers, SystemTime::now()))
            .unwrap_or_else(|| self.backoff().mul_f64(random::fraction()));
        let within = policy.within.unwrap_or(Duration::from_mins(1));
        let is_in_time = self.started.elapsed().saturating_add(wait) <= within;
        (is_in_time && budget.spend()).then_some(wait)
    }

    /// The longest wait before the next attempt.
    fn backoff(&self) -> Duration {
        let policy = &self.policy;
        let first = policy.first_wait.unwrap_or(Duration::from_millis(500));
        let longest = policy.longest_wait.unwrap_or(Duration::from_secs(30));
        let power = i32::try_from(self.failed - 1).unwrap_or(i32::MAX);
        let factor = policy.factor.unwrap_or(2.0).powi(power);
        Duration::try_from_secs_f64(first.as_secs_f64() * factor)
            .map_or(longest, |wait| wait.min(longest))
    }
}

/// How many retries a client may still make, in tenths.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

impl Budget {
    const FULL: u32 = 100;
    const RETRY: u32 = 10;

    pub(crate) fn new() -> Self {
        Self(AtomicU32::new(Self::FULL))
    }

    /// Counts a call.
    pub(crate) fn earn(&self) {
        let more = |tenths: u32| (tenths < Self::FULL).then_some(tenths + 1);
        let _ = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
    }

    /// Counts a retry, if there is one left.
    fn spend(&self) -> bool {
        let less = |tenths: u32| tenths.checked_sub(Self::RETRY);
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, less)
            .is_ok()
    }
}

/// Whether a request of this method may be sent twice (RFC 9110 §9.2.2).
pub(crate) fn is_idempotent(method: &Method) -> bool {
    matches!(
        method.as_str(),
        "GET" | "HEAD" | "PUT" | "DELETE" | "OPTIONS" | "TRACE" | "QUERY"
    )
}
