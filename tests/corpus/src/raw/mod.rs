//! Documents as they are written, read without Specwright: what it is measured against.

mod files;
mod keywords;
mod load;
mod pointer;
mod walk;

pub(crate) use files::{Files, Site};
pub(crate) use keywords::{ANNOTATIONS, is_restriction};
pub(crate) use load::load;
pub(crate) use pointer::percent_encoded;
pub(crate) use walk::{Kind, METHODS, Node, walk};
