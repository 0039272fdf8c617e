//! Constraints as lines of tables.

use proc_macro2::TokenStream;
use quote::quote;

use crate::pattern::{Engine, Pattern};
use crate::plan::{Argument, Rule};
use crate::text::grouped;

use super::literal::{raw_string, string};

/// The rules of one place as a table has them.
pub(super) fn joined(rules: &[Rule]) -> String {
    let rules: Vec<String> = rules.iter().map(text).collect();
    rules.join(", ")
}

fn text(rule: &Rule) -> String {
    let name = rule.name;
    match &rule.argument {
        Argument::None => name.to_owned(),
        Argument::Count(count) => format!("{name}({})", grouped(&count.to_string())),
        Argument::Number(number) => format!("{name}({})", grouped(&format!("{number:?}"))),
        Argument::Whole(number) => format!("{name}({})", grouped(&number.to_string())),
        Argument::Rules(rules) => format!("{name}({})", joined(rules)),
        Argument::Names(sets) => {
            let sets: Vec<String> = sets.iter().map(|names| strings(names)).collect();
            format!("{name}(&[{}])", sets.join(", "))
        }
        Argument::Values(values) => format!("{name}({})", strings(values)),
        Argument::Format(constant) => format!("{name}(formats::{constant})"),
        Argument::Patterns(patterns) => {
            let patterns: Vec<String> = patterns.iter().map(predicate).collect();
            format!("{name}({})", patterns.join(", "))
        }
    }
}

fn strings(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| string(text)).collect();
    format!("&[{}]", texts.join(", "))
}

/// The macro that makes a predicate of a pattern.
pub(super) fn predicate(pattern: &Pattern) -> String {
    let engine = engine(pattern);
    let translated = raw_string(&pattern.translated);
    if pattern.written == pattern.translated {
        format!("{engine}!({translated})")
    } else {
        format!(
            "{engine}!({} => {translated})",
            raw_string(&pattern.written)
        )
    }
}

fn engine(pattern: &Pattern) -> &'static str {
    match pattern.engine {
        Engine::Linear => "regex",
        Engine::Backtracking => "backtracking",
    }
}

/// The macros and constants that some rules name.
#[derive(Debug, Default)]
pub(super) struct Macros {
    regex: bool,
    backtracking: bool,
    formats: bool,
}

impl Macros {
    /// Takes note of what `rules` name.
    pub(super) fn see(&mut self, rules: &[Rule]) {
        for rule in rules {
            match &rule.argument {
                Argument::Rules(inner) => self.see(inner),
                Argument::Patterns(patterns) => {
                    for pattern in patterns {
                        self.see_pattern(pattern);
                    }
                }
                Argument::Format(_) => self.formats = true,
                Argument::None
                | Argument::Count(_)
                | Argument::Number(_)
                | Argument::Whole(_)
                | Argument::Names(_)
                | Argument::Values(_) => {}
            }
        }
    }

    /// Takes note of what a pattern names.
    pub(super) fn see_pattern(&mut self, pattern: &Pattern) {
        match pattern.engine {
            Engine::Linear => self.regex = true,
            Engine::Backtracking => self.backtracking = true,
        }
    }

    /// Their imports.
    pub(super) fn imports(&self) -> TokenStream {
        let regex = self.regex.then(|| {
            quote!(
                use crate::support::pattern::regex;
            )
        });
        let backtracking = self.backtracking.then(|| {
            quote!(
                use crate::support::backtracking::backtracking;
            )
        });
        let formats = self.formats.then(|| {
            quote!(
                use crate::support::formats;
            )
        });
        quote!(#formats #regex #backtracking)
    }
}

#[cfg(test)]
mod tests {
    use crate::pattern::Pattern;
    use crate::plan::{Argument, Rule};

    use super::text as of;

    #[test]
    fn rules_print_as_tables_have_them() {
        let count = |name, value| Rule {
            name,
            argument: Argument::Count(value),
        };
        let patterns = |written: &[&str]| Rule {
            name: "pattern",
            argument: Argument::Patterns(
                written
                    .iter()
                    .map(|one| Pattern::new(one).unwrap())
                    .collect(),
            ),
        };
        let number = |value| Rule {
            name: "minimum",
            argument: Argument::Number(value),
        };
        for (rule, text) in [
            (count("min_length", 1), "min_length(1)"),
            (count("max_length", 1_234_567), "max_length(1_234_567)"),
            (
                number(-9_223_372_036_854_775_808.0),
                "minimum(-9.223372036854776e18)",
            ),
            (number(-100_000.5), "minimum(-100_000.5)"),
            (
                Rule {
                    name: "unique_items",
                    argument: Argument::None,
                },
                "unique_items",
            ),
            (
                Rule {
                    name: "each",
                    argument: Argument::Rules(vec![count("min_length", 1)]),
                },
                "each(min_length(1))",
            ),
            (
                patterns(&["^a$", "^a\"#\\d"]),
                "pattern(regex!(\"^a$\"), regex!(r##\"^a\"#\\d\"## => r##\"^a\"#[0-9]\"##))",
            ),
            (
                Rule {
                    name: "format",
                    argument: Argument::Format("URI"),
                },
                "format(formats::URI)",
            ),
            (patterns(&["(?=a)"]), "pattern(backtracking!(\"(?=a)\"))"),
        ] {
            assert_eq!(of(&rule), text);
        }
    }
}
