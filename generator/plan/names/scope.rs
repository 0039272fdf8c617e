//! Names that are taken, and the next free one.

use std::collections::{HashMap, HashSet};

/// Strict and reserved keywords of every edition (The Rust Reference, Keywords).
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "Self", "static", "struct", "super", "trait", "true", "try", "type",
    "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Keywords that cannot be raw identifiers.
const NEVER_RAW: &[&str] = &["self", "Self", "super", "crate", "_"];

/// Hands out names that differ from each other.
#[derive(Debug, Clone, Default)]
pub(in crate::plan) struct Scope {
    taken: HashSet<String>,
    /// The number to try next, by the name and joint that it follows: those before it are taken.
    next: HashMap<String, usize>,
}

impl Scope {
    /// A scope in which `reserved` are taken.
    pub(in crate::plan) fn reserving<'a>(reserved: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            taken: reserved.into_iter().map(str::to_owned).collect(),
            next: HashMap::new(),
        }
    }

    /// `name`, or it with the first free number from 2.
    pub(in crate::plan) fn claim(&mut self, name: &str) -> String {
        self.claim_joined(name, "")
    }

    /// As [`Scope::claim`], with an underscore before the number.
    pub(in crate::plan) fn claim_snake(&mut self, name: &str) -> String {
        self.claim_joined(name, "_")
    }

    /// As [`Scope::claim`], with `joint` before the number.
    pub(in crate::plan) fn claim_joined(&mut self, name: &str, joint: &str) -> String {
        if self.taken.insert(name.to_owned()) {
            return name.to_owned();
        }
        let stem = format!("{name}{joint}");
        let mut number = self.next.get(&stem).copied().unwrap_or(2);
        let mut free = format!("{stem}{number}");
        while !self.taken.insert(free.clone()) {
            number += 1;
            free = format!("{stem}{number}");
        }
        self.next.insert(stem, number + 1);
        free
    }

    /// Whether a name is still free.
    pub(in crate::plan) fn is_free(&self, name: &str) -> bool {
        !self.taken.contains(name)
    }
}

/// A name as an identifier: a keyword becomes a raw one, or gets an underscore where it cannot.
pub(in crate::plan) fn identifier(name: &str) -> String {
    if NEVER_RAW.contains(&name) {
        format!("{name}_")
    } else if KEYWORDS.contains(&name) {
        format!("r#{name}")
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{Scope, identifier};

    #[test]
    fn a_taken_name_gets_a_number() {
        let mut scope = Scope::reserving(["Option"]);
        assert_eq!(scope.claim("Option"), "Option2");
        assert_eq!(scope.claim("Pet"), "Pet");
        assert_eq!(scope.claim("Pet"), "Pet2");
        assert_eq!(scope.claim_snake("pet"), "pet");
        assert_eq!(scope.claim_snake("pet"), "pet_2");
        assert!(!scope.is_free("pet_2"));
    }

    #[test]
    fn keywords_become_raw() {
        assert_eq!(identifier("type"), "r#type");
        assert_eq!(identifier("extern"), "r#extern");
        assert_eq!(identifier("self"), "self_");
        assert_eq!(identifier("types"), "types");
    }
}
