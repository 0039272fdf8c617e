//! One object or array of a walk: where its members' faults go.

use std::fmt::Display;

use serde::de;

use crate::support::{
    codec::Cx,
    pointer,
    report::{Mark, Report},
};

/// The level that a visitor is at. Without a report the first fault ends the walk, and its error is given the
/// member's name; with one it is recorded, and the walk goes on to find the others.
pub(crate) struct Level<'a> {
    report: Option<(&'a Report, Mark)>,
    found: usize,
    failed: bool,
}

impl<'a> Level<'a> {
    #[inline]
    pub(crate) fn new(cx: Cx<'a>) -> Self {
        Self {
            report: cx.report().map(|report| (report, report.mark())),
            found: 0,
            failed: false,
        }
    }

    /// The report, if faults are gathered.
    #[inline]
    pub(crate) fn report(&self) -> Option<&'a Report> {
        self.report.map(|(report, _)| report)
    }

    /// Comes to the member `token`.
    #[inline]
    pub(crate) fn step(&mut self, token: &dyn Display) {
        if let Some((report, mark)) = self.report {
            report.enter(mark, token);
            self.found = report.found();
        }
    }

    /// Takes up the fault of the member that the walk came to last.
    #[cold]
    #[inline(never)]
    pub(crate) fn fault<E: de::Error>(&mut self, token: &dyn Display, error: &E) -> Result<(), E> {
        let Some((report, _)) = self.report else {
            return Err(pointer::locate(token, error));
        };
        report.fault(error, self.found);
        self.failed = true;
        Ok(())
    }

    /// Takes up that `property` is missing.
    #[cold]
    #[inline(never)]
    pub(crate) fn missing(&mut self, property: &'static str) {
        if let Some((report, mark)) = self.report {
            report.leave(mark);
            report.at(&property, |report| {
                report.record("required", format!("missing field `{property}`"), None);
            });
            self.failed = true;
        }
    }

    /// Takes up what is wrong with the object or array as a whole.
    #[cold]
    #[inline(never)]
    pub(crate) fn whole<E: de::Error>(
        &mut self,
        rule: &'static str,
        message: String,
    ) -> Result<(), E> {
        let Some((report, mark)) = self.report else {
            return Err(E::custom(message));
        };
        report.leave(mark);
        report.record(rule, message, None);
        self.failed = true;
        Ok(())
    }

    /// Leaves the level; an error if a fault was recorded at it.
    #[inline]
    pub(crate) fn close<E: de::Error>(&self) -> Result<(), E> {
        if let Some((report, mark)) = self.report {
            report.leave(mark);
        }
        if self.failed {
            Err(E::custom("not as its schema says"))
        } else {
            Ok(())
        }
    }
}
