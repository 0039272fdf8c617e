//! The Schema Object.

use std::sync::Arc;

use indexmap::IndexMap;

use super::{Node, Number, Reference};
use crate::diag::Place;

/// A schema as written, with the semantics of JSON Schema 2020-12.
///
/// A document holds up to a hundred thousand of them, so what few use is behind
/// [`Schema::constraints`] and [`Schema::rare`]. The schemas inside one are shared, so that joining
/// schemas copies what they say themselves and nothing further in.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are the specification's fields"
)]
pub struct Schema {
    /// Where it is written.
    pub place: Place,
    /// The whole schema is `true` or `false`.
    pub boolean: Option<bool>,
    /// 3.0's `nullable: true` as written. Where there is a `type`, `null` is in [`Schema::types`] too.
    pub nullable: bool,
    /// `deprecated`.
    pub deprecated: bool,
    /// `readOnly`.
    pub read_only: bool,
    /// `writeOnly`.
    pub write_only: bool,
    /// `type`; `None` when not stated or not understood.
    pub types: Option<TypeSet>,
    /// `$ref`; the siblings are in the other fields.
    pub reference: Option<Box<Reference>>,
    /// `format`.
    pub format: Option<String>,
    /// `title`.
    pub title: Option<String>,
    /// `description`, Markdown.
    pub description: Option<String>,
    /// `default`.
    pub default: Option<Node>,
    /// `enum`.
    pub enumeration: Option<Vec<Node>>,
    /// `const`.
    pub constant: Option<Node>,
    /// `properties`.
    pub properties: IndexMap<String, Arc<Schema>>,
    /// `required`.
    pub required: Vec<String>,
    /// `additionalProperties`.
    pub additional_properties: Option<Arc<Schema>>,
    /// `items`.
    pub items: Option<Arc<Schema>>,
    /// `allOf`.
    pub all_of: Vec<Arc<Schema>>,
    /// `anyOf`.
    pub any_of: Vec<Arc<Schema>>,
    /// `oneOf`.
    pub one_of: Vec<Arc<Schema>>,
    /// `discriminator`.
    pub discriminator: Option<Box<Discriminator>>,
    /// `example` first, then `examples`.
    pub examples: Vec<Node>,
    /// The `x-` members.
    pub extensions: IndexMap<String, Node>,
    pub(crate) constraints: Option<Box<Constraints>>,
    pub(crate) rare: Option<Box<RareKeywords>>,
}

impl Schema {
    /// The keywords that restrict strings, numbers, arrays and objects.
    #[must_use]
    pub fn constraints(&self) -> &Constraints {
        static NONE: Constraints = Constraints::NONE;
        self.constraints.as_deref().unwrap_or(&NONE)
    }

    /// The keywords that few schemas have.
    #[must_use]
    pub fn rare(&self) -> &RareKeywords {
        static NONE: std::sync::LazyLock<RareKeywords> =
            std::sync::LazyLock::new(RareKeywords::default);
        self.rare.as_deref().unwrap_or(&NONE)
    }

    /// The same, to change.
    pub fn constraints_mut(&mut self) -> &mut Constraints {
        self.constraints.get_or_insert_default()
    }

    /// The same, to change.
    pub fn rare_mut(&mut self) -> &mut RareKeywords {
        self.rare.get_or_insert_default()
    }
}

/// The keywords that restrict a value without changing what kind it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Constraints {
    /// `minLength`, in characters.
    pub min_length: Option<u64>,
    /// `maxLength`, in characters.
    pub max_length: Option<u64>,
    /// `pattern`, ECMAScript syntax.
    pub pattern: Option<String>,
    /// `minimum`.
    pub minimum: Option<Number>,
    /// `maximum`.
    pub maximum: Option<Number>,
    /// `exclusiveMinimum` in the number form.
    pub exclusive_minimum: Option<Number>,
    /// `exclusiveMaximum` in the number form.
    pub exclusive_maximum: Option<Number>,
    /// `multipleOf`.
    pub multiple_of: Option<Number>,
    /// `minItems`.
    pub min_items: Option<u64>,
    /// `maxItems`.
    pub max_items: Option<u64>,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `minContains`.
    pub min_contains: Option<u64>,
    /// `maxContains`.
    pub max_contains: Option<u64>,
    /// `minProperties`.
    pub min_properties: Option<u64>,
    /// `maxProperties`.
    pub max_properties: Option<u64>,
}

impl Constraints {
    const NONE: Self = Self {
        min_length: None,
        max_length: None,
        pattern: None,
        minimum: None,
        maximum: None,
        exclusive_minimum: None,
        exclusive_maximum: None,
        multiple_of: None,
        min_items: None,
        max_items: None,
        unique_items: false,
        min_contains: None,
        max_contains: None,
        min_properties: None,
        max_properties: None,
    };
}

/// The keywords that few schemas have.
#[derive(Debug, Clone, Default)]
pub struct RareKeywords {
    /// `patternProperties`, by pattern.
    pub pattern_properties: IndexMap<String, Arc<Schema>>,
    /// `propertyNames`.
    pub property_names: Option<Arc<Schema>>,
    /// `prefixItems`.
    pub prefix_items: Vec<Arc<Schema>>,
    /// `contains`.
    pub contains: Option<Arc<Schema>>,
    /// `not`.
    pub not: Option<Arc<Schema>>,
    /// `contentEncoding`.
    pub content_encoding: Option<String>,
    /// `contentMediaType`.
    pub content_media_type: Option<String>,
    /// `contentSchema`.
    pub content_schema: Option<Schema>,
    /// `$defs` (and `definitions`, of older drafts).
    pub definitions: IndexMap<String, Schema>,
    /// `$id`.
    pub id: Option<String>,
    /// `$anchor`.
    pub anchor: Option<String>,
    /// `$dynamicAnchor`; empty for `$recursiveAnchor` (2019-09).
    pub dynamic_anchor: Option<String>,
    /// `$dynamicRef` as written; `#` for `$recursiveRef` (2019-09), which leads to the nearest
    /// schema around it whose [`dynamic_anchor`](Self::dynamic_anchor) is empty.
    pub dynamic_reference: Option<String>,
    /// Keywords that only restrict and have no Rust form, as written: `if`, `then`, `else`,
    /// `dependentSchemas`, `unevaluatedProperties`, `unevaluatedItems`…
    pub restrictions: Vec<String>,
    /// What goes with what: `dependentRequired`, and branches that do nothing but require properties.
    pub key_sets: Vec<KeySets>,
    /// Further `pattern`s, where schemas that hold at once were joined.
    pub more_patterns: Vec<String>,
    /// There is an `xml` object.
    pub xml: bool,
}

/// Sets of properties, and what an object has of them.
#[derive(Debug, Clone, PartialEq)]
pub struct KeySets {
    /// What it has.
    pub rule: KeyRule,
    /// The sets.
    pub sets: Vec<Vec<String>>,
}

/// What an object has of sets of properties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyRule {
    /// All of at least one: `anyOf` of branches that require.
    Any,
    /// All of exactly one: `oneOf` of such branches.
    One,
    /// With the first of a set all of it: `dependentRequired`.
    Dependent,
}

impl KeySets {
    /// The keyword that says so.
    #[must_use]
    pub fn keyword(&self) -> &'static str {
        match self.rule {
            KeyRule::Any => "anyOf",
            KeyRule::One => "oneOf",
            KeyRule::Dependent => "dependentRequired",
        }
    }
}

/// The Discriminator Object.
#[derive(Debug, Clone)]
pub struct Discriminator {
    /// Where it is written.
    pub place: Place,
    /// `propertyName`.
    pub property: String,
    /// Values of that property, and schema names or references as written.
    pub mapping: IndexMap<String, String>,
    /// The schema for every other value (3.2), name or reference as written.
    pub default_mapping: Option<String>,
}

/// The types that a schema can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JsonType {
    /// `null`.
    Null,
    /// `boolean`.
    Boolean,
    /// `integer`: a number without a fraction, `1.0` included.
    Integer,
    /// `number`, integers included.
    Number,
    /// `string`.
    String,
    /// `array`.
    Array,
    /// `object`.
    Object,
}

impl JsonType {
    /// Every type.
    pub const ALL: [Self; 7] = [
        Self::Null,
        Self::Boolean,
        Self::Integer,
        Self::Number,
        Self::String,
        Self::Array,
        Self::Object,
    ];

    /// As written in a schema.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }

    /// The type of that name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|json| json.name() == name)
    }
}

/// A set of [`JsonType`]s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TypeSet(u8);

impl TypeSet {
    /// No type.
    pub const EMPTY: Self = Self(0);

    /// One type.
    #[must_use]
    pub fn only(json: JsonType) -> Self {
        Self::EMPTY.with(json)
    }

    /// This set and one more type.
    #[must_use]
    pub fn with(self, json: JsonType) -> Self {
        Self(self.0 | 1 << json as u8)
    }

    /// This set but for one type.
    #[must_use]
    pub fn without(self, json: JsonType) -> Self {
        Self(self.0 & !(1 << json as u8))
    }

    /// The types in both sets.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether a type is in it.
    #[must_use]
    pub fn contains(self, json: JsonType) -> bool {
        self.0 & (1 << json as u8) != 0
    }

    /// How many types are in it.
    #[must_use]
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether no type is in it.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The types in it, in the order of [`JsonType::ALL`].
    pub fn iter(self) -> impl Iterator<Item = JsonType> {
        JsonType::ALL
            .into_iter()
            .filter(move |json| self.contains(*json))
    }

    /// The one type in it, `None` when there are none or several.
    #[must_use]
    pub fn single(self) -> Option<JsonType> {
        if self.len() == 1 {
            self.iter().next()
        } else {
            None
        }
    }
}

impl FromIterator<JsonType> for TypeSet {
    fn from_iter<I: IntoIterator<Item = JsonType>>(types: I) -> Self {
        types.into_iter().fold(Self::EMPTY, Self::with)
    }
}
