//! Constraints as lines of tables.

use std::collections::HashSet;

use crate::config::TypesConfig;
use crate::model::{Api, Constraints, EnumBase, KeyRule, Number, Shape, Tuple, TypeId, Use};
use crate::pattern::Pattern;

use super::formats;

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
    /// A bound that no float holds.
    Whole(i128),
    /// Rules for each item or value.
    Rules(Vec<Rule>),
    /// The constant that checks a format.
    Format(&'static str),
    /// Regular expressions.
    Patterns(Vec<Pattern>),
    /// Sets of properties.
    Names(Vec<Vec<String>>),
    /// Values, as JSON.
    Values(Vec<String>),
}

/// Which types have something to check inside.
pub(super) struct Checked<'a> {
    api: &'a Api,
    config: &'a TypesConfig,
    types: HashSet<TypeId>,
}

impl<'a> Checked<'a> {
    /// Every struct and union in which some value is constrained, directly or further in.
    pub(super) fn find(api: &'a Api, config: &'a TypesConfig) -> Self {
        let mut checked = Self {
            api,
            config,
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
            Shape::Object(object) => {
                object.fields.values().any(|field| any(&field.ty))
                    || object.patterns.iter().any(|(_, used)| any(used))
                    || object.extra.kept().is_some_and(|used| any(&used))
                    || !whole(&self.api.types.get(id).constraints).is_empty()
            }
            Shape::Tuple(tuple) => {
                let items = tuple.items.iter().map(|item| item.ty);
                items.chain(tuple.rest).any(|used| any(&used))
                    || !self.whole_tuple(id, tuple).is_empty()
            }
            Shape::Array(_) | Shape::Map(_) if self.api.types.get(id).wrapped => {
                !self.inside(id).is_empty()
            }
            Shape::Union(union) => union.variants.iter().any(|variant| any(&variant.ty)),
            _ => false,
        }
    }

    /// The rules of one place: those of its type, and of what lists and maps hold.
    pub(super) fn rules(&self, used: Use) -> Vec<Rule> {
        self.rules_at(used, 0)
    }

    /// The rules of every value of a map.
    pub(super) fn each(&self, used: Use) -> Vec<Rule> {
        each(self.rules(used))
    }

    /// The rules of the list or map that a struct stands around.
    pub(super) fn inside(&self, id: TypeId) -> Vec<Rule> {
        let ty = self.api.types.get(id);
        let mut rules = Vec::new();
        own(&ty.constraints, &ty.shape, &mut rules);
        self.contains(id, &mut rules);
        if let Shape::Array(inner) | Shape::Map(inner) = ty.shape {
            rules.extend(self.each(inner));
        }
        rules
    }

    /// Adds how many items of a list there have to be of a kind.
    fn contains(&self, id: TypeId, rules: &mut Vec<Rule>) {
        let ty = self.api.types.get(id);
        let Some(contains) = &ty.constraints.contains else {
            return;
        };
        let item = match ty.shape {
            Shape::Array(inner) => self.api.types.resolve(inner).0,
            _ => id,
        };
        let mut inner = Vec::new();
        own(&contains.item, &self.api.types.get(item).shape, &mut inner);
        inner.extend(contains.types.map(|types| Rule {
            name: "types",
            argument: Argument::Values(types.iter().map(|kind| kind.name().to_owned()).collect()),
        }));
        // What says nothing of the items is about all of them.
        let wanted = contains.least;
        let counts = if inner.is_empty() {
            [("min_items", Some(wanted)), ("max_items", contains.most)]
        } else {
            rules.push(Rule {
                name: "contains",
                argument: Argument::Rules(inner),
            });
            // One is wanted where nothing else is said.
            let least = Some(wanted).filter(|least| *least != 1);
            [("min_contains", least), ("max_contains", contains.most)]
        };
        let counts = counts.into_iter();
        let counts = counts.filter_map(|(name, value)| count(name, value));
        join(rules, counts.collect());
    }

    /// The rules of a tuple as a whole, but for those that its type keeps by itself.
    pub(super) fn whole_tuple(&self, id: TypeId, tuple: &Tuple) -> Vec<Rule> {
        let ty = self.api.types.get(id);
        let mut rules = Vec::new();
        own(&ty.constraints, &ty.shape, &mut rules);
        let places = tuple.items.len() as u64;
        rules.retain(|rule| match (rule.name, &rule.argument) {
            ("min_items", Argument::Count(least)) => *least > places,
            ("max_items", Argument::Count(most)) => tuple.rest.is_some() || *most < places,
            _ => true,
        });
        rules
    }

    fn rules_at(&self, used: Use, depth: usize) -> Vec<Rule> {
        let mut rules = Vec::new();
        // Lists of lists end somewhere, or go through a type of their own.
        if depth > 32 {
            return rules;
        }
        let ty = self.api.types.get(used.id);
        if ty.wrapped {
            return if self.types.contains(&used.id) {
                vec![NESTED]
            } else {
                rules
            };
        }
        // The table of a tuple has its own.
        if !matches!(ty.shape, Shape::Tuple(_)) {
            let (settled, _) = self.api.types.resolve(used);
            own(
                &ty.constraints,
                &self.api.types.get(settled).shape,
                &mut rules,
            );
            self.contains(used.id, &mut rules);
        }
        match &ty.shape {
            Shape::Alias(target) => join(&mut rules, self.rules_at(*target, depth + 1)),
            Shape::Text(Some(format)) => {
                rules.extend(formats::check(format, self.config).map(|constant| Rule {
                    name: "format",
                    argument: Argument::Format(constant),
                }));
            }
            Shape::Array(inner) | Shape::Map(inner) => {
                rules.extend(each(self.rules_at(*inner, depth + 1)));
            }
            Shape::Tuple(_) | Shape::Object(_) | Shape::Union(_)
                if self.types.contains(&used.id) =>
            {
                rules.push(NESTED);
            }
            _ => {}
        }
        rules
    }
}

/// The value's own type has rules.
const NESTED: Rule = Rule {
    name: "nested",
    argument: Argument::None,
};

fn each(rules: Vec<Rule>) -> Vec<Rule> {
    if rules.is_empty() {
        return rules;
    }
    vec![Rule {
        name: "each",
        argument: Argument::Rules(rules),
    }]
}

/// The rules of an object as a whole.
pub(super) fn whole(written: &Constraints) -> Vec<Rule> {
    let mut rules = Vec::new();
    let counts = [
        (
            "min_properties",
            written.min_properties.filter(|least| *least > 0),
        ),
        ("max_properties", written.max_properties),
    ];
    for (name, count) in counts {
        rules.extend(count.map(|count| Rule {
            name,
            argument: Argument::Count(count),
        }));
    }
    let mut names = Vec::new();
    if let Some(written) = &written.names {
        own(written, &Shape::Text(None), &mut names);
    }
    if !names.is_empty() {
        rules.push(Rule {
            name: "property_names",
            argument: Argument::Rules(names),
        });
    }
    for (rule, name) in [
        (KeyRule::Any, "any_required"),
        (KeyRule::One, "one_required"),
        (KeyRule::Dependent, "dependent_required"),
    ] {
        let keys = written.key_sets.iter().filter(|keys| keys.rule == rule);
        let sets: Vec<Vec<String>> = keys.flat_map(|keys| keys.sets.clone()).collect();
        if !sets.is_empty() {
            rules.push(Rule {
                name,
                argument: Argument::Names(sets),
            });
        }
    }
    rules
}

/// Adds rules to others: of two of one name, what satisfies both is left.
fn join(rules: &mut Vec<Rule>, others: Vec<Rule>) {
    for other in others {
        match rules.iter_mut().find(|rule| rule.name == other.name) {
            Some(rule) => tighten(rule, other),
            None => rules.push(other),
        }
    }
}

fn tighten(rule: &mut Rule, other: Rule) {
    let is_least = matches!(
        rule.name,
        "minimum" | "exclusive_minimum" | "min_length" | "min_items" | "min_properties"
    );
    match (&mut rule.argument, other.argument) {
        (Argument::Count(one), Argument::Count(two)) => {
            *one = if is_least {
                two.max(*one)
            } else {
                two.min(*one)
            };
        }
        (Argument::Number(one), Argument::Number(two)) if rule.name != "multiple_of" => {
            *one = if is_least {
                two.max(*one)
            } else {
                two.min(*one)
            };
        }
        (Argument::Rules(one), Argument::Rules(two)) => join(one, two),
        (Argument::Patterns(one), Argument::Patterns(two)) => {
            one.extend(
                two.into_iter()
                    .filter(|pattern| !one.contains(pattern))
                    .collect::<Vec<_>>(),
            );
        }
        _ => {}
    }
}

/// The rules that apply to values of this shape; the others say nothing about them.
fn own(written: &Constraints, shape: &Shape, rules: &mut Vec<Rule>) {
    let listed: Option<Vec<String>> = match (shape, &written.one_of) {
        (Shape::Enum(list), _) if list.base == EnumBase::Booleans => Some(list.texts().collect()),
        (_, Some(values)) => Some(values.iter().map(|v| v.to_json().to_string()).collect()),
        _ => None,
    };
    // Of any value, what is said of its kind counts.
    let any = matches!(shape, Shape::Any);
    if any || matches!(shape, Shape::Text(_)) {
        let least = written.min_length.filter(|least| *least > 0);
        rules.extend(count("min_length", least));
        rules.extend(count("max_length", written.max_length));
        if !written.patterns.is_empty() {
            rules.push(Rule {
                name: "pattern",
                argument: Argument::Patterns(written.patterns.clone()),
            });
        }
    }
    if any || matches!(shape, Shape::Integer(_) | Shape::Number(_)) {
        bounds(written, rules);
    }
    if any || matches!(shape, Shape::Array(_) | Shape::Tuple(_)) {
        lengths(written, rules);
    }
    if any || matches!(shape, Shape::Map(_)) {
        rules.extend(whole(written));
    }
    if let Some(values) = listed {
        rules.push(Rule {
            name: "one_of",
            argument: Argument::Values(values),
        });
    }
}

fn count(name: &'static str, value: Option<u64>) -> Option<Rule> {
    Some(Rule {
        name,
        argument: Argument::Count(value?),
    })
}

/// The rules of lists.
fn lengths(written: &Constraints, rules: &mut Vec<Rule>) {
    let least = written.min_items.filter(|least| *least > 0);
    rules.extend(count("min_items", least));
    rules.extend(count("max_items", written.max_items));
    if written.unique_items {
        rules.push(Rule {
            name: "unique_items",
            argument: Argument::None,
        });
    }
}

/// The rules of numbers.
fn bounds(written: &Constraints, rules: &mut Vec<Rule>) {
    for (name, exact, value) in [
        ("minimum", "minimum_whole", written.minimum),
        ("maximum", "maximum_whole", written.maximum),
        (
            "exclusive_minimum",
            "exclusive_minimum_whole",
            written.exclusive_minimum,
        ),
        (
            "exclusive_maximum",
            "exclusive_maximum_whole",
            written.exclusive_maximum,
        ),
    ] {
        if let Some(value) = value.and_then(beyond_floats) {
            rules.push(Rule {
                name: exact,
                argument: Argument::Whole(value),
            });
        } else if let Some(value) = value.map(Number::as_f64).filter(|value| value.is_finite()) {
            rules.push(Rule {
                name,
                argument: Argument::Number(value),
            });
        }
    }
    if let Some(factor) = written.multiple_of.map(Number::as_f64) {
        rules.push(Rule {
            name: "multiple_of",
            argument: Argument::Number(factor),
        });
    }
}

/// A whole number that a float may not hold.
fn beyond_floats(number: Number) -> Option<i128> {
    let whole = match number {
        Number::Int(value) => i128::from(value),
        Number::UInt(value) => i128::from(value),
        Number::Float(_) => return None,
    };
    (whole.unsigned_abs() > 1 << 53).then_some(whole)
}
