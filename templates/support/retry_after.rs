//! `Retry-After`: seconds, or a date in any form of RFC 9110 §5.6.7; and `RateLimit-Reset`.

use std::time::{Duration, SystemTime};

use http::header::RETRY_AFTER;
use http::{HeaderMap, StatusCode};

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// The mean year of the Gregorian calendar, 365.2425 days.
const SECONDS_PER_YEAR: u64 = 31_556_952;

/// Returns how long a response asks to wait: by `Retry-After`, or, where it says that there were too many
/// requests, by `RateLimit-Reset`, in seconds from now.
pub fn asked(status: StatusCode, headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |value: &http::HeaderValue| value.to_str().map(str::to_owned).ok();
    if let Some(value) = headers.get(RETRY_AFTER).and_then(text) {
        return parse(&value, now);
    }
    if status != StatusCode::TOO_MANY_REQUESTS {
        return None;
    }
    let seconds = headers.get("ratelimit-reset").and_then(text)?;
    seconds.trim().parse().ok().map(Duration::from_secs)
}

/// Returns how long to wait from `now`; zero for a date that is past, `None` for what is neither form.
pub fn parse(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return value.parse().ok().map(Duration::from_secs);
    }
    let now = now
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    let date = Duration::from_secs(date(value, 1970 + now.as_secs() / SECONDS_PER_YEAR)?);
    Some(date.saturating_sub(now))
}

/// Reads an HTTP date as seconds since 1970.
fn date(value: &str, this_year: u64) -> Option<u64> {
    let words: Vec<&str> = value
        .split([' ', '-'])
        .filter(|word| !word.is_empty())
        .collect();
    // `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`
    let ([_, day, month, year, time, "GMT"] | [_, month, day, time, year]) = words.as_slice()
    else {
        return None;
    };
    let month = MONTHS.iter().position(|name| name == month)?;
    let day = number(day).filter(|day| (1..=31).contains(day))?;
    let year = match (year.len(), number(year)?) {
        (4, year) if year >= 1970 => year,
        // Two digits mean the last such year that is at most 50 years ahead.
        (2, year) => this_year + 50 - (this_year + 150 - year) % 100,
        _ => return None,
    };
    let mut clock = time.split(':').map(number);
    let (hour, minute, second) = (clock.next()??, clock.next()??, clock.next()??);
    if clock.next().is_some() || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    Some(((days(year, month as u64 + 1, day) * 24 + hour) * 60 + minute) * 60 + second)
}

fn number(digits: &str) -> Option<u64> {
    let digits = digits.strip_suffix(',').unwrap_or(digits);
    (digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| digits.parse().ok())?
}

/// Days from 1970-01-01 to a date of the Gregorian calendar, in which years are counted from March.
fn days(year: u64, month: u64, day: u64) -> u64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leaps = year / 4 - year / 100 + year / 400;
    (year * 365 + leaps + (month * 153 + 2) / 5 + day - 1).saturating_sub(719_468)
}
