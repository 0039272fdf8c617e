//! HTTP's scheme `Basic` (RFC 7617).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::support::credentials::{Credential, Source};

/// Returns the credential of a user with a password.
pub(crate) fn basic(user: &str, password: &str) -> Credential {
    if user.contains(':') {
        return Credential(Source::Fault("the user's name holds a colon"));
    }
    Credential::secret(STANDARD.encode(format!("{user}:{password}")))
}
