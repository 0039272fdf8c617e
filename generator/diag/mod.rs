//! Diagnostics: what was found, where, and how to mend it.
//!
//! Stages never print and never stop at the first fault: they push into a [`Sink`] and go on, so
//! that a user sees everything at once. A [`Diagnostic`] names its place by file and JSON pointer;
//! line and column are found only when it is shown, by one scan of the text (see [`locate`]).

mod code;
pub mod codes;
mod diagnostic;
mod files;
pub mod locate;
mod pointer;
mod render;
mod sink;
mod suggest;

pub use code::{Code, Entry, Example};
pub use diagnostic::{Diagnostic, Severity};
pub use files::{File, FileId, Files, Format};
pub use locate::Span;
pub use pointer::{Place, Pointer};
pub use render::{Located, Report};
pub use sink::Sink;
pub use suggest::{closest, one_of};
