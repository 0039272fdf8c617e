//! Content hashes, as the manifest records them.

use std::borrow::Cow;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// SHA-256 in lower-case hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// SHA-256 of a text, whatever its line ends: a checkout may have turned LF into CRLF.
pub(crate) fn sha256_of_text(bytes: &[u8]) -> String {
    sha256(&normal(bytes))
}

/// Text with LF line ends.
pub(crate) fn normal(bytes: &[u8]) -> Cow<'_, [u8]> {
    // Most have none, and looking for one byte is the quickest search there is.
    if !bytes.contains(&b'\r') {
        return Cow::Borrowed(bytes);
    }
    let mut normal = Vec::with_capacity(bytes.len());
    for (at, byte) in bytes.iter().enumerate() {
        if *byte != b'\r' || bytes.get(at + 1) != Some(&b'\n') {
            normal.push(*byte);
        }
    }
    Cow::Owned(normal)
}
