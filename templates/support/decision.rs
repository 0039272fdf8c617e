//! How the variants of a union are told apart, as data.

use std::fmt;

use crate::support::tree::Tree;

/// A step of a decision.
#[derive(Debug)]
pub enum Decision {
    /// It is this variant.
    Variant(&'static str),
    /// The value of a property, or of the string itself where there is no property: each case lists the values
    /// that lead to it. Numbers and booleans count by their JSON text.
    Value {
        property: Option<&'static str>,
        cases: &'static [Case],
        otherwise: Option<&'static Decision>,
    },
    /// Which of these properties there is.
    Key {
        cases: &'static [Case],
        otherwise: Option<&'static Decision>,
    },
    /// The JSON kind of a property's value.
    Kind {
        property: &'static str,
        kinds: &'static Kinds,
        otherwise: Option<&'static Decision>,
    },
    /// The JSON kind of the first item of a property's array.
    Item {
        property: &'static str,
        kinds: &'static Kinds,
        otherwise: Option<&'static Decision>,
    },
    /// What the first item of the array itself is.
    Items {
        kinds: &'static Kinds,
        otherwise: Option<&'static Decision>,
    },
    /// The first of these variants whose format and constraints the value satisfies.
    First(&'static [&'static str]),
    /// The variant in which a client keeps what has an unknown tag; to a server there is none.
    Unknown(&'static str),
    /// What is left to trial: of the variants that decode, the one that keeps most of what is there, then the first.
    Trial(&'static [&'static str]),
}

/// Values, or properties, and where they lead.
pub type Case = (&'static [&'static str], Decision);

/// The decision for each JSON kind.
#[derive(Debug)]
pub struct Kinds {
    /// `true` and `false`.
    pub boolean: Option<Decision>,
    /// Numbers without a fraction, where they differ from other numbers.
    pub integer: Option<Decision>,
    /// Numbers.
    pub number: Option<Decision>,
    /// Strings.
    pub string: Option<Decision>,
    /// Arrays.
    pub array: Option<Decision>,
    /// Objects.
    pub object: Option<Decision>,
}

impl Kinds {
    /// No kind.
    pub const NONE: Kinds = Kinds {
        boolean: None,
        integer: None,
        number: None,
        string: None,
        array: None,
        object: None,
    };

    /// The decision for a whole number.
    pub(crate) fn for_integer(&self) -> Option<&Decision> {
        self.integer.as_ref().or(self.number.as_ref())
    }

    /// The decision for a number with a fraction or exponent; `1.0` is an integer where only those are known.
    pub(crate) fn for_float(&self) -> Option<&Decision> {
        self.number.as_ref().or(self.integer.as_ref())
    }

    /// The decision for a buffered value.
    pub(crate) fn of(&self, tree: &Tree) -> Option<&Decision> {
        match tree {
            Tree::Null => None,
            Tree::Bool(_) => self.boolean.as_ref(),
            Tree::Signed(_) | Tree::Unsigned(_) => self.for_integer(),
            Tree::Float(_) => self.for_float(),
            Tree::String(_) => self.string.as_ref(),
            Tree::Array(_) => self.array.as_ref(),
            Tree::Object(_) => self.object.as_ref(),
        }
    }
}

impl fmt::Display for Kinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = [
            ("a boolean", &self.boolean),
            ("an integer", &self.integer),
            ("a number", &self.number),
            ("a string", &self.string),
            ("an array", &self.array),
            ("an object", &self.object),
        ];
        let mut separator = "";
        for (kind, _) in kinds.iter().filter(|(_, decision)| decision.is_some()) {
            write!(f, "{separator}{kind}")?;
            separator = " or ";
        }
        Ok(())
    }
}

/// The case that lists `value`.
pub(crate) fn case<'d>(cases: &'d [Case], value: &str) -> Option<&'d Decision> {
    cases
        .iter()
        .find(|(values, _)| values.contains(&value))
        .map(|(_, decision)| decision)
}

/// What decides within an object, once a property has been seen.
impl Decision {
    /// Where the property leads from here; `None` if it says nothing.
    pub(crate) fn follow(
        &'static self,
        name: &str,
        value: &Tree,
        strict: bool,
    ) -> Option<Result<&'static Decision, Refusal>> {
        match self {
            Self::Variant(_)
            | Self::Trial(_)
            | Self::First(_)
            | Self::Unknown(_)
            | Self::Items { .. } => None,
            Self::Value {
                property,
                cases,
                otherwise,
            } => (*property == Some(name)).then(|| {
                let text = value.scalar().map(|scalar| match scalar {
                    serde_json::Value::String(text) => text,
                    scalar => scalar.to_string(),
                });
                text.as_deref()
                    .and_then(|text| case(cases, text))
                    .or(known(*otherwise, strict))
                    .ok_or(Refusal::Value { text, cases })
            }),
            Self::Key { cases, .. } => case(cases, name).map(Ok),
            Self::Kind {
                property,
                kinds,
                otherwise,
            } => {
                let says =
                    *property == name && (otherwise.is_none() || !matches!(value, Tree::Null));
                says.then(|| kinds.of(value).ok_or(Refusal::Kind { kinds }))
            }
            Self::Item {
                property, kinds, ..
            } => match value {
                Tree::Array(items) if *property == name => items
                    .first()
                    .map(|item| kinds.of(item).ok_or(Refusal::Kind { kinds })),
                _ => None,
            },
        }
    }

    /// Where the end of the object leads, with the deciding property absent.
    pub(crate) fn at_end(&'static self, strict: bool) -> Option<&'static Decision> {
        match self {
            Self::Value { otherwise, .. }
            | Self::Key { otherwise, .. }
            | Self::Kind { otherwise, .. }
            | Self::Item { otherwise, .. }
            | Self::Items { otherwise, .. } => known(*otherwise, strict),
            Self::Variant(_) | Self::Trial(_) | Self::First(_) | Self::Unknown(_) => None,
        }
    }

    /// Where a whole value leads: to a variant, or to several that are left.
    pub(crate) fn settle(&'static self, value: &Tree) -> Option<&'static Decision> {
        let mut decision = self;
        loop {
            decision = match decision {
                Self::Variant(_) | Self::Trial(_) | Self::First(_) | Self::Unknown(_) => {
                    return Some(decision);
                }
                Self::Items { kinds, otherwise } => match value {
                    Tree::Array(items) => match items.first() {
                        Some(item) => return kinds.of(item)?.settle(item),
                        None => (*otherwise)?,
                    },
                    _ => return None,
                },
                Self::Value {
                    property: None,
                    cases,
                    otherwise,
                } => match value {
                    Tree::String(text) => case(cases, text).or(*otherwise)?,
                    _ => return None,
                },
                _ => match value {
                    Tree::Object(entries) => {
                        let mut entries = entries.iter();
                        let found =
                            entries.find_map(|(name, value)| decision.follow(name, value, true));
                        match found {
                            Some(next) => next.ok()?,
                            None => decision.at_end(true)?,
                        }
                    }
                    _ => return None,
                },
            };
        }
    }
}

/// Where a decision leads without a case, unless that is only for clients.
fn known(otherwise: Option<&'static Decision>, strict: bool) -> Option<&'static Decision> {
    otherwise.filter(|decision| !(strict && matches!(decision, Decision::Unknown(_))))
}

/// Why a property does not decide.
pub(crate) enum Refusal {
    /// Its value is none of those listed.
    Value {
        text: Option<String>,
        cases: &'static [Case],
    },
    /// It is of another kind.
    Kind { kinds: &'static Kinds },
}
