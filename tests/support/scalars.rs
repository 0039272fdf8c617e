//! Numbers as they are on the wire, and what integers accept.

use std::collections::BTreeMap;

use crate::support::{
    codec::{Decode, Encode},
    maybe::Maybe,
    read::{from_slice, read_json, to_vec},
    report::Report,
    rules::{Check, Rules},
    violation::Location,
};

fn text<T: Encode>(value: T) -> String {
    String::from_utf8(to_vec(&value).unwrap()).unwrap()
}

fn refused<T: Decode + std::fmt::Debug>(json: &str) -> String {
    from_slice::<T>(json.as_bytes()).unwrap_err().to_string()
}

/// Reads leniently and strictly, which must not differ for a scalar.
fn read<T: Decode + Check + PartialEq + std::fmt::Debug>(json: &str) -> T {
    let value = from_slice(json.as_bytes()).unwrap();
    assert_eq!(read_json::<T>(json.as_bytes()).unwrap(), value);
    value
}

#[test]
fn a_whole_number_has_no_fraction() {
    assert_eq!(text(404.0), "404");
    assert_eq!(text(vec![404.0, 1.5]), "[404,1.5]");
    assert_eq!(
        text(BTreeMap::from([("a".to_owned(), 404.0)])),
        r#"{"a":404}"#
    );
    assert_eq!(text(Some(404.0)), "404");
    assert_eq!(text(None::<f64>), "null");
    assert_eq!(text(Maybe::Value(404.0)), "404");
    assert_eq!(text(-7.0), "-7");
    assert_eq!(text(0.0), "0");
    assert_eq!(text(-0.0), "-0.0");
    assert_eq!(text(1e15), "1000000000000000");
    assert_eq!(text(1e300), "1e+300");
    assert_eq!(text(2.0_f32), "2");
    assert_eq!(text(0.1_f32), "0.1");
}

#[test]
fn what_json_has_no_number_for_is_an_error() {
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert!(
            to_vec(&value)
                .unwrap_err()
                .to_string()
                .contains("is not a JSON number")
        );
    }
}

#[test]
fn numbers_come_in_every_notation() {
    assert_eq!(read::<f64>("404"), 404.0);
    assert_eq!(read::<f64>("404.0"), 404.0);
    assert_eq!(read::<f64>("4.04e2"), 404.0);
    assert_eq!(read::<f64>("-1"), -1.0);
    assert_eq!(read::<f64>("1e300"), 1e300);
    assert_eq!(
        read::<f64>("18446744073709551615"),
        18_446_744_073_709_551_615.0
    );
    assert_eq!(
        refused::<f64>("\"1\""),
        "invalid type: string \"1\", expected a number at line 1 column 3"
    );
    assert!(refused::<f32>("1e300").contains("a number that a 32-bit float holds"));
}

#[test]
fn integers_are_exact_and_bounded() {
    assert_eq!(read::<i64>("9007199254740993"), 9_007_199_254_740_993);
    assert_eq!(text(9_007_199_254_740_993_i64), "9007199254740993");
    assert_eq!(read::<i64>("-9223372036854775808"), i64::MIN);
    assert_eq!(read::<i64>("9223372036854775807"), i64::MAX);
    assert_eq!(read::<u64>("18446744073709551615"), u64::MAX);
    assert_eq!(text(u64::MAX), "18446744073709551615");
    assert!(
        refused::<i64>("9223372036854775808")
            .starts_with("invalid value: integer `9223372036854775808`")
    );
    assert!(refused::<i32>("2147483648").starts_with("invalid value: integer `2147483648`"));
    assert!(refused::<u32>("-1").starts_with("invalid value: integer `-1`"));
    assert_eq!(read::<u8>("255"), 255);
    assert_eq!(read::<i8>("-128"), -128);
}

#[test]
fn an_integer_may_be_written_with_a_fraction_of_nothing() {
    assert_eq!(read::<i64>("1.0"), 1);
    assert_eq!(read::<i64>("1e3"), 1000);
    assert_eq!(read::<u64>("1.0"), 1);
    assert!(refused::<i64>("1.5").starts_with("invalid type: floating point `1.5`"));
    assert!(refused::<i64>("1e300").starts_with("invalid type: floating point `1"));
    assert!(refused::<u32>("-1.0").starts_with("invalid value: integer `-1`"));
}

#[test]
fn other_scalars() {
    assert!(read::<bool>("true"));
    assert_eq!(read::<String>(r#""\ud83d\ude00 \u00e9""#), "😀 é");
    assert!(refused::<bool>("1").starts_with("invalid type: integer `1`, expected a boolean"));
    assert!(refused::<String>("null").starts_with("invalid type: null, expected a string"));
}

#[test]
fn bounds_compare_without_rounding() {
    let two_to_the_53 = 9_007_199_254_740_992_i64;
    let broken = |value: i64, rules: Rules| {
        let report = Report::new(Location::Body);
        value.check(&rules, &report);
        report.found() > 0
    };
    assert!(broken(
        two_to_the_53 + 1,
        Rules::NONE.maximum(9_007_199_254_740_992.0)
    ));
    assert!(!broken(
        two_to_the_53,
        Rules::NONE.maximum(9_007_199_254_740_992.0)
    ));
    assert!(broken(
        two_to_the_53,
        Rules::NONE.minimum_whole(9_007_199_254_740_993)
    ));
    assert!(!broken(
        two_to_the_53 + 1,
        Rules::NONE.minimum_whole(9_007_199_254_740_993)
    ));
    assert!(!broken(
        i64::MIN,
        Rules::NONE.minimum(-9_223_372_036_854_776_000.0)
    ));
    assert!(!broken(i64::MAX, Rules::NONE.maximum(1e300)));
    assert!(!broken(
        i64::MAX,
        Rules::NONE.maximum_whole(18_446_744_073_709_551_615)
    ));
    assert!(broken(1, Rules::NONE.minimum(1.5)));
    assert!(broken(-1, Rules::NONE.maximum(-1.5)));
    assert!(broken(two_to_the_53 + 1, Rules::NONE.multiple_of(2.0)));
    assert!(!broken(7, Rules::NONE.multiple_of(0.01)));
    assert!(broken(1, Rules::NONE.exclusive_minimum(1.0)));
}
