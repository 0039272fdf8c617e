//! Novu's chat OAuth: the URLs by which subscribers and workspaces let an app in, for Slack, Microsoft
//! Teams and Webex, and what happens when they have.
//!
//! What a URL holds is decided by pure functions, which take the clock, the keys and what the storage
//! knows as arguments:
//!
//! - [`mint`] checks a request in the API's order and writes the URL, or says why there is none;
//! - [`legacy`] does the same for the older redirect of a subscriber;
//! - [`state`] signs and verifies what travels through the provider and back;
//! - [`provider`] writes each provider's URL, and exchanges the code that comes back.
//!
//! [`callback`] completes a flow, and [`storage`] keeps what it leaves behind. [`service`] implements the
//! generated server traits with all of them; [`http`] has what is around the operations.

pub mod admin;
pub mod callback;
pub mod canonical;
pub mod clock;
pub mod config;
pub mod context;
pub mod demo;
pub mod domain;
pub mod http;
pub mod keyring;
pub mod legacy;
pub mod mint;
pub mod problem;
pub mod provider;
pub mod random;
mod received;
pub mod secret;
pub mod serve;
pub mod service;
pub mod signature;
pub mod state;
pub mod storage;
