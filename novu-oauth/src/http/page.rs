//! The page at the end of a flow. It loads nothing and runs nothing.

/// The page.
pub(crate) const COMPLETE: &str = include_str!("complete.html");

/// What it may do.
pub(crate) const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
