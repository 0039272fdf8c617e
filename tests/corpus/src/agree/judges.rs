//! Why a value is judged otherwise than we do.

use std::cell::OnceCell;

use serde_json::{Map, Value};

use super::readings::TAKEN;
use crate::driver::Answer;
use crate::fault::Fault;
use crate::generate::Outcome;
use crate::judge::{Judge, Verdict, Written};
use crate::raw::Site;

/// Whether the judge and the program agree.
pub(super) fn same(verdict: &Verdict, answer: &Answer) -> bool {
    matches!(
        (verdict, answer),
        (Verdict::Valid, Answer::Fine(_)) | (Verdict::Invalid { .. }, Answer::Refused(_))
    )
}

/// A judge for each way to take schemas, made when it is first asked.
pub(super) struct Judges<'a> {
    outcome: &'a Outcome,
    judges: Vec<OnceCell<Judge>>,
}

impl<'a> Judges<'a> {
    pub(super) fn of(outcome: &'a Outcome) -> Self {
        Self {
            outcome,
            judges: TAKEN.iter().map(|_| OnceCell::new()).collect(),
        }
    }

    /// The way to take schemas that says of a value what we say.
    pub(super) fn class(
        &self,
        site: &Site,
        value: &Value,
        answer: &Answer,
    ) -> Result<Option<&'static str>, Fault> {
        for (taken, judge) in TAKEN.iter().zip(&self.judges) {
            let judge = if let Some(judge) = judge.get() {
                judge
            } else {
                let Outcome { raw, nodes, .. } = self.outcome;
                let reading = |written: &Written<'_>, schema: &mut Map<String, Value>| {
                    (taken.reading)(self.outcome, written, schema);
                };
                let made = Judge::reading(raw, nodes, true, Some(&reading))?;
                judge.get_or_init(|| made)
            };
            if same(&judge.judge(site, value), answer) {
                return Ok(Some(taken.class));
            }
        }
        Ok(None)
    }
}
