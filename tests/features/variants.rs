use crate::generated::variants::types::*;
use crate::{refused, survives};

fn read<T: serde::de::DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap()
}

#[test]
fn values_of_the_variants_stand_for_a_mapping() {
    assert!(matches!(
        read(r#"{"id":"1","type":"created"}"#),
        Event::Created(_)
    ));
    assert!(matches!(read(r#"{"type":"gone"}"#), Event::Removed(_)));
    assert!(matches!(read(r#"{"type":"gone"}"#), Outer::Event(_)));
    survives::<Outer>(r#"{"note":"n"}"#);
}

#[test]
fn an_unknown_tag_of_a_response_is_kept() {
    let event: Event = read(r#"{"type":"moved","to":[1]}"#);
    assert!(matches!(event, Event::Unknown(_)));
    survives::<Event>(r#"{"type":"moved","to":[1]}"#);
    refused::<Event>(r#"{"type":"created"}"#, "missing field `id`");
}

#[test]
fn numbers_and_optional_properties_are_tags() {
    assert!(matches!(read(r#"{"v":1,"a":"x"}"#), Version::One(_)));
    assert!(matches!(read(r#"{"a":3,"v":2}"#), Version::Two(_)));
    refused::<Version>(
        r#"{"v":3}"#,
        "#/v: unknown variant `3`, expected one of `1`, `2`",
    );
    assert!(matches!(read(r#"{"kind":"flat"}"#), Shape::Flat(_)));
    assert!(matches!(read(r#"{"edge":"sharp"}"#), Shape::Flat(_)));
    assert!(matches!(read(r#"{"size":1}"#), Shape::Round(_)));
}

#[test]
fn arrays_go_by_their_items() {
    assert!(matches!(read(r#""p""#), Prompt::Text(_)));
    assert!(matches!(read(r#"["p"]"#), Prompt::Texts(_)));
    assert!(matches!(read("[1,2]"), Prompt::Tokens(_)));
    assert!(matches!(read("[[1],[2]]"), Prompt::Batches(_)));
    assert!(matches!(read("[]"), Prompt::Texts(_)));
    refused::<Prompt>("[true]", "#/0: invalid type: boolean `true`, expected");
    assert!(matches!(read(r#"{"labels":["a"]}"#), Labels::Names(_)));
    assert!(matches!(
        read(r#"{"labels":[{"name":"a"}]}"#),
        Labels::Objects(_)
    ));
    survives::<Labels>(r#"{"labels":[]}"#);
}

#[test]
fn keys_decide_where_nothing_else_does() {
    assert!(matches!(read(r#"{"y":1,"x":1}"#), Fields::Typed(_)));
    assert!(matches!(read(r#"{"x":"1"}"#), Fields::Free(_)));
    survives::<Fields>(r#"{"a":"1","b":"2"}"#);
    for json in [
        r#"{"x":"1","y":"2"}"#,
        r#"{"y":"1","z":"2"}"#,
        r#"{"x":"1","z":"2"}"#,
    ] {
        survives::<Steps>(json);
    }
    refused::<Steps>(r#"{"y":"1"}"#, "");
}

#[test]
fn other_tags_go_to_the_default() {
    assert!(matches!(
        read(r#"{"kind":"tiger","lives":9}"#),
        Kept::Cat(_)
    ));
    assert!(matches!(read(r#"{"kind":"dog"}"#), Kept::Dog(_)));
    assert!(matches!(read(r#"{"kind":"bird"}"#), Kept::Other(_)));
}

#[test]
fn what_is_left_is_tried() {
    assert!(matches!(read(r#"{"part":{"b":"x"}}"#), Undecided::B(_)));
    survives::<Undecided>(r#"{"part":{"a":"x"}}"#);
    assert!(matches!(read(r#""2026-01-02""#), Moment::Day(_)));
    survives::<Moment>(r#""tomorrow""#);
    let _: Option<NullSpelledOddly> = Some(3);
}

#[test]
fn a_list_is_more_than_its_first_item() {
    assert!(matches!(read("[1,2]"), Series::Whole(_)));
    assert!(matches!(read("[1,2.5]"), Series::Numbers(_)));
    assert!(matches!(read("[2.5,1]"), Series::Numbers(_)));
    assert!(matches!(read(r#"["low","high"]"#), Series::Levels(_)));
    survives::<Series>(r#"["low","other"]"#);
    survives::<Series>(r#"["other","low"]"#);
}
