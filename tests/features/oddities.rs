use crate::generated::oddities::operations::{
    CompareRequest, DeleteThingsEnterpriseEnterpriseIdRequest, GetAnswerRequest, Operation,
    PatchThingFailure, PatchThingRequest, PostOauth2TokenRefreshRequest, PostOauth2TokenRequest,
    RetryAfterHeaders,
};
use crate::generated::oddities::types::{Error, Invalid, Paint, PatchThingSort, Thing};
use crate::{refused, survives};

#[test]
fn paths_are_as_written() {
    assert_eq!(PostOauth2TokenRequest::INFO.template, "/oauth2/token");
    assert_eq!(
        PostOauth2TokenRefreshRequest::INFO.template,
        "/oauth2/token#refresh"
    );
    assert_eq!(
        GetAnswerRequest::INFO.template,
        "/answers/{answerId}?beta=true"
    );
    assert_eq!(CompareRequest::INFO.template, "/compare/{base}...{head}");
    let request = DeleteThingsEnterpriseEnterpriseIdRequest { enterprise_id: 7 };
    assert_eq!(request.enterprise_id, 7);
}

#[test]
fn every_parameter_has_a_field_and_every_response_a_variant() {
    let request = PatchThingRequest {
        other: "a".to_owned(),
        configuration: None,
        client: None,
        request: None,
        query_body: None,
        start_time: None,
        start_time_lt: Some("x".to_owned()),
        start_time_gt: None,
        expand: Some(vec!["b".to_owned()]),
        sort: Some(PatchThingSort::Asc2),
        keys: None,
        x_digest: None,
        body: None,
    };
    assert_eq!(
        PatchThingRequest::INFO.body.map(|body| body.media),
        Some(["application/merge-patch+json"].as_slice())
    );
    assert_eq!(request.sort, Some(PatchThingSort::Asc2));
    let error = Error {
        status_code: 404.0,
        message: None,
    };
    let wrong = PatchThingFailure::BadRequest {
        body: error.clone(),
        headers: RetryAfterHeaders { retry_after: None },
    };
    let long = PatchThingFailure::UriTooLong { body: error };
    assert_ne!(wrong, long);
}

#[test]
fn values_are_read_for_what_they_are() {
    survives::<Thing>(
        r#"{"address":{"street":"s"},"extern":true,"count":-9223372036854775808,"seed":18446744073709551615,"start":null}"#,
    );
    refused::<Thing>(
        r#"{"address":{},"extern":true,"count":9223372036854775808}"#,
        "#/count: ",
    );
    for message in [
        "null",
        "\"a\"",
        "4",
        r#"{"a":1}"#,
        r#"["a",true,{"at":"b"}]"#,
    ] {
        survives::<Error>(&format!(r#"{{"statusCode":404,"message":{message}}}"#));
    }
    refused::<Error>(r#"{"statusCode":404,"message":true}"#, "#/message: ");
    survives::<Invalid>(r#"{"errors":{"a":"b","c":["d"]}}"#);
    refused::<Invalid>(r#"{"errors":{"a":1}}"#, "#/errors/a: ");
}

#[test]
fn a_type_that_excludes_what_stands_beside_it_is_not_meant() {
    survives::<Paint>(r#"{"named":"red","joined":"green","several":["red"]}"#);
    refused::<Paint>(r#"{"named":{}}"#, "#/named: ");
    survives::<Paint>(r#"{"made":null,"parent":"1","closed":{}}"#);
    survives::<Paint>(r#"{"made":{"named":"red"},"parent":{"made":null},"closed":5}"#);
    survives::<Paint>(r#"{"made":"2b1d0f0e-6d1c-4c0e-8a34-000000000000","closed":"a"}"#);
    refused::<Paint>(r#"{"parent":5}"#, "#/parent: ");
}
