//! How a parameter or header is put into text, as data (OpenAPI Specification, "Style Values").

use crate::support::rules::Rules;
use crate::support::violation::Location;

/// A parameter of a request, or a header of a response.
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    /// Its name on the wire.
    pub name: &'static str,
    /// Where it travels.
    pub location: Location,
    /// How its value is put into text.
    pub style: Style,
    /// Whether every item or property stands on its own: `a=1&a=2`, not `a=1,2`.
    pub explode: bool,
    /// Whether reserved characters are sent as they are where they do no harm.
    pub reserved: bool,
    /// Whether an empty value counts as none where it is no value of the type.
    pub allow_empty: bool,
    /// Which names belong to the value where its properties stand on their own.
    pub names: PropertyNames,
    /// What the document says of its value beyond the type.
    pub rules: &'static Rules,
}

/// How a value is put into text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `blue,black`
    Simple,
    /// `.blue.black`
    Label,
    /// `;color=blue;color=black`
    Matrix,
    /// `color=blue&color=black`
    Form,
    /// `color=blue%20black`
    Space,
    /// `color=blue%7Cblack`
    Pipe,
    /// `color[R]=100&color[G]=200`
    Deep,
    /// `color=blue; color=black`, without percent-encoding
    Cookie,
    /// `color=["blue","black"]`, percent-encoded
    Json,
    /// The whole query, of these pairs.
    WholeForm,
    /// The whole query, a percent-encoded JSON text.
    WholeJson,
    /// The whole query, a percent-encoded text.
    WholeText,
    /// A line for each item, for `Set-Cookie`.
    Lines,
}

/// The names that belong to a value whose properties stand on their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PropertyNames {
    /// Those that the type declares.
    Declared,
    /// These.
    Only(&'static [&'static str]),
    /// All but these, which are other parameters.
    Except(&'static [&'static str]),
}

/// Writes the builder methods, which tables call by name.
macro_rules! styles {
    ($($(#[$doc:meta])* $method:ident: $style:ident,)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub const fn $method(mut self) -> Self {
            self.style = Style::$style;
            self
        }
    )*};
}

impl Parameter {
    const fn new(name: &'static str, location: Location, style: Style, explode: bool) -> Self {
        Self {
            name,
            location,
            style,
            explode,
            reserved: false,
            allow_empty: false,
            names: PropertyNames::Declared,
            rules: &Rules::NONE,
        }
    }

    /// A path parameter, of style `simple`.
    #[must_use]
    pub const fn path(name: &'static str) -> Self {
        Self::new(name, Location::Path, Style::Simple, false)
    }

    /// A query parameter, of style `form`, exploded.
    #[must_use]
    pub const fn query(name: &'static str) -> Self {
        Self::new(name, Location::Query, Style::Form, true)
    }

    /// A header, of style `simple`.
    #[must_use]
    pub const fn header(name: &'static str) -> Self {
        Self::new(name, Location::Header, Style::Simple, false)
    }

    /// A cookie, of style `form`, exploded.
    #[must_use]
    pub const fn cookie(name: &'static str) -> Self {
        Self::new(name, Location::Cookie, Style::Form, true)
    }

    /// A property of a form, of style `form`, exploded.
    #[must_use]
    pub const fn body(name: &'static str) -> Self {
        Self::new(name, Location::Body, Style::Form, true)
    }

    /// `style: spaceDelimited`.
    #[must_use]
    pub const fn space_delimited(mut self) -> Self {
        self.style = Style::Space;
        self.joined()
    }

    /// `style: pipeDelimited`.
    #[must_use]
    pub const fn pipe_delimited(mut self) -> Self {
        self.style = Style::Pipe;
        self.joined()
    }

    styles! {
        /// `style: label`.
        label: Label,
        /// `style: matrix`.
        matrix: Matrix,
        /// `style: deepObject`.
        deep_object: Deep,
        /// `style: cookie`.
        plain: Cookie,
        /// `content: application/json`.
        json: Json,
        /// `in: querystring`, a form.
        whole_form: WholeForm,
        /// `in: querystring`, a JSON text.
        whole_json: WholeJson,
        /// `in: querystring`, a text.
        whole_text: WholeText,
        /// A line for each item.
        lines: Lines,
    }

    /// `explode: true`.
    #[must_use]
    pub const fn exploded(mut self) -> Self {
        self.explode = true;
        self
    }

    /// `explode: false`.
    #[must_use]
    pub const fn joined(mut self) -> Self {
        self.explode = false;
        self
    }

    /// `allowReserved: true`.
    #[must_use]
    pub const fn reserved(mut self) -> Self {
        self.reserved = true;
        self
    }

    /// `allowEmptyValue: true`.
    #[must_use]
    pub const fn allow_empty(mut self) -> Self {
        self.allow_empty = true;
        self
    }

    /// Says which names its properties have.
    #[must_use]
    pub const fn only(mut self, names: &'static [&'static str]) -> Self {
        self.names = PropertyNames::Only(names);
        self
    }

    /// Says which names are other parameters.
    #[must_use]
    pub const fn except(mut self, names: &'static [&'static str]) -> Self {
        self.names = PropertyNames::Except(names);
        self
    }

    /// Sets the constraints on the value.
    #[must_use]
    pub const fn rules(mut self, rules: &'static Rules) -> Self {
        self.rules = rules;
        self
    }

    /// Whether each item or property is a pair, or a cookie, of its own.
    #[must_use]
    pub const fn is_spread(&self) -> bool {
        match self.style {
            Style::WholeForm => true,
            Style::Form | Style::Cookie | Style::Matrix => self.explode,
            _ => false,
        }
    }
}

/// A parameter as a table has it: `query "ids" as (pipe_delimited) where { max_items(9) }`.
macro_rules! parameter {
    ($place:ident $name:literal
        $(as ($($mode:ident $(($($argument:tt)*))?),+))?
        $(where {$($rule:tt)*})?
    ) => {
        $crate::support::parameter::Parameter::$place($name)
            $($(.$mode($($($argument)*)?))+)?
            $(.rules(const { &$crate::support::rules::rules!($($rule)*) }))?
    };
}

pub(crate) use parameter;
