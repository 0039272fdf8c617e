use quote::quote;

use super::*;
use crate::output::Table;

fn lay_out(parts: Vec<Part>) -> String {
    super::parts(parts).unwrap()
}

#[test]
fn items_and_tables_are_set_apart_by_one_blank_line() {
    let text = lay_out(vec![
        Part::Items(quote! {
            use std::fmt;
            use std::time::Duration;
            use http::Method;
            use crate::x;
            use self::y;
            pub use a::B;
            pub use a::C;
            mod d;
            #[cfg(feature = "client")]
            #[rustfmt::skip]
            pub mod e;
            #[doc = " An error."]
            #[doc = ""]
            #[doc = " With `code`, \"quotes\" and */ a trap."]
            #[derive(Debug, Clone, PartialEq)]
            pub struct ErrorDto {
                #[doc = " HTTP status code."]
                pub status_code: f64,
                pub path: Option<String>,
            }
        }),
        Part::Table(
            Table::new("object")
                .open("ErrorDto {")
                .line("\"statusCode\" => status_code,")
                .line("\"path\" => path?,")
                .close("}")
                .open("where {")
                .lines(["\"path\" path: min_length 1;"])
                .close("}"),
        ),
        Part::Items(quote! {}),
        Part::Items(quote! {
            impl ErrorDto {
                type A = u8;
                const B: u8 = 1;
                #[doc = " One."]
                #[must_use]
                pub fn one(&self) -> u8 { 1 }
                pub fn two(&self) -> u8 { let a = 1; a }
            }
            pub trait Tag: Send {
                type Error;
                #[doc = " Runs."]
                fn run(&self) -> impl Future<Output = Result<(), Self::Error>> + Send;
                fn rest(&self);
            }
        }),
    ]);
    let expected = r#"use std::fmt;
use std::time::Duration;

use http::Method;

use crate::x;
use self::y;

pub use a::B;
pub use a::C;

mod d;
#[cfg(feature = "client")]
#[rustfmt::skip]
pub mod e;

/// An error.
///
/// With `code`, "quotes" and */ a trap.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorDto {
    /// HTTP status code.
    pub status_code: f64,
    pub path: Option<String>,
}

object! {
    ErrorDto {
        "statusCode" => status_code,
        "path" => path?,
    }
    where {
        "path" path: min_length 1;
    }
}

impl ErrorDto {
    type A = u8;

    const B: u8 = 1;

    /// One.
    #[must_use]
    pub fn one(&self) -> u8 {
        1
    }

    pub fn two(&self) -> u8 {
        let a = 1;
        a
    }
}

pub trait Tag: Send {
    type Error;

    /// Runs.
    fn run(&self) -> impl Future<Output = Result<(), Self::Error>> + Send;

    fn rest(&self);
}
"#;
    assert_eq!(text, expected);
}

#[test]
fn inner_attributes_come_first() {
    let text = lay_out(vec![Part::Items(quote! {
        #![allow(clippy::all)]
        struct A;
    })]);
    assert_eq!(text, "#![allow(clippy::all)]\n\nstruct A;\n");
}

#[test]
fn heads_carry_docs_line_by_line() {
    assert_eq!(head(""), HEADER);
    assert_eq!(
        head("One  \n\ntwo\r\nthree\rfour\n"),
        format!("{HEADER}//! One\n//!\n//! two\n//! three four\n")
    );
}

#[test]
fn tokens_that_are_no_items_are_an_error_with_an_excerpt() {
    let error = super::parts(vec![Part::Items(quote!(let x = 1;))]).unwrap_err();
    assert!(error.contains("`let x = 1 ;`"), "{error}");
}

#[test]
fn an_empty_table_is_one_line() {
    assert_eq!(Table::new("object").to_string(), "object! {}\n");
}

/// A doc text cannot make the blank-line marker: it would have to hold the control character.
#[test]
fn markers_do_not_reach_the_text() {
    let text = lay_out(vec![Part::Items(quote! {
        impl A { fn a() {} fn b() {} fn c() {} }
    })]);
    assert!(!text.contains(MARKER));
    assert_eq!(
        text,
        "impl A {\n    fn a() {}\n\n    fn b() {}\n\n    fn c() {}\n}\n"
    );
}
