//! Codes about the configuration, as seen from the document that it is for.

use super::catalogue;

catalogue! {
    /// Codes about the configuration.
    CONFIGURATION

    UNUSED_CONFIGURATION = "unused-configuration", Warning {
        summary: "a setting names nothing in the document",
        meaning: "A setting for a security scheme, a prefix of operation ids or a pinned name is for something that the document has to have. This one is misspelt, or the document has changed; it has no effect.",
        examples: [],
        mend: "correct the name, or remove the setting.",
    }
}
