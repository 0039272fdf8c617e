use crate::generated::open_enums::read_json;
use crate::generated::open_enums::types::{Job, JobKind, JobVoice, Model};
use crate::survives;

#[test]
fn a_server_takes_strings_that_are_not_listed() {
    let json = r#"{"model":"small","kind":"batch","voice":null,"nested":"huge","short":"longer"}"#;
    let job: Job = read_json(json.as_bytes()).unwrap();
    assert_eq!((job.model, job.kind), (Model::Small, JobKind::Batch));
    let json = r#"{"model":"new","kind":"","voice":"bass","nested":"new","short":"new"}"#;
    let job: Job = read_json(json.as_bytes()).unwrap();
    assert_eq!(job.model, Model::Unlisted("new".to_owned()));
    assert_eq!(job.kind, JobKind::Unlisted(String::new()));
    survives::<Job>(json);
    for json in [
        r#"{"model":1,"kind":"batch"}"#,
        r#"{"model":"small","kind":null}"#,
        r#"{"model":"small","kind":"batch","short":"long"}"#,
        r#"{"model":"small","kind":"batch","closed":"c"}"#,
    ] {
        assert!(read_json::<Job>(json.as_bytes()).is_err(), "{json}");
    }
}

#[test]
fn a_default_need_not_be_listed() {
    let job: Job = read_json(br#"{"model":"large","kind":"batch"}"#).unwrap();
    assert_eq!(
        job.voice.into_value(),
        Some(JobVoice::Unlisted("bass".to_owned()))
    );
    assert_eq!("alto".parse(), Ok(JobVoice::Alto));
    assert_eq!("bass".parse(), Ok(JobVoice::Unlisted("bass".to_owned())));
}
