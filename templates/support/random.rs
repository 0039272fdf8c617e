//! Randomness that needs no crate: the keys of the standard library's hash maps, which come from the
//! operating system. Good for keys that must not meet and waits that must not agree; not for secrets.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};

static DRAWN: AtomicU64 = AtomicU64::new(0);

/// Returns 64 random bits.
pub fn bits() -> u64 {
    let mut hasher = RandomState::new().build_hasher();
    hasher.write_u64(DRAWN.fetch_add(1, Ordering::Relaxed));
    hasher.finish()
}

/// Returns a number from 0 up to 1, which is excluded.
#[allow(
    clippy::cast_precision_loss,
    reason = "53 bits, and a power of two, are exact"
)]
pub fn fraction() -> f64 {
    (bits() >> 11) as f64 / (1_u64 << 53) as f64
}

/// Returns a random UUID (RFC 9562 §5.4).
pub fn uuid() -> String {
    let (high, low) = (bits(), bits());
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        0x8000 | ((low >> 48) & 0x3fff),
        low & 0xffff_ffff_ffff,
    )
}
