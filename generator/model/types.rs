//! What the schemas mean: an arena of types, each with the place it came from.

use indexmap::IndexMap;

use crate::diag::{Place, Pointer};
use crate::document::{Node, Number};
use crate::pattern::Pattern;

use super::constraint::Constraints;
use super::enumeration::Enumeration;
use super::union::Union;

/// Index of a [`Type`] in [`Types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub(crate) u32);

/// A type as one place uses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Use {
    /// The type.
    pub id: TypeId,
    /// Whether this place adds `null` to what the type holds.
    pub nullable: bool,
}

impl Use {
    /// The type as it is.
    #[must_use]
    pub fn of(id: TypeId) -> Self {
        Self {
            id,
            nullable: false,
        }
    }

    /// The same use, with `null` too if `nullable`.
    #[must_use]
    pub fn or_null(self, nullable: bool) -> Self {
        Self {
            id: self.id,
            nullable: self.nullable || nullable,
        }
    }
}

/// One schema of the document, resolved.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent facts")]
pub struct Type {
    /// Where the schema stands: its identity for names, diagnostics and drift.
    pub place: Place,
    /// What a name can be made of.
    pub origin: Origin,
    /// Title, description and the like.
    pub docs: Docs,
    /// What its values look like.
    pub shape: Shape,
    /// Whether `null` is one of its values.
    pub nullable: bool,
    /// Whether it is a list or map that holds itself with no struct or enum in between: it needs a struct around it.
    pub wrapped: bool,
    /// What restricts its values beyond their shape.
    pub constraints: Constraints,
    /// The value that stands for an absent one, as written.
    pub default: Option<Node>,
    /// Whether its schema has examples, which the document has at its place.
    pub has_examples: bool,
    /// Whether a request carries it.
    pub in_request: bool,
    /// Whether a response carries it.
    pub in_response: bool,
}

/// Where a type stands in relation to others, for its name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Origin {
    /// `#/components/schemas/NAME` (or a schema of that kind in another file).
    Component(String),
    /// Inside another type.
    Inside(TypeId, Role),
    /// In an operation: its index in [`Api::operations`](super::Api::operations).
    Operation(usize, Position),
    /// The form in which requests carry another type.
    Request(TypeId),
    /// Anywhere else; the words of its pointer.
    Elsewhere(Vec<String>),
}

impl Origin {
    /// The pointer of the component that it is.
    #[must_use]
    pub fn component(&self) -> Option<String> {
        let Self::Component(name) = self else {
            return None;
        };
        let schemas = Pointer::root().child("components").child("schemas");
        Some(schemas.child(name).as_str().to_owned())
    }
}

/// What a type is to the type around it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Role {
    /// The value of a property.
    Property(String),
    /// An item of an array.
    Item,
    /// The item at this index of a tuple.
    Position(usize),
    /// A value of a map, or of an object's undeclared properties.
    Value,
    /// The value of a property whose name matches a pattern.
    Matching(String),
    /// A variant of a union: its index.
    Variant(usize),
}

/// What a type is to an operation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Position {
    /// A parameter: its name.
    Parameter(String),
    /// The request body.
    RequestBody,
    /// The body of the response with this status (`200`, `4XX`, `default`).
    ResponseBody(String),
    /// A header of a response: status and name.
    ResponseHeader(String, String),
}

/// Human text of a schema, operation or parameter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Docs {
    /// A short name or sentence.
    pub title: Option<String>,
    /// Markdown (`CommonMark`).
    pub description: Option<String>,
    /// Whether its use is discouraged.
    pub deprecated: bool,
}

/// What the values of a type look like.
#[derive(Debug, Clone)]
#[expect(
    clippy::large_enum_variant,
    reason = "objects are the commonest shape, and boxing them gains nothing"
)]
pub enum Shape {
    /// Anything.
    Any,
    /// `null` and nothing else.
    Null,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer(IntegerFormat),
    /// Any number.
    Number(NumberFormat),
    /// A string, with the `format` as written.
    Text(Option<String>),
    /// A file, in a form alone.
    File,
    /// One of a list of scalars.
    Enum(Enumeration),
    /// A list of one type.
    Array(Use),
    /// A list whose items differ by position.
    Tuple(Tuple),
    /// An object whose property names are data.
    Map(Use),
    /// An object with declared properties.
    Object(Object),
    /// One of several types.
    Union(Union),
    /// Another type under a name of its own.
    Alias(Use),
}

impl Shape {
    /// The types that it is made of.
    #[must_use]
    pub fn uses(&self) -> Vec<Use> {
        match self {
            Self::Array(used) | Self::Map(used) | Self::Alias(used) => vec![*used],
            Self::Tuple(tuple) => {
                let items = tuple.items.iter().map(|item| item.ty);
                items.chain(tuple.rest).collect()
            }
            Self::Object(object) => {
                let fields = object.fields.values().map(|field| field.ty);
                let matching = object.patterns.iter().map(|(_, used)| *used);
                fields.chain(matching).chain(object.extra.kept()).collect()
            }
            Self::Union(union) => union.variants.iter().map(|variant| variant.ty).collect(),
            _ => Vec::new(),
        }
    }

    /// The types that it is made of, to be replaced by others.
    pub(super) fn uses_mut(&mut self) -> Vec<&mut Use> {
        match self {
            Self::Array(used) | Self::Map(used) | Self::Alias(used) => vec![used],
            Self::Tuple(tuple) => {
                let items = tuple.items.iter_mut().map(|item| &mut item.ty);
                items.chain(tuple.rest.as_mut()).collect()
            }
            Self::Object(object) => {
                let fields = object.fields.values_mut().map(|field| &mut field.ty);
                let extra = match &mut object.extra {
                    Extra::Keep(used) => Some(used),
                    Extra::Drop | Extra::Forbid => None,
                };
                let matching = object.patterns.iter_mut().map(|(_, used)| used);
                fields.chain(matching).chain(extra).collect()
            }
            Self::Union(union) => {
                let variants = union.variants.iter_mut();
                variants.map(|variant| &mut variant.ty).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// Width and sign of an integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IntegerFormat {
    /// `int8`.
    I8,
    /// `int16`.
    I16,
    /// `int32`.
    I32,
    /// `int64`, or no format.
    I64,
    /// `uint8`.
    U8,
    /// `uint16`.
    U16,
    /// `uint32`.
    U32,
    /// `uint64`, or bounds that only it holds.
    U64,
}

impl IntegerFormat {
    /// Whether it holds this number.
    #[must_use]
    pub fn holds(self, number: Number) -> bool {
        let (signed, unsigned) = (number.as_i64(), number.as_u64());
        match self {
            Self::I8 => signed.is_some_and(|n| i8::try_from(n).is_ok()),
            Self::I16 => signed.is_some_and(|n| i16::try_from(n).is_ok()),
            Self::I32 => signed.is_some_and(|n| i32::try_from(n).is_ok()),
            Self::I64 => signed.is_some(),
            Self::U8 => unsigned.is_some_and(|n| u8::try_from(n).is_ok()),
            Self::U16 => unsigned.is_some_and(|n| u16::try_from(n).is_ok()),
            Self::U32 => unsigned.is_some_and(|n| u32::try_from(n).is_ok()),
            Self::U64 => unsigned.is_some(),
        }
    }
}

/// Precision of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberFormat {
    /// `float`.
    Float,
    /// `double`.
    Double,
    /// No format, or another.
    Any,
}

/// A list whose items differ by position.
#[derive(Debug, Clone)]
pub struct Tuple {
    /// The items that have a place of their own.
    pub items: Vec<Part>,
    /// How many of them must be there.
    pub required: usize,
    /// The type of those that follow; none where nothing may.
    pub rest: Option<Use>,
}

/// One place of a tuple.
#[derive(Debug, Clone)]
pub struct Part {
    /// The type of its value.
    pub ty: Use,
    /// Its own text, if the place has one beside the type's.
    pub docs: Docs,
}

/// An object with declared properties.
#[derive(Debug, Clone)]
pub struct Object {
    /// By wire name, in document order.
    pub fields: IndexMap<String, Field>,
    /// The types of other properties by patterns of their names; the first that matches counts.
    pub patterns: Vec<(Pattern, Use)>,
    /// What becomes of properties that are not declared.
    pub extra: Extra,
}

/// What becomes of properties that an object does not declare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extra {
    /// `additionalProperties: false`: they are faults to a server, ignored by a client.
    Forbid,
    /// Allowed and not kept.
    Drop,
    /// Kept, each of this type.
    Keep(Use),
}

impl Extra {
    /// The type of those that are kept.
    #[must_use]
    pub fn kept(self) -> Option<Use> {
        match self {
            Self::Keep(used) => Some(used),
            Self::Drop | Self::Forbid => None,
        }
    }
}

/// One property of an object.
#[derive(Debug, Clone)]
pub struct Field {
    /// Where its schema stands.
    pub place: Place,
    /// The type of its value.
    pub ty: Use,
    /// Whether it must be there.
    pub required: bool,
    /// The value that stands for its absence: its own or its type's, and one that the type can hold.
    pub default: Option<Node>,
    /// Only in responses.
    pub read_only: bool,
    /// Only in requests.
    pub write_only: bool,
    /// Its own text, if the place has one beside the type's.
    pub docs: Docs,
}

/// The arena: every type of an [`Api`](super::Api), by [`TypeId`].
#[derive(Debug, Clone, Default)]
pub struct Types {
    pub(super) all: Vec<Type>,
}

impl Types {
    /// The type with this id.
    ///
    /// # Panics
    /// Never for an id of this arena; ids are made by it alone.
    #[must_use]
    pub fn get(&self, id: TypeId) -> &Type {
        &self.all[id.0 as usize]
    }

    /// Every type with its id, in the order in which they were met.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &Type)> {
        (0..).map(TypeId).zip(&self.all)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The type behind any aliases, and whether `null` is allowed on the way.
    #[must_use]
    pub fn resolve(&self, used: Use) -> (TypeId, bool) {
        let (mut id, mut nullable) = (used.id, used.nullable);
        // An alias chain is never longer than the arena; the bound guards against a cycle.
        for _ in 0..self.all.len() {
            let ty = self.get(id);
            nullable |= ty.nullable;
            match ty.shape {
                Shape::Alias(next) => {
                    id = next.id;
                    nullable |= next.nullable;
                }
                _ => break,
            }
        }
        (id, nullable)
    }

    /// The type itself, or the one that it is the request form of.
    #[must_use]
    pub fn original(&self, id: TypeId) -> TypeId {
        match self.get(id).origin {
            Origin::Request(of) => of,
            _ => id,
        }
    }

    /// Whether `null` is a value at this place.
    #[must_use]
    pub fn is_nullable(&self, used: Use) -> bool {
        self.resolve(used).1
    }
}
