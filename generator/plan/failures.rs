//! Failures: an enum of their own beside that of the responses, shared by the operations that fail alike.
//!
//! Most operations of an API fail in the same few ways. The enum is that of the first operation which does, and for
//! the others its name is an alias: each operation has its own name for its failures, so that one which comes to
//! fail in another way changes no name.

use std::collections::HashMap;

use crate::model::Status;

use super::operations::{OperationItem, ResponseVariant};
use super::rust_type::{RustType, Spelling};

/// The failures of an operation.
#[derive(Debug, Clone)]
pub struct FailureItem {
    /// Rust name.
    pub name: String,
    /// In document order; where another enum stands for it, those of which something else is said here.
    pub variants: Vec<ResponseVariant>,
    /// The enum of another operation that stands for it.
    pub like: Option<String>,
    /// Whether it stands for that of another operation.
    pub is_shared: bool,
    /// Whether it stands in another file, with what other tags need too.
    pub is_elsewhere: bool,
}

/// Takes the failures out of the responses of the operation called `base`, where there are any.
///
/// `default` stands for failures beside a success. Alone it stands for both, and all responses stay together.
pub(super) fn split(
    variants: Vec<ResponseVariant>,
    base: &str,
) -> (Vec<ResponseVariant>, Option<FailureItem>) {
    let has_success = variants.iter().any(|variant| variant.status.is_success());
    let has_default = || {
        variants
            .iter()
            .any(|variant| variant.status == Status::Default)
    };
    if !has_success && has_default() {
        return (variants, None);
    }
    let (successes, failures): (Vec<_>, Vec<_>) = variants
        .into_iter()
        .partition(|variant| variant.status.is_success());
    let failure = (!failures.is_empty()).then(|| FailureItem {
        name: format!("{base}Failure"),
        variants: failures,
        like: None,
        is_shared: false,
        is_elsewhere: false,
    });
    (successes, failure)
}

/// Lets operations that fail alike share an enum.
pub(super) fn share(operations: &mut [OperationItem], spelling: &Spelling<'_>) {
    let aliases = spelling.names.aliases();
    let mut known: HashMap<Vec<Way>, usize> = HashMap::new();
    for index in 0..operations.len() {
        let (before, rest) = operations.split_at_mut(index);
        let Some(failure) = rest.first_mut().and_then(failure_of) else {
            continue;
        };
        let ways = failure
            .variants
            .iter()
            .map(|variant| way(variant, &aliases));
        let first = *known.entry(ways.collect()).or_insert(index);
        if let Some(first) = before.get_mut(first).and_then(failure_of) {
            first.is_shared = true;
            failure.like = Some(first.name.clone());
            let mut others = first.variants.iter();
            failure.variants.retain(|variant| {
                let other = others.next();
                other.is_none_or(|other| other.docs.description != variant.docs.description)
            });
        }
    }
}

fn failure_of(operation: &mut OperationItem) -> Option<&mut FailureItem> {
    operation.response.failure.as_mut()
}

/// A way to fail, whatever is said of it: its statuses, its headers, and its body with how that is written.
type Way = (Status, Option<String>, Option<(RustType, String)>);

fn way(variant: &ResponseVariant, aliases: &HashMap<&str, &str>) -> Way {
    let body = variant.body.as_ref().map(|body| {
        let ty = body.ty.renamed(&|name| aliases.get(name).copied());
        (ty, format!("{:?}", body.form))
    });
    (variant.status, variant.headers.clone(), body)
}
