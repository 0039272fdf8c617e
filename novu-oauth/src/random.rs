//! Randomness of the operating system, as text.

use crate::signature::hex;

/// The operating system gives no random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gives no random bytes")]
pub struct NoRandomness;

/// `N` random bytes.
pub fn bytes<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(bytes)
}

/// `2 * N` random hexadecimal digits.
pub fn digits<const N: usize>() -> Result<String, NoRandomness> {
    bytes::<N>().map(|bytes| hex(&bytes))
}

/// `N` random lower-case letters and digits, for the identifiers of connections and endpoints.
pub fn short_id<const N: usize>() -> Result<String, NoRandomness> {
    const ALPHABET: &[u8; 32] = b"abcdefghijkmnopqrstuvwxyz2345678";
    let bytes = bytes::<N>()?;
    let letters = bytes
        .iter()
        .filter_map(|byte| ALPHABET.get(usize::from(byte % 32)));
    Ok(letters.map(|&letter| char::from(letter)).collect())
}

#[cfg(test)]
mod tests {
    use super::{digits, short_id};

    #[test]
    fn have_their_length_and_differ() {
        let (one, other) = (
            digits::<12>().expect("digits"),
            digits::<12>().expect("digits"),
        );
        assert_eq!(one.len(), 24);
        assert_ne!(one, other);
        assert_eq!(short_id::<6>().expect("an id").len(), 6);
    }
}
