//! Fits generated text to where it will stand.
//!
//! A crate of its own has its modules at `crate::…` and turns halves off by cargo features. A
//! module tree inside another crate has neither: its root is somewhere below `crate`, and the
//! features of that crate are none of ours. So `crate::x` becomes `crate::api::x` and
//! `feature = "client"` becomes `true` or `false`. The alternatives are worse: `super::` chains
//! differ with the depth of each file and cannot be used in the support macros, which expand
//! anywhere; a facade of re-exports at the root of the user's crate would have to be written by
//! hand and would publish what is private.

use std::fmt::Write as _;

use super::lexer::{Kind, pieces};
use crate::config::{ApiConfig, Feature, Mount};

/// How text is fitted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fit<'a> {
    pub(super) config: &'a ApiConfig,
}

impl Fit<'_> {
    /// What `feature = "name"` is replaced by; `None` leaves it to cargo.
    fn feature(self, name: &str) -> Option<bool> {
        if name == "tracing" && self.config.mount.is_some() {
            return Some(false);
        }
        let feature = match name {
            "client" | "rustls" => Feature::Client,
            "server" => Feature::Server,
            "mock" => Feature::Mock,
            _ => return None,
        };
        let wanted = match feature {
            Feature::Mock => self.config.has_mock(),
            half => self.config.features.contains(&half),
        };
        (self.config.mount.is_some() || !wanted).then_some(wanted)
    }

    /// Whether text stays as it is.
    fn is_identity(self) -> bool {
        self.config.mount.is_none() && self.config.features.len() == 2
    }

    /// Rewrites a file.
    pub(super) fn apply(self, text: String) -> String {
        if self.is_identity() {
            return text;
        }
        let mount = self.config.mount.as_ref();
        let all: Vec<(Kind, &str)> = pieces(&text).collect();
        let mut fitted = String::with_capacity(text.len() + text.len() / 16);
        let mut at = 0;
        while let Some((kind, piece)) = all.get(at).copied() {
            at += 1;
            match (kind, piece) {
                (Kind::Comment, comment) => match mount {
                    Some(mount) => comment_paths(comment, mount, &mut fitted),
                    None => fitted.push_str(comment),
                },
                (Kind::Word, "crate") if matches!(all.get(at), Some((Kind::Sign, "::"))) => {
                    fitted.push_str("crate");
                    if let Some(mount) = mount {
                        // Writing to a `String` cannot fail.
                        let _ = write!(fitted, "::{mount}");
                    }
                }
                (Kind::Word, "feature") if opens_predicate(&fitted) => {
                    match predicate(&all[at..]) {
                        Some((length, name)) if self.feature(name).is_some() => {
                            fitted.push_str(if self.feature(name) == Some(true) {
                                "true"
                            } else {
                                "false"
                            });
                            at += length;
                        }
                        _ => fitted.push_str(piece),
                    }
                }
                _ => fitted.push_str(piece),
            }
        }
        fitted
    }
}

/// Whether what is before `feature` is the start of a `cfg` predicate and not, say, a `let`.
fn opens_predicate(before: &str) -> bool {
    before.trim_end().ends_with(['(', ','])
}

/// Reads ` = "name"`: how many pieces it is, and the name.
fn predicate<'t>(pieces: &[(Kind, &'t str)]) -> Option<(usize, &'t str)> {
    let mut seen_sign = false;
    for (index, (kind, piece)) in pieces.iter().enumerate() {
        match (kind, *piece) {
            (Kind::Space, _) => {}
            (Kind::Sign, "=") if !seen_sign => seen_sign = true,
            (Kind::Literal, literal) if seen_sign => {
                return Some((index + 1, literal.strip_prefix('"')?.strip_suffix('"')?));
            }
            _ => return None,
        }
    }
    None
}

/// Rewrites paths in a comment, where links of the documentation are.
fn comment_paths(comment: &str, mount: &Mount, fitted: &mut String) {
    let mut rest = comment;
    while let Some(at) = rest.find("crate::") {
        let (before, after) = rest.split_at(at);
        fitted.push_str(before);
        let inside_word = before.ends_with(|c: char| c == '_' || c.is_alphanumeric());
        fitted.push_str("crate::");
        if !inside_word {
            // Writing to a `String` cannot fail.
            let _ = write!(fitted, "{mount}::");
        }
        rest = &after["crate::".len()..];
    }
    fitted.push_str(rest);
}

/// Fits the text of `lib.rs`, to which [`Fit::apply`] has been applied already, to stand in an
/// `include!`: inner documentation and attributes are not allowed there, halves that are off go,
/// and lints of the surrounding crate are not meant for generated code.
///
/// # Errors
/// The text is not Rust: a fault of the generator.
pub(super) fn as_module(text: &str) -> syn::Result<proc_macro2::TokenStream> {
    use quote::ToTokens as _;
    use syn::Item;

    let mut file = syn::parse_file(text)?;
    file.attrs.clear();
    file.items.retain_mut(|item| {
        let (attrs, lints) = match item {
            Item::Mod(item) => (&mut item.attrs, module_lints()),
            Item::Use(item) => (
                &mut item.attrs,
                syn::parse_quote!(#[allow(unreachable_pub, unused_imports)]),
            ),
            _ => return true,
        };
        let is_cfg = |attr: &syn::Attribute, value: &str| {
            attr.path().is_ident("cfg")
                && attr
                    .meta
                    .require_list()
                    .is_ok_and(|list| list.tokens.to_string() == value)
        };
        if attrs.iter().any(|attr| is_cfg(attr, "false")) {
            return false;
        }
        attrs.retain(|attr| !is_cfg(attr, "true"));
        let docs = attrs
            .iter()
            .take_while(|attr| attr.path().is_ident("doc"))
            .count();
        attrs.insert(docs, lints);
        true
    });
    Ok(file.into_token_stream())
}

fn module_lints() -> syn::Attribute {
    syn::parse_quote!(#[allow(warnings, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)])
}

#[cfg(test)]
#[path = "rewrite_tests.rs"]
mod tests;
