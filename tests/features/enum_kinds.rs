use crate::generated::enum_kinds::Validate;
use crate::generated::enum_kinds::types::{
    Answer, AnswerKind, AnswerScale, AnswerShade, Level, Limit, Odd,
};
use crate::{refused, survives};

fn answer(more: &str) -> String {
    format!(r#"{{"level":1,"always":true{more}}}"#)
}

/// The rules that a value breaks.
fn broken(json: &str) -> Vec<(String, &'static str)> {
    let value: Answer = serde_json::from_str(json).unwrap();
    let violations = value.validate().err().unwrap_or_default();
    violations
        .into_iter()
        .map(|violation| (violation.pointer, violation.rule))
        .collect()
}

#[test]
fn whole_numbers_are_an_enum() {
    let read: Answer = serde_json::from_str(&answer(r#","scale":2.0"#)).unwrap();
    assert_eq!((read.level.clone(), read.level.value()), (Level::Low, 1));
    assert_eq!(read.scale, Some(AnswerScale::N2));
    assert_eq!(Level::N5000000000.value(), 5_000_000_000);
    assert_eq!("-1".parse(), Ok(Level::Minus1));
    assert_eq!(Level::Minus1.to_string(), "-1");
    assert!("x".parse::<Level>().is_err());
    survives::<Vec<Level>>("[1,2,-1,5000000000]");
}

#[test]
fn a_client_keeps_numbers_that_are_not_listed() {
    assert_eq!(
        serde_json::from_str::<Level>("7").unwrap(),
        Level::Unknown(7)
    );
    survives::<Vec<Level>>("[7,-9]");
    refused::<Level>("1.5", "invalid type: floating point `1.5`");
    refused::<Level>("\"1\"", "invalid type: string");
}

#[test]
fn scalars_of_several_kinds_are_one_enum() {
    let limits: Vec<Limit> = serde_json::from_str(r#"["none",10,10.0,0.5,true]"#).unwrap();
    let ten = Limit::N10;
    assert_eq!(
        limits,
        [Limit::None, ten.clone(), ten, Limit::N0Point5, Limit::True]
    );
    survives::<Vec<Limit>>(r#"["none",10,0.5,true,"other",false,11,1e300]"#);
    refused::<Limit>("[]", "invalid type: sequence");
    assert_eq!("0.5".parse(), Ok(Limit::N0Point5));
    assert_eq!("none".parse(), Ok(Limit::None));
}

#[test]
fn a_constant_boolean_is_checked() {
    assert_eq!(broken(&answer("")), []);
    assert_eq!(
        broken(r#"{"level":1,"always":false}"#),
        [("/always".to_owned(), "enum")]
    );
}

#[test]
fn arrays_and_objects_are_compared_as_json() {
    assert_eq!(broken(&answer(r#","pair":[3,4],"place":{"x":1.0}"#)), []);
    assert_eq!(
        broken(&answer(r#","pair":[4,3],"place":{"x":2}"#)),
        [("/pair".to_owned(), "enum"), ("/place".to_owned(), "enum")]
    );
}

#[test]
fn names_come_from_the_document_or_the_value() {
    assert_eq!(AnswerKind::AtMost.as_str(), "<=");
    assert_eq!(AnswerShade::Night.as_str(), "dark");
    for value in ["<=", "\n", " ", "ünï", "日", "a", "A", "null"] {
        let json = serde_json::to_string(value).unwrap();
        survives::<AnswerKind>(&json);
    }
    survives::<Answer>(&answer(r#","shade":null"#));
    survives::<Answer>(&answer(r#","shade":"light","version":2,"flag":false"#));
}

#[test]
fn what_the_type_rules_out_is_taken_as_it_is_meant() {
    survives::<Odd>(r#"{"number":1,"text":"1.0","list":["c"],"whole":2}"#);
}
