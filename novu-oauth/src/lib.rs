//! Mints the OAuth authorization URLs of Novu's chat integrations, for Slack and Microsoft Teams.
//!
//! What a URL holds is decided by pure functions, which take the clock, the keys and what the store
//! knows as arguments:
//!
//! - [`mint`] checks a request in the API's order and writes the URL, or says why there is none;
//! - [`legacy`] does the same for the older redirect of a subscriber;
//! - [`state`] signs and verifies what travels through the provider and back;
//! - [`authorize`] writes each provider's URL.
//!
//! [`service`] implements the generated server traits with them, and [`failure`] writes what goes
//! wrong as the API documents it.

pub mod authorize;
pub mod clock;
pub mod config;
pub mod context;
pub mod demo;
pub mod directory;
pub mod failure;
pub mod legacy;
pub mod mint;
pub mod problem;
pub mod secret;
pub mod serve;
pub mod service;
pub mod signature;
pub mod state;
