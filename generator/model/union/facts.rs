//! What the classifier knows of a variant: pure data, so that it can be tested without documents.

use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};

/// A set of JSON kinds. Integers and other numbers are two kinds, as a decoder sees them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Kinds(u8);

impl Kinds {
    /// No kind.
    pub const NONE: Self = Self(0);
    /// `true` and `false`.
    pub const BOOLEAN: Self = Self(1);
    /// Numbers without a fraction.
    pub const INTEGER: Self = Self(1 << 1);
    /// Numbers with a fraction.
    pub const FRACTION: Self = Self(1 << 2);
    /// Strings.
    pub const STRING: Self = Self(1 << 3);
    /// Arrays.
    pub const ARRAY: Self = Self(1 << 4);
    /// Objects.
    pub const OBJECT: Self = Self(1 << 5);
    /// Every kind but `null`.
    pub const ALL: Self = Self((1 << 6) - 1);
    /// Numbers of both kinds.
    pub const NUMBER: Self = Self(Self::INTEGER.0 | Self::FRACTION.0);

    /// Each kind alone.
    pub const EACH: [Self; 6] = [
        Self::BOOLEAN,
        Self::INTEGER,
        Self::FRACTION,
        Self::STRING,
        Self::ARRAY,
        Self::OBJECT,
    ];

    /// Whether every kind of `other` is in this set.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both sets.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the sets share a kind.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// How many kinds there are.
    #[must_use]
    pub fn count(self) -> u32 {
        self.0.count_ones()
    }
}

/// One form that a variant takes, as far as it matters for telling it from others. A variant that is a union itself
/// has several.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent facts")]
pub struct Facts {
    /// The variant's index.
    pub owner: usize,
    /// The kinds of JSON value that it takes.
    pub kinds: Kinds,
    /// The strings that it takes, where they are a closed list.
    pub strings: Option<Vec<String>>,
    /// Whether a format or a constraint tells which of its kind it takes.
    pub restricted: bool,
    /// Its properties, where it takes objects and they are known.
    pub object: Option<Arc<ObjectFacts>>,
    /// The forms of its items, where it takes arrays and they are known.
    pub items: Vec<Facts>,
    /// Whether its items differ by position: then `items` are the forms of the first.
    pub positional: bool,
    /// Whether it takes an array without items.
    pub empty: bool,
    /// The values of the discriminator that stand for it; empty where there is none.
    pub tags: Arc<IndexSet<String>>,
    /// Whether it stands for the values of the discriminator that no other does.
    pub fallback: bool,
}

/// The properties of an object variant, by wire name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ObjectFacts {
    /// Declared properties.
    pub properties: IndexMap<String, PropertyFacts>,
    /// Whether the others are kept, each of one type.
    pub open: bool,
    /// What those are, where they are not any values.
    pub extra: Option<Box<PropertyFacts>>,
}

impl ObjectFacts {
    /// What a property is that is not declared, where such are kept.
    #[must_use]
    pub fn undeclared(&self) -> Option<&PropertyFacts> {
        static ANY: PropertyFacts = PropertyFacts {
            required: false,
            kinds: Kinds::ALL,
            nullable: true,
            strings: None,
            form: None,
            items: Kinds::NONE,
        };
        self.open.then(|| self.extra.as_deref().unwrap_or(&ANY))
    }

    /// How much there is to look at.
    #[must_use]
    pub fn weight(&self) -> usize {
        let of = |property: &PropertyFacts| {
            1 + property.strings.as_ref().map_or(0, |strings| strings.len())
        };
        self.properties.values().map(of).sum()
    }
}

/// One property of an object variant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PropertyFacts {
    /// Whether it must be there.
    pub required: bool,
    /// Its kinds; `null` does not count.
    pub kinds: Kinds,
    /// Whether it may be `null`.
    pub nullable: bool,
    /// The scalars that it takes, where they are a closed list.
    pub strings: Option<Arc<IndexSet<String>>>,
    /// What its type is, for telling whether two are the same; `None` where it is any value of its kinds.
    pub form: Option<String>,
    /// The kinds of its items, where it is an array.
    pub items: Kinds,
}
