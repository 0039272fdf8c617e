//! A body as it travels.

use bytes::Bytes;

/// Bytes, and the media type that says what they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// The media type with its parameters, such as `image/png`.
    pub media_type: String,
    /// The bytes.
    pub bytes: Bytes,
}

impl Content {
    /// `bytes` of type `media_type`.
    pub fn new(media_type: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self {
            media_type: media_type.into(),
            bytes: bytes.into(),
        }
    }
}
