//! The variant that holds whatever the others do.

use indexmap::IndexSet;

use super::Decision;
use super::facts::{Facts, PropertyFacts};
use super::objects::{Objects, object, weight};

/// Pairs of variants that are held against each other, at most; real unions have hundreds.
const MAX_PAIRS: usize = 10_000;

impl<'f> Objects<'_, 'f> {
    /// The variant that holds whatever the others hold, if there is one: nothing is lost by taking it.
    pub(super) fn widest(&self, set: &[&'f Facts]) -> Option<Decision> {
        if set.len() * set.len() > MAX_PAIRS || !self.budget.pay(set.len() * weight(set)) {
            return None;
        }
        let wide = set.iter().filter(|wide| {
            set.iter()
                .all(|other| wide.owner == other.owner || self.holds(wide, other))
        });
        // Among several, the one that has the least besides.
        let wide = wide.min_by_key(|wide| object(wide).properties.len())?;
        Some(Decision::Variant(wide.owner))
    }

    /// Whether every value that `other` takes is one for `wide` too, and keeps all of its properties.
    fn holds(&self, wide: &'f Facts, other: &'f Facts) -> bool {
        let (ours, theirs) = (object(wide), object(other));
        let declared = self.unsettled(wide).all(|(name, own)| {
            if let Some(property) = theirs.properties.get(name) {
                let fits = holds_value(own, property)
                    // A list that was asked for leaves it absent.
                    || self.asked.contains(name) && property.strings.is_some();
                fits && (!own.required || property.required)
            } else {
                !own.required
                    && theirs
                        .undeclared()
                        .is_none_or(|extra| holds_value(own, extra))
            }
        });
        let mut others = self
            .unsettled(other)
            .filter(|(name, _)| !ours.properties.contains_key(*name))
            .map(|(_, property)| property)
            .chain(theirs.undeclared());
        let room = ours.undeclared();
        declared && others.all(|property| room.is_some_and(|room| holds_value(room, property)))
    }
}

/// Whether all values of one property are values of another.
fn holds_value(wide: &PropertyFacts, narrow: &PropertyFacts) -> bool {
    wide.kinds.contains(narrow.kinds)
        && (wide.nullable || !narrow.nullable)
        && within(wide.strings.as_deref(), narrow.strings.as_deref())
        && (wide.form.is_none() || wide.form == narrow.form)
}

/// Whether a list, if there is one, has all values of another.
fn within(wide: Option<&IndexSet<String>>, narrow: Option<&IndexSet<String>>) -> bool {
    wide.is_none_or(|wide| {
        narrow.is_some_and(|narrow| narrow.iter().all(|value| wide.contains(value)))
    })
}
