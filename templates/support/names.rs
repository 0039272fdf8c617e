//! Properties by name: the position of each in its object's table.

use std::fmt;

use serde::{
    Deserializer,
    de::{self, DeserializeSeed, Visitor},
};

/// Stands for the position of a name that is not in the table.
pub(crate) const UNDECLARED: usize = usize::MAX;

/// The names of a table, and the place of the one that was read last: the search for the next starts after it, as
/// documents mostly come in the table's order.
pub(crate) struct Names {
    pub(crate) declared: &'static [&'static str],
    pub(crate) at: usize,
    /// Whether undeclared names matter.
    pub(crate) capture: bool,
    /// The undeclared name that was read last, where those matter.
    pub(crate) undeclared: Option<String>,
}

impl Names {
    /// Finds a name that is not the next one.
    #[inline(never)]
    fn search(&mut self, name: &str) {
        let is_it = |candidate: &&str| *candidate == name;
        let next = self.at.wrapping_add(1).min(self.declared.len());
        let (before, after) = self.declared.split_at(next);
        let found = after.iter().position(is_it).map(|index| next + index);
        self.at = found
            .or_else(|| before.iter().position(is_it))
            .unwrap_or(UNDECLARED);
        if self.at == UNDECLARED && self.capture {
            self.undeclared = Some(name.to_owned());
        }
    }
}

/// Whether two names are the same. Most have up to 16 bytes, for which a call of `memcmp` costs more than comparing
/// their beginnings and ends, which overlap.
#[inline]
fn same(a: &[u8], b: &[u8]) -> bool {
    fn ends<const N: usize>(a: &[u8], b: &[u8]) -> bool {
        a.first_chunk::<N>() == b.first_chunk::<N>() && a.last_chunk::<N>() == b.last_chunk::<N>()
    }
    a.len() == b.len()
        && match a.len() {
            0..4 => a.iter().zip(b).all(|(a, b)| a == b),
            4..8 => ends::<4>(a, b),
            8..=16 => ends::<8>(a, b),
            _ => a == b,
        }
}

impl<'de> DeserializeSeed<'de> for &mut Names {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<(), D::Error> {
        source.deserialize_identifier(self)
    }
}

impl Visitor<'_> for &mut Names {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property name")
    }

    #[inline]
    fn visit_str<E: de::Error>(self, name: &str) -> Result<(), E> {
        let next = self.at.wrapping_add(1);
        match self.declared.get(next) {
            Some(expected) if same(expected.as_bytes(), name.as_bytes()) => self.at = next,
            _ => self.search(name),
        }
        Ok(())
    }
}
