//! Expressions as lines of text.

use std::fmt::Write as _;

use super::spelling::{WIDTH, is_plain_value, string};

/// The printer breaks the literal of a struct that is longer than this.
const STRUCT_WIDTH: usize = 34;

/// An expression: what the body of a generated function gives.
///
/// The texts come from pieces that emission has already made safe; nothing is escaped here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Any expression.
    Text(String),
    /// A call: the function, and its arguments.
    Call(String, Vec<Value>),
    /// A struct: its name, and its fields; those without a value are variables of the same name.
    Struct(String, Vec<(String, Option<String>)>),
}

impl Value {
    /// The expression on one line, whether or not there is room.
    pub(super) fn flat(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Call(function, arguments) => {
                let arguments: Vec<String> = arguments.iter().map(Self::flat).collect();
                format!("{function}({})", arguments.join(", "))
            }
            Self::Struct(name, fields) if fields.is_empty() => format!("{name} {{}}"),
            Self::Struct(name, fields) => {
                let mut text = format!("{name} {{ ");
                for (index, (field, value)) in fields.iter().enumerate() {
                    text.push_str(if index == 0 { "" } else { ", " });
                    text.push_str(field);
                    if let Some(value) = value {
                        text.push_str(": ");
                        text.push_str(value);
                    }
                }
                text.push_str(" }");
                text
            }
        }
    }

    /// Writes it as the printer would, where that can be told: after `before` bytes of its line, with lines that
    /// follow indented by `indent`.
    pub(super) fn lay_out(&self, indent: usize, before: usize, out: &mut String) -> Option<()> {
        let is_narrow = self.is_narrow();
        if is_narrow {
            let flat = self.flat();
            // A comma may follow, or not.
            match before + flat.len() {
                width if width < WIDTH => {
                    out.push_str(&flat);
                    return Some(());
                }
                WIDTH => return None,
                _ => {}
            }
        }
        let inner = indent + 4;
        match self {
            Self::Text(text) => call(text)?.lay_out(indent, before, out)?,
            Self::Call(function, arguments) => {
                if before + function.len() + 1 > WIDTH || arguments.is_empty() {
                    return None;
                }
                // The printer hugs a struct that is the only argument.
                if matches!(arguments.as_slice(), [Self::Struct(..)]) {
                    return None;
                }
                out.push_str(function);
                out.push_str("(\n");
                for argument in arguments {
                    _ = write!(out, "{:inner$}", "");
                    argument.lay_out(inner, inner, out)?;
                    out.push_str(",\n");
                }
                _ = write!(out, "{:indent$})", "");
            }
            Self::Struct(_, fields) if fields.is_empty() => return None,
            Self::Struct(name, fields) => {
                if before + name.len() + 2 > WIDTH {
                    return None;
                }
                out.push_str(name);
                out.push_str(" {\n");
                for (field, value) in fields {
                    _ = write!(out, "{:inner$}{field}", "");
                    if let Some(value) = value {
                        out.push_str(": ");
                        let before = inner + field.len() + 2;
                        Self::Text(value.clone()).lay_out(inner, before, out)?;
                    }
                    out.push_str(",\n");
                }
                _ = write!(out, "{:indent$}}}", "");
            }
        }
        Some(())
    }

    /// Whether no part of it is broken wherever it stands.
    fn is_narrow(&self) -> bool {
        match self {
            Self::Text(text) => is_plain_value(text),
            Self::Call(_, arguments) => arguments.iter().all(Self::is_narrow),
            Self::Struct(_, fields) => {
                // `Name {}` is shorter than the printer would have it where the name is long.
                fields.is_empty()
                    || self.flat().len() <= STRUCT_WIDTH + 1
                        && fields
                            .iter()
                            .all(|(_, value)| value.as_deref().is_none_or(is_plain_value))
            }
        }
    }
}

/// A call of a function, taken apart.
fn call(text: &str) -> Option<Value> {
    if !is_plain_value(text) {
        return None;
    }
    let open = text.find(['(', '"', '.'])?;
    let (function, rest) = text.split_at(open);
    let inner = rest.strip_prefix('(')?.strip_suffix(')')?;
    let mut arguments = Vec::new();
    let (mut depth, mut start, mut index) = (0_usize, 0, 0);
    while let Some(byte) = inner.as_bytes().get(index) {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.checked_sub(1)?,
            b'"' => {
                index += string(inner.as_bytes().get(index..)?)?;
                continue;
            }
            b',' if depth == 0 => {
                arguments.push(inner.get(start..index)?.trim_start().to_owned());
                start = index + 1;
            }
            _ => {}
        }
        index += 1;
    }
    arguments.push(inner.get(start..)?.trim_start().to_owned());
    let is_call = depth == 0 && !function.is_empty() && !inner.is_empty();
    let arguments = arguments.into_iter().map(Value::Text).collect();
    is_call.then(|| Value::Call(function.to_owned(), arguments))
}
