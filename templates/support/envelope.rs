//! An envelope around bodies that the document does not describe, such as `{"data": …}`.

use serde::de::IgnoredAny;

use crate::support::codec::Decode;
use crate::support::read::{DecodeError, from_slice};
use crate::support::rules::Check;

/// Reads a body that may be alone in an object under `key`. Where what is inside does not fit, the body is read as
/// it is; the fault is then that of the form in which it came.
pub fn read<T: Decode + Check>(body: &[u8], key: &str) -> Result<T, DecodeError> {
    let Some(at) = content(body, key) else {
        return from_slice(body);
    };
    let (before, inner) = (
        body.get(..at.start).unwrap_or_default(),
        body.get(at).unwrap_or_default(),
    );
    let fault = match from_slice(inner) {
        Ok(value) => return Ok(value),
        Err(fault) => fault,
    };
    match from_slice(body) {
        Ok(value) => Ok(value),
        Err(_) if serde_json::from_slice::<IgnoredAny>(inner).is_ok() => {
            Err(within(fault, before, key))
        }
        Err(fault) => Err(fault),
    }
}

/// Finds what stands between `{"key":` and the `}` at the end. It may be more than one member.
fn content(body: &[u8], key: &str) -> Option<std::ops::Range<usize>> {
    let inside = body.trim_ascii().strip_prefix(b"{")?.strip_suffix(b"}")?;
    let rest = inside.trim_ascii_start().strip_prefix(b"\"")?;
    let rest = rest.strip_prefix(key.as_bytes())?.strip_prefix(b"\"")?;
    let rest = rest.trim_ascii_start().strip_prefix(b":")?;
    let end = body.trim_ascii_end().len().checked_sub(1)?;
    Some(end.checked_sub(rest.len())?..end)
}

/// Tells of a fault from the start of the body and not of what is inside.
fn within(mut fault: DecodeError, before: &[u8], key: &str) -> DecodeError {
    let lines = before.split(|byte| *byte == b'\n').count() - 1;
    if fault.line == 1 {
        fault.column += before
            .rsplit(|byte| *byte == b'\n')
            .next()
            .map_or(0, <[u8]>::len);
    }
    fault.line += lines;
    let key = key.replace('~', "~0").replace('/', "~1");
    fault.pointer.insert_str(0, &format!("/{key}"));
    fault
}
