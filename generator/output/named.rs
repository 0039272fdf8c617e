//! What a text of Rust names: crates, and support modules.

use std::collections::BTreeSet;

use super::lexer::{Kind, pieces};

/// What a text names.
#[derive(Debug, Default)]
pub(super) struct Named<'t> {
    /// The first segments of its paths: crates, among other things.
    pub(super) crates: BTreeSet<&'t str>,
    /// The `x` of every `crate::support::x`, `support::x` and `crate::support::{x, y::z}`, links of the
    /// documentation included.
    pub(super) modules: BTreeSet<&'t str>,
}

impl<'t> Named<'t> {
    /// Reads a text, once from end to end.
    pub(super) fn of(text: &'t str) -> Self {
        let mut named = Self::default();
        // The three pieces before the present one that are neither space nor comment.
        let mut before = [(Kind::Space, ""); 3];
        let mut group: Option<Group> = None;
        for piece in pieces(text) {
            match piece.0 {
                Kind::Space => continue,
                Kind::Comment => {
                    named.links(piece.1);
                    continue;
                }
                _ => {}
            }
            if let Some(open) = &mut group
                && !open.take(piece, &mut named.modules)
            {
                group = None;
            }
            match (before, piece) {
                ([.., (_, "support"), (_, "::")], (Kind::Word, name)) => {
                    named.modules.insert(name);
                }
                ([.., (_, "support"), (_, "::")], (_, "{")) => group = Some(Group::default()),
                // `::serde::de` starts with a crate too, `axum::http::Method` has none in its middle.
                ([first, second, (Kind::Word, word)], (_, "::")) => {
                    let continues = second.1 == "::"
                        && (first.0 == Kind::Word && !is_keyword(first.1) || first.1 == ">");
                    if !continues && !is_keyword(word) {
                        named.crates.insert(word);
                    }
                }
                _ => {}
            }
            before = [before[1], before[2], piece];
        }
        named
    }

    fn links(&mut self, comment: &'t str) {
        for (at, found) in comment.match_indices("support::") {
            let after = &comment[at + found.len()..];
            let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            self.modules.insert(&after[..end.unwrap_or(after.len())]);
        }
    }
}

/// The inside of a `{…}` in a path, of which the first word of each entry counts.
#[derive(Debug, Default)]
struct Group {
    depth: usize,
    /// Whether the entry has begun.
    begun: bool,
}

impl Group {
    /// Takes the next piece; `false` if the group ends with it.
    fn take<'t>(
        &mut self,
        (kind, piece): (Kind, &'t str),
        modules: &mut BTreeSet<&'t str>,
    ) -> bool {
        match piece {
            "{" => self.depth += 1,
            "}" if self.depth == 0 => return false,
            "}" => self.depth -= 1,
            "," if self.depth == 0 => self.begun = false,
            word => {
                if !self.begun && self.depth == 0 && kind == Kind::Word {
                    modules.insert(word);
                }
                self.begun = true;
            }
        }
        true
    }
}

/// Words that stand before a path without being part of it.
fn is_keyword(word: &str) -> bool {
    matches!(
        word,
        "use"
            | "impl"
            | "for"
            | "as"
            | "in"
            | "dyn"
            | "mut"
            | "return"
            | "match"
            | "if"
            | "else"
            | "move"
            | "where"
            | "const"
            | "ref"
            | "break"
    )
}
