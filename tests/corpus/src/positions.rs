//! The Rust type of each schema position.

use std::collections::HashMap;

use serde_json::Value;

use crate::generate::{Outcome, site};
use crate::raw::{Files, Site};

/// By place in the raw document.
pub(crate) struct Positions<'a> {
    raw: &'a Files,
    types: HashMap<Site, &'a str>,
    /// Of what several branches of an `allOf` declare together, by its place without the branches.
    joined: HashMap<Site, &'a str>,
}

impl<'a> Positions<'a> {
    pub(crate) fn of(outcome: &'a Outcome) -> Self {
        let raw = &outcome.raw;
        let entries = outcome.inspection.iter().flat_map(|it| &it.types);
        let types: HashMap<Site, &str> = entries
            .filter_map(|entry| Some((site(raw, entry)?, entry.rust.as_str())))
            .collect();
        let made = types.iter().filter(|(site, _)| raw.get(site).is_none());
        let joined = made.map(|(site, rust)| (without_branches(site), *rust));
        Self {
            raw,
            joined: joined.collect(),
            types,
        }
    }

    /// The type of a schema. A branch of an `allOf` has none of its own where it became part of a whole:
    /// then it is that of the whole, and the place is too.
    pub(crate) fn around(&self, start: &Site) -> Option<(Site, &'a str)> {
        let mut site = start.clone();
        // As many times as branches lie in each other.
        for _ in 0..8 {
            if let Some(rust) = self.rust(&site) {
                return Some((site, rust));
            }
            let Some((whole, rest)) = site.pointer.rsplit_once("/allOf/") else {
                break;
            };
            let below = rest.split_once('/').map(|(_, below)| below);
            site.pointer = match below {
                Some(below) => format!("{whole}/{below}"),
                None => whole.to_owned(),
            };
        }
        if let Some(rust) = self.joined.get(&without_branches(start)) {
            return Some((start.clone(), rust));
        }
        // The branches of an enum that is open, or of one in parts, are one type.
        let (whole, _) = start.pointer.rsplit_once('/')?;
        let whole = whole
            .strip_suffix("/oneOf")
            .or(whole.strip_suffix("/anyOf"))?;
        let whole = Site {
            file: start.file,
            pointer: whole.to_owned(),
        };
        let rust = self.rust(&whole)?;
        Some((whole, rust))
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

/// The place with each `/allOf/0` taken out of it, and each `/allOf` that stands for all branches.
fn without_branches(site: &Site) -> Site {
    let mut pointer = String::new();
    let mut segments = site.pointer.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        if segment == "allOf" {
            segments.next_if(|index| index.bytes().all(|byte| byte.is_ascii_digit()));
            continue;
        }
        pointer.push('/');
        pointer.push_str(segment);
    }
    Site {
        file: site.file,
        pointer,
    }
}
