//! Dates and times as RFC 3339 writes them, by `chrono`.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};

use crate::support::formatted::Textual;

impl Textual for DateTime<Utc> {
    const EXPECTED: &'static str = "an RFC 3339 date and time";

    fn parse(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text)
            .ok()
            .map(|value| value.with_timezone(&Utc))
    }

    fn text(&self) -> String {
        self.to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }
}

impl Textual for NaiveDate {
    const EXPECTED: &'static str = "an RFC 3339 date";

    fn parse(text: &str) -> Option<Self> {
        // `FromStr` takes `2020-1-1` too.
        let value: Self = text.parse().ok()?;
        (text.len() == 10).then_some(value)
    }

    fn text(&self) -> String {
        self.to_string()
    }
}
