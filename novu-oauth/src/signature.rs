//! HMAC-SHA256 (RFC 2104) in lowercase hexadecimal, the form of every signature in this API.

use std::fmt::Write as _;

use ctutils::CtEq as _;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// The lowercase hexadecimal HMAC-SHA256 of `message` under `key`: 64 characters.
#[must_use]
pub fn hmac_hex(key: &[u8], message: &[u8]) -> String {
    // An HMAC key may have any length (RFC 2104, section 2), so the error arm is never taken; it
    // yields a text that no signature equals.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        return String::new();
    };
    mac.update(message);
    hex(&mac.finalize().into_bytes())
}

/// Whether `signature` is [`hmac_hex`] of `message` under `key`, in time that does not depend on
/// where the two differ.
///
/// Upper-case digits are refused, so that a message has one signature only.
#[must_use]
pub fn hmac_matches(key: &[u8], message: &[u8], signature: &str) -> bool {
    let expected = hmac_hex(key, message);
    !expected.is_empty() && expected.as_bytes().ct_eq(signature.as_bytes()).to_bool()
}

/// `bytes` in lowercase hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a `String` does not fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use super::{hmac_hex, hmac_matches};

    /// `printf '%s' subscriber-123 | openssl dgst -sha256 -hmac sk_test_123`
    const SIGNATURE: &str = "a6763343daf71d95299f09e50f61de3e6bea1181af585670e135335520d5dc97";

    #[test]
    fn agrees_with_openssl() {
        assert_eq!(hmac_hex(b"sk_test_123", b"subscriber-123"), SIGNATURE);
        assert!(hmac_matches(b"sk_test_123", b"subscriber-123", SIGNATURE));
    }

    #[test]
    fn agrees_with_rfc_4231() {
        // Test case 2.
        assert_eq!(
            hmac_hex(b"Jefe", b"what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        // Test case 6: a key longer than the block.
        assert_eq!(
            hmac_hex(
                &[0xaa; 131],
                b"Test Using Larger Than Block-Size Key - Hash Key First"
            ),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
    }

    #[test]
    fn refuses_another_key_message_length_or_case() {
        for (key, message, signature) in [
            ("sk_test_124", "subscriber-123", SIGNATURE.to_owned()),
            ("sk_test_123", "subscriber-124", SIGNATURE.to_owned()),
            ("sk_test_123", "subscriber-123", SIGNATURE[..62].to_owned()),
            ("sk_test_123", "subscriber-123", format!("{SIGNATURE}00")),
            ("sk_test_123", "subscriber-123", SIGNATURE.to_uppercase()),
            ("sk_test_123", "subscriber-123", String::new()),
        ] {
            assert!(
                !hmac_matches(key.as_bytes(), message.as_bytes(), &signature),
                "{signature}"
            );
        }
    }
}
