//! A bound on the work of telling variants apart. The ladder is near linear on real unions; on others each of its steps
//! could look at everything again.

use std::cell::Cell;

/// What one union may cost, in looks at a property or a value; real ones cost thousands.
const UNION: usize = 400_000;

/// What all unions of a document may cost.
const DOCUMENT: usize = 20_000_000;

/// Looks that are left.
#[derive(Debug)]
pub struct Budget {
    union: Cell<usize>,
    document: Cell<usize>,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            union: Cell::new(UNION),
            document: Cell::new(DOCUMENT),
        }
    }
}

impl Budget {
    /// Starts on another union of the document.
    pub fn next_union(&self) {
        self.union.set(UNION);
    }

    /// Takes what a step costs; `false` where that is not left.
    pub fn pay(&self, cost: usize) -> bool {
        let left = |cell: &Cell<usize>| cell.get().checked_sub(cost);
        let (Some(union), Some(document)) = (left(&self.union), left(&self.document)) else {
            return false;
        };
        self.union.set(union);
        self.document.set(document);
        true
    }
}
