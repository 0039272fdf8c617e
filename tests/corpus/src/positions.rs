//! The Rust type of each schema position.

use std::collections::HashMap;

use serde_json::Value;

use crate::generate::{Outcome, site};
use crate::raw::{Files, Site};

/// By place in the raw document.
pub(crate) struct Positions<'a> {
    raw: &'a Files,
    types: HashMap<Site, &'a str>,
}

impl<'a> Positions<'a> {
    pub(crate) fn of(outcome: &'a Outcome) -> Self {
        let entries = outcome.inspection.iter().flat_map(|it| &it.types);
        Self {
            raw: &outcome.raw,
            types: entries
                .filter_map(|entry| Some((site(&outcome.raw, entry)?, entry.rust.as_str())))
                .collect(),
        }
    }

    /// The type of a schema. A branch of an `allOf` has none of its own where it became part of a whole:
    /// then it is that of the whole, and the place is too.
    pub(crate) fn around(&self, site: &Site) -> Option<(Site, &'a str)> {
        let mut site = site.clone();
        // As many times as branches lie in each other.
        for _ in 0..8 {
            if let Some(rust) = self.rust(&site) {
                return Some((site, rust));
            }
            let (whole, rest) = site.pointer.rsplit_once("/allOf/")?;
            let below = rest.split_once('/').map(|(_, below)| below);
            site.pointer = match below {
                Some(below) => format!("{whole}/{below}"),
                None => whole.to_owned(),
            };
        }
        None
    }

    /// The type of a schema; of what it refers to, where there is none for the reference itself.
    fn rust(&self, site: &Site) -> Option<&'a str> {
        let mut site = site.clone();
        // Chains of references are short; the bound guards against a circle.
        for _ in 0..16 {
            if let Some(rust) = self.types.get(&site) {
                return Some(rust);
            }
            let reference = self.raw.get(&site)?.get("$ref").and_then(Value::as_str)?;
            site = self.raw.followed(site.file, reference)?;
        }
        None
    }
}
