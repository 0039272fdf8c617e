//! Forms: `application/x-www-form-urlencoded` (WHATWG URL Standard, "application/x-www-form-urlencoded").

use crate::support::codec::{Cx, Decode, Encode, Session};
use crate::support::deep::{Deep, brackets};
use crate::support::params::{decode_query, encode_component, query_pairs};
use crate::support::plain::{Fault, Nested, Plain};
use crate::support::report::{Report, classify};
use crate::support::rules::{Check, Rules};
use crate::support::to_tree::to_tree;
use crate::support::tree::Tree;
use crate::support::violation::{Location, Violation};

/// Takes a form apart: names in brackets have their place in objects and lists, and what is repeated
/// is a list. A name that one of `fields` is stands for itself.
fn parse(text: &str, fields: &[&str]) -> Result<Tree, Fault> {
    let mut form = Deep::default();
    for (name, value) in query_pairs(text) {
        let (Some(name), Some(value)) = (decode_query(name), decode_query(value)) else {
            return Err(Fault("must be UTF-8".to_owned()));
        };
        let own = name.split_once('[').map_or(&*name, |(own, _)| own);
        let mut keys = vec![own];
        match brackets(own, &name) {
            Some(inner) if !fields.contains(&&*name) => keys.extend(inner),
            _ => keys = vec![&*name],
        }
        form.insert(&keys, value.into_owned())?;
    }
    Ok(form.finish())
}

fn decode<T: Decode>(tree: &Tree, cx: Cx<'_>) -> Result<T, Fault> {
    T::decode(Plain::new(tree, Nested::Repeated, cx.report()), cx)
}

/// Reads a form as a client does.
pub(crate) fn lenient<T: Decode>(text: &str) -> Result<T, Fault> {
    decode(&parse(text, T::TABLE.names)?, Cx::LENIENT)
}

/// Reads a form as a server does, or finds every violation.
pub(crate) fn strict<T: Decode + Check>(text: &str) -> Result<T, Vec<Violation>> {
    let tree = parse(text, T::TABLE.names).map_err(|fault| whole(&fault))?;
    held(|cx| decode(&tree, cx))
}

/// A violation by a form as a whole.
pub(crate) fn whole(fault: &Fault) -> Vec<Violation> {
    let (rule, _) = classify(&fault.0);
    let message = fault.0.clone();
    vec![Violation::new(Location::Body, String::new(), rule, message)]
}

/// Reads by `decode` and holds what is read against its constraints, or finds every violation.
pub(crate) fn held<T: Check>(
    decode: impl Fn(Cx<'_>) -> Result<T, Fault>,
) -> Result<T, Vec<Violation>> {
    let fault = match decode(Cx::STRICT) {
        Ok(value) => {
            let violations = Report::violations(Location::Body, |report| {
                value.check(&Rules::NONE, report);
            });
            return if violations.is_empty() {
                Ok(value)
            } else {
                Err(violations)
            };
        }
        Err(fault) => fault,
    };
    // Once more, to find every fault.
    let session = Session::reporting(Report::decoding(Location::Body));
    let cx = Cx::STRICT.within(&session);
    if let (Err(fault), Some(report)) = (decode(cx), cx.report()) {
        report.fault(&fault, 0);
    }
    let report = session.into_report();
    let violations = report.map(Report::into_violations).unwrap_or_default();
    if violations.is_empty() {
        return Err(whole(&fault));
    }
    Err(violations)
}

/// Writes a form. Lists are repeated and objects are JSON, or with `deep` both have brackets.
pub(crate) fn write<T: Encode>(value: &T, deep: bool) -> Result<String, Fault> {
    let mut form = Writer {
        text: String::new(),
        deep,
    };
    match to_tree(value)? {
        Tree::Object(entries) => {
            for (name, value) in &entries {
                form.property(name, value)?;
            }
            Ok(form.text)
        }
        _ => Err(Fault("a form is an object".to_owned())),
    }
}

struct Writer {
    text: String,
    deep: bool,
}

impl Writer {
    fn property(&mut self, name: &str, value: &Tree) -> Result<(), Fault> {
        match value {
            Tree::Null => {}
            Tree::Array(items) if self.deep => {
                for (index, item) in items.iter().enumerate() {
                    self.property(&format!("{name}[{index}]"), item)?;
                }
            }
            Tree::Object(entries) if self.deep => {
                for (key, value) in entries {
                    self.property(&format!("{name}[{key}]"), value)?;
                }
            }
            Tree::Array(items) => {
                for item in items {
                    self.pair(name, item)?;
                }
            }
            value => self.pair(name, value)?,
        }
        Ok(())
    }

    fn pair(&mut self, name: &str, value: &Tree) -> Result<(), Fault> {
        let text = match value {
            Tree::String(text) => text.clone(),
            Tree::Null => String::new(),
            other => serde_json::to_string(other).map_err(|error| Fault(error.to_string()))?,
        };
        let separator = if self.text.is_empty() { "" } else { "&" };
        self.text += separator;
        encode_component(name, &mut self.text);
        self.text.push('=');
        encode_component(&text, &mut self.text);
        Ok(())
    }
}
