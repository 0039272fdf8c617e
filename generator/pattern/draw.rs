//! Texts that match an expression.

use regex_syntax::hir::{Class, Hir, HirKind};

use super::{Engine, Pattern};

/// How deep an expression is followed.
const MAX_DEPTH: usize = 40;

/// Longer texts are given up.
const MAX_LENGTH: usize = 4_000;

/// How often more than it must what can be repeated is.
const MORE: &[usize] = &[
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 16, 20, 24, 25, 31, 32, 36, 40, 48, 63, 64, 100,
    128, 255, 256,
];

/// Characters that a reader would expect, in the order in which they are taken.
const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";

/// What texts are tried for an expression that looks around: there is no way to read one off it.
const GUESSES: &[&str] = &[
    "text",
    "Text",
    "TEXT",
    "1",
    "0",
    "a",
    "A1",
    "Password1!",
    "2024-01-31",
    "example.com",
    "https://example.com",
    "a@example.com",
    "/a",
    "a-b",
    "a_b",
    "10",
];

/// Tells whether a text matches.
pub type Matcher = Box<dyn Fn(&str) -> bool>;

impl Pattern {
    /// Returns texts that match, of which every other is longer than the one before, as far as the expression
    /// allows that; `turn` makes them begin otherwise. Nothing in it is left to chance.
    pub fn texts(&self, turn: usize) -> impl Iterator<Item = String> {
        let hir = (self.engine == Engine::Linear)
            .then(|| regex_syntax::parse(&self.translated).ok())
            .flatten();
        let check = self.matcher();
        let written = MORE.iter().map_while(move |&more| {
            let mut text = String::new();
            let mut writer = Writer {
                text: &mut text,
                turn,
                more,
            };
            writer.write(hir.as_ref()?, 0)?;
            Some(text)
        });
        let guesses = GUESSES.iter().map(|&guess| guess.to_owned());
        written.chain(guesses).filter(move |text| check(text))
    }

    /// Returns what tells whether a text matches.
    #[must_use]
    pub fn matcher(&self) -> Matcher {
        match self.engine {
            Engine::Linear => match regex::RegexBuilder::new(&self.translated)
                .size_limit(super::SIZE_LIMIT)
                .build()
            {
                Ok(regex) => Box::new(move |text| regex.is_match(text)),
                Err(_) => Box::new(|_| false),
            },
            Engine::Backtracking => match fancy_regex::Regex::new(&self.translated) {
                Ok(regex) => Box::new(move |text| regex.is_match(text).unwrap_or(false)),
                Err(_) => Box::new(|_| false),
            },
        }
    }
}

struct Writer<'t> {
    text: &'t mut String,
    /// Which of several is taken first.
    turn: usize,
    /// How often more than it must what can be repeated is.
    more: usize,
}

impl Writer<'_> {
    fn write(&mut self, hir: &Hir, depth: usize) -> Option<()> {
        if depth > MAX_DEPTH || self.text.len() > MAX_LENGTH {
            return None;
        }
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => {}
            HirKind::Literal(literal) => {
                self.text.push_str(std::str::from_utf8(&literal.0).ok()?);
            }
            HirKind::Class(class) => {
                let picked = self.pick(class)?;
                self.text.push(picked);
            }
            HirKind::Repetition(repetition) => {
                let more = u32::try_from(self.more).ok()?;
                let most = repetition.max.unwrap_or(u32::MAX);
                // Nothing at all is rarely what is meant.
                let least = repetition.min.max(u32::from(most > 0 && self.more > 0));
                for _ in 0..least.saturating_add(more.saturating_sub(1)).min(most) {
                    self.write(&repetition.sub, depth + 1)?;
                }
            }
            HirKind::Capture(capture) => self.write(&capture.sub, depth + 1)?,
            HirKind::Concat(parts) => {
                for part in parts {
                    self.write(part, depth + 1)?;
                }
            }
            HirKind::Alternation(parts) => {
                let part = parts.get(self.turn % parts.len().max(1))?;
                self.write(part, depth + 1)?;
            }
        }
        Some(())
    }

    fn pick(&self, class: &Class) -> Option<char> {
        let Class::Unicode(class) = class else {
            return None;
        };
        let holds = |c: &char| {
            let mut ranges = class.ranges().iter();
            ranges.any(|range| (range.start()..=range.end()).contains(c))
        };
        let plain: Vec<char> = PLAIN.chars().filter(holds).collect();
        let at = self.turn + self.text.len();
        plain
            .get(at % plain.len().max(1))
            .copied()
            .or_else(|| Some(class.ranges().first()?.start()))
    }
}
