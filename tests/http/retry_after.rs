//! Table tests of `Retry-After`.

#![allow(
    clippy::duration_suboptimal_units,
    reason = "the header counts seconds"
)]

use std::time::{Duration, SystemTime};

use crate::support::retry_after::parse;

#[test]
fn seconds_and_all_three_dates() {
    // 1994-11-06T08:49:37Z is 784111777 (`date -d`).
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777 - 90);
    for (value, seconds) in [
        ("0", Some(0)),
        (" 120 ", Some(120)),
        ("Sun, 06 Nov 1994 08:49:37 GMT", Some(90)),
        ("Sunday, 06-Nov-94 08:49:37 GMT", Some(90)),
        ("Sun Nov  6 08:49:37 1994", Some(90)),
        ("Sun, 06 Nov 1994 08:48:07 GMT", Some(0)),
        ("Sat, 05 Nov 1994 08:49:37 GMT", Some(0)),
        ("Tue, 07 Nov 1995 08:49:37 GMT", Some(90 + 366 * 86_400)),
        ("", None),
        ("-1", None),
        ("1.5", None),
        ("soon", None),
        ("99999999999999999999999", None),
        ("Sun, 06 Nov 1994 08:49:37 CET", None),
        ("Sun, 32 Nov 1994 08:49:37 GMT", None),
        ("Sun, 06 Nov 1994 24:49:37 GMT", None),
        ("Sun, 06 Nov 1994 08:49 GMT", None),
        ("Sun, 06 Nov 1969 08:49:37 GMT", None),
    ] {
        assert_eq!(
            parse(value, now),
            seconds.map(Duration::from_secs),
            "{value}"
        );
    }
}

#[test]
fn years_of_two_digits_and_leap_days() {
    // `date -u -d 2024-02-29T12:00:00Z +%s`
    let noon = SystemTime::UNIX_EPOCH + Duration::from_secs(1_709_208_000);
    assert_eq!(
        parse("Thursday, 29-Feb-24 12:00:10 GMT", noon),
        Some(Duration::from_secs(10))
    );
    assert_eq!(
        parse("Fri, 01 Mar 2024 12:00:00 GMT", noon),
        Some(Duration::from_secs(86_400))
    );
}
