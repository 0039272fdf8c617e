//! What a request says by HTTP's scheme `Basic` (RFC 7617).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::support::secret::SecretString;

/// A user with a password, both UTF-8.
#[derive(Debug, Clone, PartialEq)]
pub struct BasicCredentials {
    /// The user, without a colon.
    pub user: String,
    /// The password.
    pub password: SecretString,
}

impl BasicCredentials {
    /// Reads what stands after `Basic `; the error says what is wrong.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let bytes = STANDARD
            .decode(text.trim_end())
            .map_err(|_| "the credential must be base64")?;
        let text = String::from_utf8(bytes).map_err(|_| "the credential must be UTF-8")?;
        let (user, password) = text
            .split_once(':')
            .ok_or("the credential must be a user, a colon and a password")?;
        Ok(Self {
            user: user.to_owned(),
            password: SecretString::from(password),
        })
    }
}
