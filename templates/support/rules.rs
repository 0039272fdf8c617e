//! Constraints as data: what JSON Schema says about a value beyond its type.

use std::collections::BTreeMap;

use serde_json::{Map, Number, Value};

use crate::support::{
    bound::Bound,
    codec::{AsSerialize, Encode},
    lists::{check_items, check_types},
    maybe::Maybe,
    properties::{check_count, check_name, check_required},
    report::Report,
    violation::{Location, Violation},
};

/// The constraints on one value. An absent rule is `None`; lengths count Unicode scalar values.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    min_length: Option<usize>,
    max_length: Option<usize>,
    pattern: &'static [Predicate],
    format: Option<&'static Predicate>,
    minimum: Option<Bound>,
    maximum: Option<Bound>,
    exclusive_minimum: Option<Bound>,
    exclusive_maximum: Option<Bound>,
    multiple_of: Option<f64>,
    pub(crate) min_items: Option<usize>,
    pub(crate) max_items: Option<usize>,
    pub(crate) unique_items: bool,
    pub(crate) contains: Option<&'static Rules>,
    pub(crate) min_contains: Option<usize>,
    pub(crate) max_contains: Option<usize>,
    pub(crate) types: Option<&'static [&'static str]>,
    pub(crate) min_properties: Option<usize>,
    pub(crate) max_properties: Option<usize>,
    pub(crate) property_names: Option<&'static Rules>,
    pub(crate) any_required: Option<KeySets>,
    pub(crate) one_required: Option<KeySets>,
    pub(crate) dependent_required: Option<KeySets>,
    each: Option<&'static Rules>,
    one_of: Option<&'static [&'static str]>,
}

/// Sets of names of properties.
pub type KeySets = &'static [&'static [&'static str]];

/// A rule on strings that takes code to decide: a `pattern` or a `format`.
#[derive(Debug, Clone, Copy)]
pub struct Predicate {
    /// The pattern's source or the format's name, for messages.
    pub name: &'static str,
    /// Whether a string satisfies it.
    pub holds: fn(&str) -> bool,
}

/// Writes the builder methods, which tables call by the name of the rule.
macro_rules! builders {
    ($($(#[$doc:meta])* $rule:ident: $type:ty,)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub const fn $rule(mut self, value: $type) -> Self {
            self.$rule = Some(value);
            self
        }
    )*};
}

/// Writes the builder methods of bounds: by a float, and by a whole number that no float holds.
macro_rules! bounds {
    ($($(#[$doc:meta])* $rule:ident $whole:ident,)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub const fn $rule(mut self, value: f64) -> Self {
            self.$rule = Some(Bound::Float(value));
            self
        }

        $(#[$doc])*
        #[must_use]
        pub const fn $whole(mut self, value: i128) -> Self {
            self.$rule = Some(Bound::Whole(value));
            self
        }
    )*};
}

impl Rules {
    /// No constraint.
    pub const NONE: Rules = Rules {
        min_length: None,
        max_length: None,
        pattern: &[],
        format: None,
        minimum: None,
        maximum: None,
        exclusive_minimum: None,
        exclusive_maximum: None,
        multiple_of: None,
        min_items: None,
        max_items: None,
        unique_items: false,
        contains: None,
        min_contains: None,
        max_contains: None,
        types: None,
        min_properties: None,
        max_properties: None,
        property_names: None,
        any_required: None,
        one_required: None,
        dependent_required: None,
        each: None,
        one_of: None,
    };

    builders! {
        /// `minLength`.
        min_length: usize,
        /// `maxLength`.
        max_length: usize,
        /// `format`.
        format: &'static Predicate,
        /// `multipleOf`.
        multiple_of: f64,
        /// `minItems`.
        min_items: usize,
        /// `maxItems`.
        max_items: usize,
        /// `contains`: the rules of items of which there have to be some.
        contains: &'static Rules,
        /// `minContains`; one where it is not said.
        min_contains: usize,
        /// `maxContains`.
        max_contains: usize,
        /// `type`, of any JSON value.
        types: &'static [&'static str],
        /// `minProperties`.
        min_properties: usize,
        /// `maxProperties`.
        max_properties: usize,
        /// `propertyNames`.
        property_names: &'static Rules,
        /// `anyOf` with `required`: all properties of at least one set.
        any_required: KeySets,
        /// `oneOf` with `required`: all properties of exactly one set.
        one_required: KeySets,
        /// `dependentRequired`: with the first property of a set all of it.
        dependent_required: KeySets,
        /// The rules of every item of an array, or of every value of a map.
        each: &'static Rules,
        /// `enum` or `const`: the value equals one of these JSON texts.
        one_of: &'static [&'static str],
    }

    /// `pattern`: all of these.
    #[must_use]
    pub const fn pattern(mut self, patterns: &'static [Predicate]) -> Self {
        self.pattern = patterns;
        self
    }

    bounds! {
        /// `minimum`.
        minimum minimum_whole,
        /// `maximum`.
        maximum maximum_whole,
        /// `exclusiveMinimum`.
        exclusive_minimum exclusive_minimum_whole,
        /// `exclusiveMaximum`.
        exclusive_maximum exclusive_maximum_whole,
    }

    /// `uniqueItems`.
    #[must_use]
    pub const fn unique_items(mut self) -> Self {
        self.unique_items = true;
        self
    }

    /// Whether some rule is about the number of items, or about all of them.
    pub(crate) const fn are_of_lists(&self) -> bool {
        self.min_items.is_some()
            || self.max_items.is_some()
            || self.unique_items
            || self.contains.is_some()
            || self.one_of.is_some()
    }

    /// Says that the value's own type carries constraints.
    #[must_use]
    pub const fn nested(self) -> Self {
        self
    }
}

/// A list of rules as a table has it: `min_items(1), each(max_length(5))`.
macro_rules! rules {
    ($($rule:ident $(($($argument:tt)*))?),+ $(,)?) => {
        $crate::support::rules::rules!(@ [$crate::support::rules::Rules::NONE] $($rule [$($($argument)*)?])+)
    };
    (@ [$($built:tt)*]) => {
        $($built)*
    };
    (@ [$($built:tt)*] each [$($inner:tt)*] $($rest:tt)*) => {
        $crate::support::rules::rules!(
            @ [$($built)*.each(const { &$crate::support::rules::rules!($($inner)*) })] $($rest)*
        )
    };
    (@ [$($built:tt)*] contains [$($inner:tt)*] $($rest:tt)*) => {
        $crate::support::rules::rules!(
            @ [$($built)*.contains(const { &$crate::support::rules::rules!($($inner)*) })] $($rest)*
        )
    };
    (@ [$($built:tt)*] property_names [$($inner:tt)*] $($rest:tt)*) => {
        $crate::support::rules::rules!(
            @ [$($built)*.property_names(const { &$crate::support::rules::rules!($($inner)*) })] $($rest)*
        )
    };
    (@ [$($built:tt)*] pattern [$($predicates:tt)*] $($rest:tt)*) => {
        $crate::support::rules::rules!(
            @ [$($built)*.pattern(const { &[$($predicates)*] })] $($rest)*
        )
    };
    (@ [$($built:tt)*] $rule:ident [$($argument:tt)*] $($rest:tt)*) => {
        $crate::support::rules::rules!(@ [$($built)*.$rule($($argument)*)] $($rest)*)
    };
}

pub(crate) use rules;

/// A type whose values can be held against rules.
pub trait Check {
    /// Records each rule that the value breaks, and what its own type forbids.
    fn check(&self, _rules: &Rules, _report: &Report) {}
}

/// Checks the constraints that the document puts on a value's type.
pub trait Validate {
    /// Checks all of them.
    ///
    /// # Errors
    /// Every violation, each with its place: at most 1,000 of them.
    fn validate(&self) -> Result<(), Vec<Violation>>;
}

impl<T: Check + ?Sized> Validate for T {
    fn validate(&self) -> Result<(), Vec<Violation>> {
        let violations = Report::violations(Location::Body, |report| {
            self.check(&Rules::NONE, report);
        });
        if violations.is_empty() {
            Ok(())
        } else {
            Err(violations)
        }
    }
}

/// Whether two values are equal, numbers whatever their notation.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(name, a)| b.get(name).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

/// Holds a value against those that `enum` or `const` lists.
fn check_listed<T: Encode + ?Sized>(value: &T, rules: &Rules, report: &Report) {
    let Some(texts) = rules.one_of else { return };
    // What cannot be written as JSON equals nothing.
    let value = serde_json::to_value(AsSerialize(value)).ok();
    let listed = texts.iter().any(|text| {
        let listed = serde_json::from_str::<Value>(text).ok();
        listed
            .zip(value.as_ref())
            .is_some_and(|(listed, value)| same(&listed, value))
    });
    if !listed {
        let message = format!("must be one of {}", texts.join(", "));
        report.record("enum", message, value);
    }
}

impl Check for () {}

impl Check for bool {
    fn check(&self, rules: &Rules, report: &Report) {
        check_listed(self, rules, report);
    }
}

impl Check for str {
    fn check(&self, rules: &Rules, report: &Report) {
        check_listed(self, rules, report);
        let fail = |rule, message| report.record(rule, message, Some(self.into()));
        if rules.min_length.is_some() || rules.max_length.is_some() {
            let length = self.chars().count();
            if let Some(least) = rules.min_length.filter(|&least| length < least) {
                fail(
                    "minLength",
                    format!("must have at least {least} characters, has {length}"),
                );
            }
            if let Some(most) = rules.max_length.filter(|&most| length > most) {
                fail(
                    "maxLength",
                    format!("must have at most {most} characters, has {length}"),
                );
            }
        }
        for pattern in rules
            .pattern
            .iter()
            .filter(|pattern| !(pattern.holds)(self))
        {
            fail("pattern", format!("must match `{}`", pattern.name));
        }
        if let Some(format) = rules.format.filter(|format| !(format.holds)(self)) {
            fail("format", format!("must be of format `{}`", format.name));
        }
    }
}

impl Check for String {
    fn check(&self, rules: &Rules, report: &Report) {
        self.as_str().check(rules, report);
    }
}

fn check_number(number: Bound, value: impl Fn() -> Value, rules: &Rules, report: &Report) {
    let fail = |rule, message| report.record(rule, message, Some(value()));
    if let Some(least) = rules.minimum.filter(|&least| number.is_less(least)) {
        fail("minimum", format!("must be at least {least}"));
    }
    if let Some(most) = rules.maximum.filter(|&most| number.is_greater(most)) {
        fail("maximum", format!("must be at most {most}"));
    }
    if let Some(bound) = rules
        .exclusive_minimum
        .filter(|&bound| !number.is_greater(bound))
    {
        fail("exclusiveMinimum", format!("must be greater than {bound}"));
    }
    if let Some(bound) = rules
        .exclusive_maximum
        .filter(|&bound| !number.is_less(bound))
    {
        fail("exclusiveMaximum", format!("must be less than {bound}"));
    }
    if let Some(factor) = rules
        .multiple_of
        .filter(|&factor| !number.is_multiple(factor))
    {
        fail("multipleOf", format!("must be a multiple of {factor}"));
    }
}

macro_rules! check_numbers {
    ($($type:ident)*) => {$(
        impl Check for $type {
            fn check(&self, rules: &Rules, report: &Report) {
                check_number((*self).into(), || (*self).into(), rules, report);
                check_listed(self, rules, report);
            }
        }
    )*};
}

check_numbers! { i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 }

impl<T: Check> Check for Option<T> {
    fn check(&self, rules: &Rules, report: &Report) {
        if let Some(value) = self {
            value.check(rules, report);
        }
    }
}

impl<T: Check> Check for Maybe<T> {
    fn check(&self, rules: &Rules, report: &Report) {
        if let Self::Value(value) = self {
            value.check(rules, report);
        }
    }
}

impl<T: Check + ?Sized> Check for Box<T> {
    fn check(&self, rules: &Rules, report: &Report) {
        (**self).check(rules, report);
    }
}

impl<T: Check + Encode> Check for Vec<T> {
    fn check(&self, rules: &Rules, report: &Report) {
        check_items(self, rules, report);
        for (index, item) in self.iter().enumerate() {
            report.at(&index, |report| {
                item.check(rules.each.unwrap_or(&Rules::NONE), report);
            });
        }
        check_listed(self, rules, report);
    }
}

fn check_entries<'a, T: Check + 'a>(
    entries: impl ExactSizeIterator<Item = (&'a String, &'a T)>,
    has: impl Fn(&str) -> bool,
    rules: &Rules,
    report: &Report,
) {
    check_count(entries.len(), rules, report);
    check_required(has, rules, report);
    for (name, value) in entries {
        report.at(name, |report| {
            check_name(name, rules, report);
            value.check(rules.each.unwrap_or(&Rules::NONE), report);
        });
    }
}

impl<T: Check + Encode> Check for BTreeMap<String, T> {
    fn check(&self, rules: &Rules, report: &Report) {
        check_entries(self.iter(), |name| self.contains_key(name), rules, report);
        check_listed(self, rules, report);
    }
}

impl Check for Map<String, Value> {
    fn check(&self, rules: &Rules, report: &Report) {
        check_entries(self.iter(), |name| self.contains_key(name), rules, report);
        check_listed(self, rules, report);
    }
}

/// The number to compare with bounds.
fn bound(number: &Number) -> Bound {
    let whole = number.as_i128();
    whole.map_or_else(
        || Bound::Float(number.as_f64().unwrap_or(f64::NAN)),
        Bound::Whole,
    )
}

/// What is said of each kind of value counts for values of that kind.
impl Check for Value {
    fn check(&self, rules: &Rules, report: &Report) {
        check_types(self, rules, report);
        match self {
            // It holds itself against the list.
            Self::String(text) => return text.check(rules, report),
            Self::Number(number) => {
                check_number(bound(number), || self.clone(), rules, report);
            }
            Self::Array(items) => check_items(items, rules, report),
            Self::Object(members) => {
                check_count(members.len(), rules, report);
                check_required(|name| members.contains_key(name), rules, report);
                for name in members.keys() {
                    report.at(name, |report| check_name(name, rules, report));
                }
            }
            Self::Null | Self::Bool(_) => {}
        }
        check_listed(self, rules, report);
    }
}
