//! UUIDs as RFC 9562 writes them, by `uuid`.

use uuid::Uuid;

use crate::support::formatted::Textual;

impl Textual for Uuid {
    const EXPECTED: &'static str = "a UUID";

    fn parse(text: &str) -> Option<Self> {
        // `try_parse` takes the forms without hyphens and with braces too.
        if text.len() == 36 {
            Self::try_parse(text).ok()
        } else {
            None
        }
    }

    fn text(&self) -> String {
        self.to_string()
    }
}
