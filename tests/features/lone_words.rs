use serde_json::json;

use crate::generated::lone_words::types::*;
use crate::generated::lone_words::{Validate, operations, types};
use crate::generated::words_of_30::Validate as _;
use crate::generated::words_of_30::types as of_30;
use crate::{refused, survives};

fn read<T: serde::de::DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap()
}

/// The rules that a value breaks.
fn broken(json: &str) -> Vec<&'static str> {
    let loose: Loose = read(json);
    let violations = loose.validate().err().unwrap_or_default();
    violations.iter().map(|found| found.rule).collect()
}

#[test]
fn what_is_said_of_one_kind_counts_for_values_of_that_kind() {
    for (good, bad, rule) in [
        (r#"{"long":"abc"}"#, r#"{"long":"ab"}"#, "minLength"),
        (r#"{"small":1.5}"#, r#"{"small":0.5}"#, "minimum"),
        (r#"{"small":9}"#, r#"{"small":10}"#, "exclusiveMaximum"),
        (r#"{"small":2}"#, r#"{"small":2.3}"#, "multipleOf"),
        (r#"{"short":[1,2]}"#, r#"{"short":[1,2,3]}"#, "maxItems"),
        (r#"{"short":[1,2]}"#, r#"{"short":[1,1]}"#, "uniqueItems"),
        (r#"{"lower":"abc"}"#, r#"{"lower":"Abc"}"#, "pattern"),
        (
            r#"{"few":{"ab":1}}"#,
            r#"{"few":{"a":1,"b":2}}"#,
            "maxProperties",
        ),
        (
            r#"{"both":{"a":1,"b":2}}"#,
            r#"{"both":{"a":1}}"#,
            "dependentRequired",
        ),
        (r#"{"S_1":"abc"}"#, r#"{"S_1":"ab"}"#, "minLength"),
    ] {
        assert_eq!(broken(good), [""; 0], "{good}");
        assert_eq!(broken(bad), [rule], "{bad}");
    }
    assert!(broken(r#"{"few":{"abc":1}}"#).contains(&"propertyNames"));
    for other in [
        r#"{"long":1}"#,
        r#"{"small":"x"}"#,
        r#"{"short":{}}"#,
        r#"{"all":null}"#,
    ] {
        assert_eq!(broken(other), [""; 0], "{other}");
    }
    for (value, rule) in [
        ("\"a\"", "minLength"),
        ("1", "minimum"),
        ("[1]", "minItems"),
        ("{}", "minProperties"),
    ] {
        assert_eq!(broken(&format!("{{\"all\":{value}}}")), [rule]);
    }
}

#[test]
fn what_cannot_be_read_holds_any_value() {
    survives::<Unread>(
        r#"{"nothing":{"a":[1]},"text":1,"list":[1,"x"],"map":{"a":null},"pair":[true,"x"]}"#,
    );
    refused::<Unread>("{}", "missing field `nothing`");
    let _: Empty = json!(1);
}

#[test]
fn a_list_contains_what_it_has_to() {
    for (good, bad, rule) in [
        (r#"{"texts":["a","one"]}"#, r#"{"texts":["a"]}"#, "contains"),
        (
            r#"{"texts":["one","one"]}"#,
            r#"{"texts":["one","one","one"]}"#,
            "maxContains",
        ),
        (r#"{"counts":[1,5,6]}"#, r#"{"counts":[1,5]}"#, "contains"),
        (
            r#"{"mixed":[1.0,null,"x",1.5]}"#,
            r#"{"mixed":[1,null,2]}"#,
            "maxContains",
        ),
        (
            r#"{"mixed":[null]}"#,
            r#"{"mixed":["1",{},true]}"#,
            "contains",
        ),
        (r#"{"any":[1.0]}"#, r#"{"any":[2]}"#, "contains"),
        (r#"{"any":"x"}"#, r#"{"any":[]}"#, "contains"),
        (r#"{"joined":[1,2]}"#, r#"{"joined":[1,2.5]}"#, "contains"),
        (r#"{"full":["a","b"]}"#, r#"{"full":["a"]}"#, "minItems"),
    ] {
        let lists: Lists = read(good);
        assert_eq!(lists.validate(), Ok(()), "{good}");
        let lists: Lists = read(bad);
        let rules: Vec<_> = lists.validate().unwrap_err();
        assert_eq!(rules.iter().map(|it| it.rule).collect::<Vec<_>>(), [rule]);
    }
}

#[test]
fn what_only_restricts_changes_no_type() {
    survives::<Conditional>(r#"{"a":"x"}"#);
    survives::<Never>(r#"{"a":"x"}"#);
    survives::<NotOfMany>(r#"{"a":"x","c":"y"}"#);
    refused::<NotOfMany>(r#"{"a":"x"}"#, "no variant");
    let texts: (NotEmpty, NotBeside, NotJoined) = Default::default();
    assert_eq!(texts.0, texts.1 + &texts.2);
    survives::<Open>(r#"{"a":"x","b":{"c":1}}"#);
}

#[test]
fn a_union_of_one_is_named_by_its_own_name() {
    let holder: Holder = read(r#"{"thing":{"id":"1"},"kind":"a","inner":{"a":1}}"#);
    let thing: types::MaybeThing = holder.thing.unwrap();
    assert_eq!((thing.id.as_str(), holder.kind), ("1", Some(MaybeKind::A)));
    survives::<Holder>(r#"{"thing":null,"kind":null,"inner":null}"#);
    refused::<Holder>(
        r#"{"thing":{},"kind":"a","inner":null}"#,
        "#/thing: missing field `id`",
    );
    survives::<OneShape>(r#"{"id":"1","next":{"id":"2"}}"#);
    let part: Part = WholePart { id: None };
    assert_eq!(Whole { part: Some(part) }.part, Some(WholePart::default()));
}

#[test]
fn of_two_formats_the_last_or_the_narrower_counts() {
    survives::<TwoFormats>(r#"{"at":"f81d4fae-7dec-11d0-a765-00a0c91e6bf6","size":1}"#);
    refused::<TwoFormats>(r#"{"size":4294967296}"#, "#/size");
}

#[test]
fn a_default_keeps_what_its_type_keeps() {
    let cut: Cut = read("{}");
    assert_eq!(cut.by.a, Some(1));
    assert_eq!(
        (cut.order.a, &cut.order.additional_properties["k"]),
        (Some(1), &json!(2))
    );
}

#[test]
fn of_two_parameters_of_one_name_the_last_counts() {
    let request = operations::ListThingsRequest {
        page: Some("next".to_owned()),
        x_trace: Some("t".to_owned()),
    };
    assert_eq!(request.page.as_deref(), Some("next"));
}

#[test]
fn widths_and_formats_are_kept_to() {
    survives::<Widths>(
        r#"{"long":9223372036854775807,"wide":0.1,"at":"10:00:00Z","lasts":"P1D","above":0.5,"encoded":"AQI=","old":"x"}"#,
    );
    refused::<Widths>(r#"{"long":9223372036854775808}"#, "#/long");
    refused::<Widths>(r#"{"wide":"0.1"}"#, "#/wide");
    for (wrong, rule) in [
        (r#"{"at":"25:00:00Z"}"#, "format"),
        (r#"{"lasts":"1 day"}"#, "format"),
        (r#"{"above":0}"#, "exclusiveMinimum"),
    ] {
        let widths: Widths = read(wrong);
        assert_eq!(widths.validate().unwrap_err()[0].rule, rule, "{wrong}");
    }
    let page: PageLong = read(r#"{"content":["abc","ab"]}"#);
    assert_eq!(page.validate().unwrap_err()[0].pointer, "/content/1");
}

#[test]
fn null_is_a_value_where_version_3_0_means_it() {
    let thing = r#"{"id":"1"}"#;
    survives::<of_30::Nulls>(&format!(
        r#"{{"beside":null,"branch":null,"inherited":null,"both":null,"not_null":{thing}}}"#
    ));
    refused::<of_30::Nulls>(
        r#"{"beside":null,"branch":null,"inherited":null,"both":null,"not_null":null}"#,
        "#/not_null",
    );
    for (above, good) in [("0.5", true), ("0", false), ("10", false)] {
        let bounded: of_30::Bounded = read(&format!(r#"{{"above":{above}}}"#));
        assert_eq!(bounded.validate().is_ok(), good, "{above}");
    }
}
