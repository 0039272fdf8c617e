//! What is known to be no fault of the generated crate.

use std::fmt::{self, Display};
use std::fs;
use std::io;

/// Texts that faults have, each with the reason why such a fault is none: lines of `TEXT # REASON`.
#[derive(Debug, Default)]
pub(crate) struct Excuses(Vec<Excuse>);

#[derive(Debug)]
struct Excuse {
    text: String,
    reason: String,
    used: usize,
}

impl Excuses {
    pub(crate) fn load(path: &str) -> Result<Self, io::Error> {
        let lines = fs::read_to_string(path)?;
        let lines = lines.lines().filter_map(|line| line.split_once(" # "));
        let all = lines.map(|(text, reason)| Excuse {
            text: text.to_owned(),
            reason: reason.to_owned(),
            used: 0,
        });
        Ok(Self(all.collect()))
    }

    /// Whether a fault is none.
    pub(crate) fn excuse(&mut self, fault: &str) -> bool {
        let mut all = self.0.iter_mut();
        let found = all.find(|excuse| fault.contains(&excuse.text));
        found.map(|excuse| excuse.used += 1).is_some()
    }
}

impl Display for Excuses {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|excuse| {
            let Excuse { text, reason, used } = excuse;
            writeln!(out, "left out: {used} with `{text}`: {reason}")
        })
    }
}
