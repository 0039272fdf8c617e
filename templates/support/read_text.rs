//! Reads the value of a parameter or header from the text that stands for it.

use std::borrow::Cow;

use http::HeaderMap;
use http::header::COOKIE;
use serde::{Deserializer, de::Visitor};
use serde_json::Value;

use crate::support::codec::{Cx, Decode, Session};
use crate::support::deep::{Deep, Group, brackets};
use crate::support::parameter::{Parameter, PropertyNames, Style};
use crate::support::params::{cookie_pairs, decode_query, decode_segment, query_pairs};
use crate::support::plain::{Fault, Nested, Plain, Wanted, by_kind, is_list};
use crate::support::report::{Report, classify};
use crate::support::rules::Check;
use crate::support::tree::{Reader, Tree};
use crate::support::violation::{Location, Violation};

/// What a message has for a parameter: pairs of a decoded name and a value as it came.
#[derive(Debug)]
pub struct Source<'a> {
    parameter: &'a Parameter,
    fields: &'static [&'static str],
    pairs: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    fault: Option<&'static str>,
    /// Whether lines of one header are read as one, separated by commas.
    joins: bool,
}

impl<'a> Source<'a> {
    fn new<T: Decode>(parameter: &'a Parameter) -> Self {
        Self {
            parameter,
            fields: T::TABLE.names,
            pairs: Vec::new(),
            fault: None,
            joins: false,
        }
    }

    /// Looks into the raw text that a path has in the parameter's place.
    pub(crate) fn path<T: Decode>(parameter: &'a Parameter, raw: Option<&'a str>) -> Self {
        let mut source = Self::new::<T>(parameter);
        let Some(raw) = raw else {
            return source;
        };
        let value = match parameter.style {
            Style::Label => raw.strip_prefix('.').ok_or("must start with `.`"),
            Style::Matrix => match raw.strip_prefix(';') {
                Some(rest) => {
                    source.look(rest.split(';').map(pair), decode_segment);
                    return source;
                }
                None => Err("must start with `;`"),
            },
            _ => Ok(raw),
        };
        source.fault = value.err();
        let value = value.unwrap_or_default();
        source.pairs.push((parameter.name.into(), value.into()));
        source
    }

    /// Looks into a raw query.
    pub(crate) fn query<T: Decode>(parameter: &'a Parameter, query: &'a str) -> Self {
        let mut source = Self::new::<T>(parameter);
        if !matches!(parameter.style, Style::WholeJson | Style::WholeText) {
            source.look(query_pairs(query), decode_query);
        } else if !query.is_empty() {
            source.pairs.push((parameter.name.into(), query.into()));
        }
        source
    }

    /// Looks into the pairs of a form.
    pub(crate) fn form(parameter: &'a Parameter, pairs: &'a str) -> Self {
        let mut source = Self::new::<()>(parameter);
        source.look(query_pairs(pairs), decode_query);
        source
    }

    /// Looks into the cookies.
    pub(crate) fn cookie<T: Decode>(parameter: &'a Parameter, headers: &'a HeaderMap) -> Self {
        let mut source = Self::new::<T>(parameter);
        let lines = headers.get_all(COOKIE).iter();
        let texts = lines.filter_map(|line| std::str::from_utf8(line.as_bytes()).ok());
        source.look(texts.flat_map(cookie_pairs), |name| Some(name.into()));
        source
    }

    /// Looks into the headers.
    pub(crate) fn header<T: Decode>(parameter: &'a Parameter, headers: &'a HeaderMap) -> Self {
        let mut source = Self::new::<T>(parameter);
        for line in headers.get_all(parameter.name) {
            let Ok(text) = std::str::from_utf8(line.as_bytes()) else {
                source.fault = Some("must be UTF-8");
                continue;
            };
            source.pairs.push((parameter.name.into(), text.into()));
        }
        source
    }

    /// Takes a header that is sent several times for one with a list (RFC 9110, section 5.3).
    pub(crate) fn joining(mut self) -> Self {
        self.joins = true;
        self
    }

    /// Keeps the pairs that belong to the parameter.
    fn look(
        &mut self,
        pairs: impl Iterator<Item = (&'a str, &'a str)>,
        decode: fn(&'a str) -> Option<Cow<'a, str>>,
    ) {
        for (name, value) in pairs {
            if let Some(name) = decode(name).filter(|name| self.belongs(name)) {
                self.pairs.push((name, value.into()));
            }
        }
    }

    pub(crate) fn belongs(&self, name: &str) -> bool {
        let parameter = self.parameter;
        match parameter.style {
            Style::WholeForm => self.is_property(name),
            _ if name == parameter.name => true,
            Style::Deep => brackets(parameter.name, name).is_some(),
            _ => parameter.is_spread() && self.is_property(name),
        }
    }

    fn is_property(&self, name: &str) -> bool {
        match self.parameter.names {
            PropertyNames::Declared => self.fields.contains(&name),
            PropertyNames::Only(names) => names.contains(&name),
            PropertyNames::Except(names) => !names.contains(&name),
        }
    }

    /// Whether nothing is there. An object of properties on their own may have none of them, yet be there.
    pub(crate) fn is_absent(&self) -> bool {
        self.pairs.is_empty() && self.fault.is_none()
    }

    /// Whether an absent value may be an object without properties.
    pub(crate) fn may_be_empty_object(&self) -> bool {
        let names = self.parameter.names != PropertyNames::Declared || !self.fields.is_empty();
        self.parameter.is_spread() && names
    }

    /// Whether there is one value, without any text.
    pub(crate) fn is_empty(&self) -> bool {
        let name = self.parameter.name;
        matches!(self.pairs.as_slice(), [(own, value)] if own == name && value.is_empty())
    }

    /// The values under the parameter's own name.
    fn own(&self) -> impl Iterator<Item = &str> {
        let name = self.parameter.name;
        let own = self.pairs.iter().filter(move |(found, _)| found == name);
        own.map(|(_, value)| value.as_ref())
    }

    /// What is there, as the kind that is wanted.
    fn tree(&self, wanted: Wanted) -> Result<Tree, Fault> {
        if let Some(fault) = self.fault {
            return Err(Fault(fault.to_owned()));
        }
        if wanted.array && self.is_array(wanted) {
            self.array()
        } else if wanted.object && self.is_object(wanted) {
            self.object()
        } else {
            self.text().map(Tree::String)
        }
    }

    fn is_array(&self, wanted: Wanted) -> bool {
        if wanted == Wanted::ARRAY {
            return true;
        }
        match self.parameter.style {
            Style::Deep => match self.deep() {
                Ok(Tree::Object(entries)) if self.is_object(wanted) => is_list(&entries),
                _ => self.own().count() > 1,
            },
            _ if self.parameter.is_spread() => {
                let own = self.own().count();
                own > 1 || own == 1 && !wanted.scalar()
            }
            _ => {
                let parts = self
                    .own()
                    .map(|value| self.split(value).len())
                    .sum::<usize>();
                parts > 1 || !wanted.scalar() && !wanted.object
            }
        }
    }

    fn is_object(&self, wanted: Wanted) -> bool {
        !wanted.scalar()
            || match self.parameter.style {
                Style::Deep => self.pairs.len() > self.own().count(),
                _ => self.parameter.is_spread() && self.own().next().is_none(),
            }
    }

    /// The one value, decoded.
    fn text(&self) -> Result<String, Fault> {
        let mut own = self.own();
        let (first, more) = (own.next(), own.count());
        if self.joins && more > 0 {
            let lines: Vec<&str> = self.own().collect();
            return Ok(lines.join(", "));
        }
        match first {
            Some(value) if more == 0 => self.decode(value),
            Some(_) => Err(Fault(format!("expected one value, found {}", more + 1))),
            None => Err(Fault("expected one value under its own name".to_owned())),
        }
    }

    fn decode(&self, raw: &str) -> Result<String, Fault> {
        let text = match self.parameter.location {
            Location::Query | Location::Body => decode_query(raw),
            Location::Path => decode_segment(raw),
            Location::Cookie if self.parameter.style != Style::Cookie => decode_segment(raw),
            _ => Some(raw.trim_matches([' ', '\t']).into()),
        };
        text.map(Cow::into_owned)
            .ok_or_else(|| Fault("expected UTF-8".to_owned()))
    }

    /// Splits a value at the delimiters of its style.
    fn split<'s>(&self, value: &'s str) -> Vec<&'s str> {
        let mut parts = Vec::new();
        let mut rest = value;
        let delimiters: &[&str] = match self.parameter.style {
            Style::Label if self.parameter.explode => &["."],
            Style::Space => &["%20", "+", " "],
            Style::Pipe => &["|", "%7C", "%7c"],
            Style::Lines => &[],
            _ => &[","],
        };
        let next = |rest: &str| {
            let found = delimiters
                .iter()
                .filter_map(|delimiter| Some((rest.find(delimiter)?, delimiter.len())));
            found.min()
        };
        while let Some((at, length)) = next(rest) {
            parts.push(rest.get(..at).unwrap_or_default());
            rest = rest.get(at + length..).unwrap_or_default();
        }
        if !(parts.is_empty() && rest.is_empty()) {
            parts.push(rest);
        }
        parts
    }

    /// Pairs that stand on their own; those of a cookie of style `form` are one cookie.
    fn spread(&self) -> impl Iterator<Item = (&str, &str)> {
        let joined =
            self.parameter.location == Location::Cookie && self.parameter.style == Style::Form;
        self.pairs.iter().flat_map(move |(name, value)| {
            let mut parts = value.split('&');
            let first = if joined {
                parts.next()
            } else {
                Some(value.as_ref())
            };
            let rest = if joined { parts } else { "".split('&') };
            let first = first.map(|first| (name.as_ref(), first));
            first
                .into_iter()
                .chain(rest.filter(|part| !part.is_empty()).map(pair))
        })
    }

    fn array(&self) -> Result<Tree, Fault> {
        let texts = |values: Vec<&str>| {
            let texts = values
                .into_iter()
                .map(|value| self.decode(value).map(Tree::String));
            texts.collect::<Result<_, _>>().map(Tree::Array)
        };
        let name = self.parameter.name;
        match self.parameter.style {
            // An empty list is written as an empty value.
            _ if self.is_empty() && self.parameter.style != Style::Lines => {
                Ok(Tree::Array(Vec::new()))
            }
            Style::Deep => self.deep(),
            Style::Lines => texts(self.own().collect()),
            _ if self.parameter.is_spread() => {
                let own = self.spread().filter(|(found, _)| *found == name);
                texts(own.map(|(_, value)| value).collect())
            }
            _ if self.parameter.location == Location::Header => {
                texts(self.own().flat_map(|value| self.split(value)).collect())
            }
            _ => {
                let mut own = self.own();
                let (first, more) = (own.next().unwrap_or_default(), own.count());
                if more > 0 {
                    return Err(Fault(format!("expected one value, found {}", more + 1)));
                }
                texts(self.split(first))
            }
        }
    }

    fn object(&self) -> Result<Tree, Fault> {
        let parameter = self.parameter;
        if parameter.style == Style::Deep {
            return self.deep();
        }
        let mut group = Group::default();
        if parameter.is_spread() {
            for (name, value) in self.spread().filter(|(name, _)| self.is_property(name)) {
                group.push(name.to_owned(), self.decode(value)?);
            }
            return Ok(group.finish());
        }
        let parts: Vec<&str> = self.own().flat_map(|value| self.split(value)).collect();
        if parameter.explode {
            for part in parts {
                let (name, value) = part.split_once('=').ok_or_else(|| {
                    Fault("expected properties of the form `name=value`".to_owned())
                })?;
                group.push(self.decode(name)?, self.decode(value)?);
            }
        } else {
            for part in parts.chunks(2) {
                let [name, value] = part else {
                    return Err(Fault("expected names and values in turn".to_owned()));
                };
                group.push(self.decode(name)?, self.decode(value)?);
            }
        }
        Ok(group.finish())
    }

    /// The value whose names have their place in brackets.
    fn deep(&self) -> Result<Tree, Fault> {
        let mut deep = Deep::default();
        for (name, value) in &self.pairs {
            let keys = brackets(self.parameter.name, name).unwrap_or_else(|| vec![""]);
            deep.insert(&keys, self.decode(value)?)?;
        }
        Ok(deep.finish())
    }

    /// What the text is, where the style is JSON.
    pub(crate) fn json(&self) -> Result<Option<Tree>, Fault> {
        if !matches!(self.parameter.style, Style::Json | Style::WholeJson) {
            return Ok(None);
        }
        let text = self.text()?;
        let tree = serde_json::from_str(&text);
        tree.map(Some)
            .map_err(|error| Fault(format!("expected a JSON text: {error}")))
    }

    /// What is there, for people.
    fn shown(&self) -> Option<Value> {
        self.text().ok().map(Value::from)
    }
}

/// A name and what follows its `=`.
fn pair(text: &str) -> (&str, &str) {
    text.split_once('=').unwrap_or((text, ""))
}

/// Reads a source as the kind that a type asks for.
pub(crate) struct Spelled<'s> {
    pub(crate) source: &'s Source<'s>,
    pub(crate) report: Option<&'s Report>,
}

impl Spelled<'_> {
    fn hand<'de, V: Visitor<'de>>(self, visitor: V, wanted: Wanted) -> Result<V::Value, Fault> {
        if wanted == Wanted::SCALAR && self.source.fault.is_none() {
            return visitor.visit_string(self.source.text()?);
        }
        let tree = self.source.tree(wanted)?;
        let parameter = self.source.parameter;
        let repeated = parameter.is_spread() || parameter.style == Style::Deep;
        let nested = if repeated {
            Nested::Repeated
        } else {
            Nested::Json
        };
        Plain::new(&tree, nested, self.report).hand(visitor, wanted)
    }
}

impl<'de> Deserializer<'de> for Spelled<'_> {
    by_kind! {}
}

/// Reads the value by `decode`, from whatever the source has.
fn decode<T: Decode>(source: &Source<'_>, cx: Cx<'_>) -> Result<T, Fault> {
    if let Some(tree) = source.json()? {
        return T::decode(Reader::new(&tree, cx.report()), cx);
    }
    let report = cx.report();
    T::decode(Spelled { source, report }, cx)
}

/// Reads a value as a client does.
pub(crate) fn lenient<T: Decode>(source: &Source<'_>) -> Result<T, Fault> {
    decode(source, Cx::LENIENT)
}

/// Reads a value as a server does.
pub(crate) fn strict<T: Decode + Check>(source: &Source<'_>) -> Result<T, Vec<Violation>> {
    let Parameter {
        name,
        location,
        rules,
        ..
    } = *source.parameter;
    let error = match decode::<T>(source, Cx::STRICT) {
        Ok(value) => {
            let violations = Report::violations(location, |report| {
                report.at(&name, |report| value.check(rules, report));
            });
            return if violations.is_empty() {
                Ok(value)
            } else {
                Err(violations)
            };
        }
        Err(error) => error,
    };
    // Once more, to find every fault.
    let session = Session::reporting(Report::decoding(location));
    let cx = Cx::STRICT.within(&session);
    if let Some(report) = cx.report() {
        report.enter(report.mark(), &name);
        if let Err(error) = decode::<T>(source, cx) {
            report.offer(source.shown());
            report.fault(&error, 0);
        }
    }
    let report = session.into_report();
    let mut violations = report.map(Report::into_violations).unwrap_or_default();
    if violations.is_empty() {
        let message = error.to_string();
        violations.push(violation(source.parameter, classify(&message).0, message));
    }
    Err(violations)
}

/// A violation by the whole of a parameter.
pub(crate) fn violation(
    parameter: &Parameter,
    rule: &'static str,
    message: impl Into<String>,
) -> Violation {
    let mut pointer = String::new();
    crate::support::pointer::push(&mut pointer, parameter.name);
    Violation::new(parameter.location, pointer, rule, message)
}
