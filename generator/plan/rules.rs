//! Constraints as lines of tables.

use std::collections::HashSet;
use std::fmt;

use crate::model::{Api, Constraints, Number, Shape, TypeId, Use};

/// One rule of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// The keyword in snake case.
    pub name: &'static str,
    /// What it is given.
    pub argument: Argument,
}

/// What a rule is given.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument {
    /// Nothing.
    None,
    /// A number of characters, items or properties.
    Count(u64),
    /// A bound.
    Number(f64),
    /// Rules for each item or value.
    Rules(Vec<Rule>),
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)?;
        match &self.argument {
            Argument::None => Ok(()),
            Argument::Count(count) => write!(f, "({})", grouped(&count.to_string())),
            Argument::Number(number) => write!(f, "({})", grouped(&format!("{number:?}"))),
            Argument::Rules(rules) => {
                let rules: Vec<String> = rules.iter().map(ToString::to_string).collect();
                write!(f, "({})", rules.join(", "))
            }
        }
    }
}

/// Digits before the point in groups of three, where there are many.
fn grouped(number: &str) -> String {
    let (sign, digits) = number
        .strip_prefix('-')
        .map_or(("", number), |digits| ("-", digits));
    let whole = digits
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(digits.len());
    if whole <= 5 {
        return number.to_owned();
    }
    let mut out = sign.to_owned();
    for (index, digit) in digits[..whole].char_indices() {
        if index > 0 && (whole - index) % 3 == 0 {
            out.push('_');
        }
        out.push(digit);
    }
    out + &digits[whole..]
}

/// Which types have something to check inside.
pub(super) struct Checked<'a> {
    api: &'a Api,
    types: HashSet<TypeId>,
}

impl<'a> Checked<'a> {
    /// Every struct and union in which some value is constrained, directly or further in.
    pub(super) fn find(api: &'a Api) -> Self {
        let mut checked = Self {
            api,
            types: HashSet::new(),
        };
        // Each round adds at least one type, so there are at most as many rounds as types.
        loop {
            let found: Vec<TypeId> = api
                .types
                .iter()
                .map(|(id, _)| id)
                .filter(|id| !checked.types.contains(id) && checked.has_rules(*id))
                .collect();
            if found.is_empty() {
                return checked;
            }
            checked.types.extend(found);
        }
    }

    fn has_rules(&self, id: TypeId) -> bool {
        let any = |used: &Use| !self.rules(*used).is_empty();
        match &self.api.types.get(id).shape {
            Shape::Object(object) => object.fields.values().any(|field| any(&field.ty)),
            Shape::Union(union) => union.variants.iter().any(|variant| any(&variant.ty)),
            _ => false,
        }
    }

    /// The rules of one place: those of its type, and of what lists and maps hold.
    pub(super) fn rules(&self, used: Use) -> Vec<Rule> {
        self.rules_at(used, 0)
    }

    fn rules_at(&self, used: Use, depth: usize) -> Vec<Rule> {
        let mut rules = Vec::new();
        // Lists of lists end somewhere, or go through a type of their own.
        if depth > 32 {
            return rules;
        }
        let ty = self.api.types.get(used.id);
        own(&ty.constraints, &ty.shape, &mut rules);
        match &ty.shape {
            Shape::Alias(target) => {
                let inner = self.rules_at(*target, depth + 1);
                rules.retain(|rule| !inner.iter().any(|other| other.name == rule.name));
                rules.extend(inner);
            }
            Shape::Array(inner) | Shape::Map(inner) => {
                let each = self.rules_at(*inner, depth + 1);
                if !each.is_empty() {
                    rules.push(Rule {
                        name: "each",
                        argument: Argument::Rules(each),
                    });
                }
            }
            Shape::Object(_) | Shape::Union(_) if self.types.contains(&used.id) => {
                rules.push(Rule {
                    name: "nested",
                    argument: Argument::None,
                });
            }
            _ => {}
        }
        rules
    }
}

/// The rules that apply to values of this shape; the others say nothing about them.
fn own(written: &Constraints, shape: &Shape, rules: &mut Vec<Rule>) {
    let mut count = |name, value: Option<u64>| {
        if let Some(value) = value {
            rules.push(Rule {
                name,
                argument: Argument::Count(value),
            });
        }
    };
    match shape {
        Shape::Text(_) => {
            count("min_length", written.min_length.filter(|least| *least > 0));
            count("max_length", written.max_length);
        }
        Shape::Array(_) => {
            count("min_items", written.min_items.filter(|least| *least > 0));
            count("max_items", written.max_items);
            if written.unique_items {
                rules.push(Rule {
                    name: "unique_items",
                    argument: Argument::None,
                });
            }
        }
        Shape::Map(_) => {
            count(
                "min_properties",
                written.min_properties.filter(|least| *least > 0),
            );
            count("max_properties", written.max_properties);
        }
        Shape::Integer(_) | Shape::Number(_) => {
            let mut bound = |name, value: Option<Number>| {
                if let Some(value) = value.map(Number::as_f64).filter(|value| value.is_finite()) {
                    rules.push(Rule {
                        name,
                        argument: Argument::Number(value),
                    });
                }
            };
            bound("minimum", written.minimum);
            bound("maximum", written.maximum);
            bound("exclusive_minimum", written.exclusive_minimum);
            bound("exclusive_maximum", written.exclusive_maximum);
            bound("multiple_of", written.multiple_of);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{Argument, Rule};

    #[test]
    fn rules_print_as_tables_have_them() {
        let count = |name, value| Rule {
            name,
            argument: Argument::Count(value),
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
        ] {
            assert_eq!(rule.to_string(), text);
        }
    }
}
