//! Encryption at rest: the keys under which secrets are kept in the storage.
//!
//! A sealed text is `v1.KEY.BASE64URL`, where `KEY` tells which key it is, and the rest is the nonce
//! and the ciphertext of XChaCha20-Poly1305. It is bound to its place: a text that is moved to another
//! row or column does not open there.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{Key, KeyInit as _, XChaCha20Poly1305, XNonce};
use sha2::{Digest as _, Sha256};

use crate::random::{self, NoRandomness};
use crate::secret::Secret;
use crate::signature::hex;

const VERSION: &str = "v1";
const NONCE: usize = 24;

/// The keys, oldest first: any of them opens, the newest seals.
#[derive(Clone)]
pub struct KeyRing(Vec<Entry>);

#[derive(Clone)]
struct Entry {
    id: String,
    cipher: XChaCha20Poly1305,
}

/// The text is no key ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidKeyRing {
    /// There is no key in it.
    #[error("there is no key")]
    Empty,
    /// A key is not of the right form.
    #[error("key {0} is not 64 hexadecimal digits, as `openssl rand -hex 32` writes them")]
    Form(usize),
}

/// The text cannot be opened: it is of another key or place, or not whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a secret in the storage cannot be opened with the keys that the service has")]
pub struct CannotOpen;

impl KeyRing {
    /// Reads keys of 64 hexadecimal digits, with space or commas between them, the newest last. What
    /// follows a `#` in a line is a comment.
    pub fn parse(text: &str) -> Result<Self, InvalidKeyRing> {
        let lines = text
            .lines()
            .map(|line| line.split_once('#').map_or(line, |(keys, _)| keys));
        let words = lines.flat_map(|line| line.split([',', ' ', '\t']));
        let mut entries = Vec::new();
        for word in words.map(str::trim).filter(|word| !word.is_empty()) {
            let form = InvalidKeyRing::Form(entries.len() + 1);
            entries.push(Entry::new(&unhex(word).ok_or(form)?));
        }
        if entries.is_empty() {
            return Err(InvalidKeyRing::Empty);
        }
        Ok(Self(entries))
    }

    /// A ring of one key, which nobody knows.
    pub fn ephemeral() -> Result<Self, NoRandomness> {
        Ok(Self(vec![Entry::new(&random::bytes()?)]))
    }

    /// A new key, in the form that [`parse`](Self::parse) reads.
    pub fn generate() -> Result<String, NoRandomness> {
        random::digits::<32>()
    }

    /// Seals `text` for `place` with the newest key.
    pub fn seal(&self, text: &str, place: &str) -> Result<String, NoRandomness> {
        let nonce = random::bytes::<NONCE>()?;
        let payload = Payload {
            msg: text.as_bytes(),
            aad: place.as_bytes(),
        };
        let entry = self.0.last().ok_or(NoRandomness)?;
        // It fails only for texts of 256 GiB.
        let sealed = entry
            .cipher
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| NoRandomness)?;
        let body = URL_SAFE_NO_PAD.encode([&nonce[..], &sealed].concat());
        Ok(format!("{VERSION}.{}.{body}", entry.id))
    }

    /// Opens what [`seal`](Self::seal) made for the same place.
    pub fn open(&self, sealed: &str, place: &str) -> Result<Secret, CannotOpen> {
        let mut parts = sealed.split('.');
        let (Some(VERSION), Some(id), Some(body), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(CannotOpen);
        };
        let entry = self
            .0
            .iter()
            .find(|entry| entry.id == id)
            .ok_or(CannotOpen)?;
        let body = URL_SAFE_NO_PAD.decode(body).map_err(|_| CannotOpen)?;
        let (nonce, msg) = body.split_first_chunk::<NONCE>().ok_or(CannotOpen)?;
        let aad = place.as_bytes();
        let text = entry
            .cipher
            .decrypt(&XNonce::from(*nonce), Payload { msg, aad })
            .map_err(|_| CannotOpen)?;
        String::from_utf8(text)
            .map(Secret::new)
            .map_err(|_| CannotOpen)
    }

    /// Whether `sealed` is sealed with the newest key.
    #[must_use]
    pub fn is_newest(&self, sealed: &str) -> bool {
        let newest = self.0.last().map(|entry| entry.id.as_str());
        sealed.split('.').nth(1) == newest
    }
}

impl Entry {
    fn new(key: &[u8; 32]) -> Self {
        let digest = hex(&Sha256::digest(key));
        Self {
            id: digest.chars().take(8).collect(),
            cipher: XChaCha20Poly1305::new(&Key::from(*key)),
        }
    }
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids = self.0.iter().map(|entry| &entry.id);
        f.debug_list().entries(ids).finish()
    }
}

fn unhex(word: &str) -> Option<[u8; 32]> {
    let mut key = [0; 32];
    if word.len() != 64 || !word.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    for (at, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(word.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::{CannotOpen, InvalidKeyRing, KeyRing};

    const OLD: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    const NEW: &str = "101112131415161718191a1b1c1d1e1f000102030405060708090a0b0c0d0e0f";

    #[test]
    fn old_keys_open_and_the_newest_seals() {
        let old = KeyRing::parse(OLD).expect("a ring");
        let both = KeyRing::parse(&format!("{OLD} # of old\n{NEW}")).expect("a ring");
        let sealed = old.seal("hunter2", "a").expect("to seal");
        assert_eq!(
            both.open(&sealed, "a").expect("to open").expose(),
            "hunter2"
        );
        assert!(old.is_newest(&sealed) && !both.is_newest(&sealed));
        let sealed = both.seal("hunter2", "a").expect("to seal");
        assert_eq!(old.open(&sealed, "a"), Err(CannotOpen));
        let new = KeyRing::parse(NEW).expect("a ring");
        assert_eq!(new.open(&sealed, "a").expect("to open").expose(), "hunter2");
    }

    #[test]
    fn nothing_opens_elsewhere_or_changed() {
        let ring = KeyRing::parse(OLD).expect("a ring");
        let sealed = ring.seal("hunter2", "a").expect("to seal");
        assert_ne!(ring.seal("hunter2", "a").expect("to seal"), sealed);
        assert_eq!(ring.open(&sealed, "b"), Err(CannotOpen));
        for at in 0..sealed.len() {
            let mut changed = sealed.clone().into_bytes();
            changed[at] ^= 1;
            let changed = String::from_utf8(changed).expect("ASCII");
            assert_eq!(ring.open(&changed, "a"), Err(CannotOpen), "{at}");
        }
        for text in ["", "v1", "v1.x.y", "v1..", "v2.a.b", "hunter2"] {
            assert_eq!(ring.open(text, "a"), Err(CannotOpen));
        }
    }

    #[test]
    fn refuses_what_is_no_ring_and_shows_no_key() {
        for (text, expected) in [
            ("", InvalidKeyRing::Empty),
            ("# none\n", InvalidKeyRing::Empty),
            ("abc", InvalidKeyRing::Form(1)),
            (
                &format!("{OLD},{}", NEW.replace('1', "g")),
                InvalidKeyRing::Form(2),
            ),
        ] {
            assert_eq!(KeyRing::parse(text).expect_err("a fault"), expected);
        }
        let shown = format!("{:?}", KeyRing::parse(OLD).expect("a ring"));
        assert!(!shown.contains("000102"), "{shown}");
    }
}
