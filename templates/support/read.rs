//! Whole documents: the entry points of client and server.

use std::{error::Error, fmt};

use crate::support::{
    codec::{AsSerialize, Cx, Decode, Encode, Session},
    pointer,
    report::{Report, classify},
    rules::{Check, Rules},
    tree::{Reader, Tree},
    violation::{Location, Violation},
};

/// What most bodies have room in; what is longer grows.
const BODY_BYTES: usize = 1024;

/// Why a document could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    /// Where the fault is, as a JSON pointer (RFC 6901), `/context/app`; empty for the whole document.
    pub pointer: String,
    /// What is wrong there.
    pub message: String,
    /// The line, from 1; 0 where the document is not text.
    pub line: usize,
    /// The column in bytes, from 1; 0 where there is none.
    pub column: usize,
}

impl From<&serde_json::Error> for DecodeError {
    fn from(error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        let text = error.to_string();
        let text = text
            .strip_suffix(&format!(" at line {line} column {column}"))
            .unwrap_or(&text);
        let (pointer, message) = pointer::split(text);
        Self {
            pointer,
            message: message.to_owned(),
            line,
            column,
        }
    }
}

impl From<serde_json::Error> for DecodeError {
    fn from(error: serde_json::Error) -> Self {
        Self::from(&error)
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.pointer.is_empty() {
            write!(f, "{}: ", self.pointer)?;
        }
        f.write_str(&self.message)?;
        if self.line == 0 {
            Ok(())
        } else {
            write!(f, " at line {} column {}", self.line, self.column)
        }
    }
}

impl Error for DecodeError {}

/// Why a request's body could not be read.
#[derive(Debug, Clone, PartialEq)]
pub enum ReadError {
    /// It is not JSON.
    Syntax {
        /// What is wrong.
        message: String,
        /// The line, from 1.
        line: usize,
        /// The column in bytes, from 1.
        column: usize,
    },
    /// It is JSON, but not as its schema says. Every violation is here, up to a thousand of them.
    Invalid(Vec<Violation>),
}

impl ReadError {
    fn syntax(error: &serde_json::Error) -> Self {
        let DecodeError {
            message,
            line,
            column,
            ..
        } = DecodeError::from(error);
        Self::Syntax {
            message,
            line,
            column,
        }
    }
}

/// Reads a document leniently, as a client does.
///
/// # Errors
/// The first fault, with its place.
pub fn from_slice<T: Decode>(bytes: &[u8]) -> Result<T, DecodeError> {
    let text = std::str::from_utf8(bytes).map_err(|error| not_utf8(bytes, error))?;
    parse(text, Cx::LENIENT).map_err(DecodeError::from)
}

/// Reads a document strictly, as a server does, and checks all constraints.
///
/// # Errors
/// That it is not JSON, or every violation of its schema.
pub fn read_json<T: Decode + Check>(bytes: &[u8]) -> Result<T, ReadError> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let DecodeError {
            message,
            line,
            column,
            ..
        } = not_utf8(bytes, error);
        ReadError::Syntax {
            message,
            line,
            column,
        }
    })?;
    let error = match parse::<T>(text, Cx::STRICT) {
        Ok(value) => {
            let violations = Report::violations(Location::Body, |report| {
                value.check(&Rules::NONE, report);
            });
            return if violations.is_empty() {
                Ok(value)
            } else {
                Err(ReadError::Invalid(violations))
            };
        }
        Err(error) if error.is_data() => error,
        Err(error) => return Err(ReadError::syntax(&error)),
    };
    // A stream ends at its first fault. To find the others, the document is buffered and read once more.
    let tree: Tree = serde_json::from_str(text).map_err(|error| ReadError::syntax(&error))?;
    let mut violations = violations::<T>(&tree);
    if violations.is_empty() {
        violations.push(first(&error));
    }
    Err(ReadError::Invalid(violations))
}

/// Every violation of a buffered document.
fn violations<T: Decode>(tree: &Tree) -> Vec<Violation> {
    let session = Session::reporting(Report::decoding(Location::Body));
    let cx = Cx::STRICT.within(&session);
    let result: Result<T, serde_json::Error> = T::decode(Reader::new(tree, cx.report()), cx);
    if let (Err(error), Some(report)) = (&result, cx.report()) {
        report.offer(tree.scalar());
        report.fault(error, 0);
    }
    session
        .into_report()
        .map(Report::into_violations)
        .unwrap_or_default()
}

/// The violation that stopped a strict walk.
fn first(error: &serde_json::Error) -> Violation {
    let DecodeError {
        mut pointer,
        message,
        ..
    } = DecodeError::from(error);
    let (rule, missing) = classify(&message);
    if let Some(property) = missing {
        pointer::push(&mut pointer, &property);
    }
    Violation::new(Location::Body, pointer, rule, message)
}

fn parse<T: Decode>(text: &str, cx: Cx<'_>) -> serde_json::Result<T> {
    let mut source = serde_json::Deserializer::from_str(text);
    let value = T::decode(&mut source, cx)?;
    source.end()?;
    Ok(value)
}

fn not_utf8(bytes: &[u8], error: std::str::Utf8Error) -> DecodeError {
    let mut lines = bytes[..error.valid_up_to()].split(|&byte| byte == b'\n');
    let last = lines.next_back().unwrap_or_default();
    DecodeError {
        pointer: String::new(),
        message: "not UTF-8".to_owned(),
        line: lines.count() + 1,
        column: last.len() + 1,
    }
}

/// Writes a value as JSON.
///
/// # Errors
/// A number that JSON does not have: infinite, or not a number.
pub fn to_vec<T: Encode + ?Sized>(value: &T) -> serde_json::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(BODY_BYTES);
    serde_json::to_writer(&mut bytes, &AsSerialize(value))?;
    Ok(bytes)
}
