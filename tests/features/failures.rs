//! How operations fail: a type beside that of their responses, shared by those that fail alike.

use std::convert::Infallible;

use http::StatusCode;

use crate::generated::failures::client::{Client, Error};
use crate::generated::failures::operations::{
    AlwaysFailsFailure, AlwaysFailsRequest, AlwaysFailsResponse, DeleteNoteFailure,
    DeleteNoteRequest, DeleteNoteResponse, EitherRequest, EitherResponse, GetNoteFailure,
    GetNoteRequest, GetNoteResponse, InlineAFailure, InlineARequest, InlineAResponse,
    InlineBFailure, InlineBRequest, InlineBResponse, NeverFailsRequest, NeverFailsResponse,
    UpdateNoteFailure, UpdateNoteRequest, UpdateNoteResponse,
};
use crate::generated::failures::server::{
    Caller, Failure, IntoFailure, Operations, RequestHead, Server, Service,
};
use crate::generated::failures::types::{InlineAStatus400Body, Problem};

struct Notes;

impl Service for Notes {
    type Principal = ();
    type Error = Failure;
}

fn problem(title: &str) -> Problem {
    Problem {
        title: title.to_owned(),
    }
}

/// One function for the failures of two operations.
fn find(id: i64) -> Result<String, GetNoteFailure> {
    match id {
        1 => Ok("one".to_owned()),
        404 => Err(GetNoteFailure::NotFound {
            body: problem("404"),
        }),
        status => Err(GetNoteFailure::Default {
            status: StatusCode::from_u16(status.try_into().unwrap_or(500)).unwrap_or_default(),
            body: problem("other"),
        }),
    }
}

impl Operations for Notes {
    async fn get_note(
        &self,
        _: Caller<()>,
        request: GetNoteRequest,
    ) -> Result<GetNoteResponse, Failure> {
        let body = find(request.id)?;
        Ok(GetNoteResponse::Ok { body })
    }

    async fn delete_note(
        &self,
        _: Caller<()>,
        request: DeleteNoteRequest,
    ) -> Result<DeleteNoteResponse, Failure> {
        Ok(match find(request.id) {
            Ok(_) => DeleteNoteResponse::NoContent {},
            Err(failure) => failure.into(),
        })
    }

    async fn update_note(
        &self,
        _: Caller<()>,
        _: UpdateNoteRequest,
    ) -> Result<UpdateNoteResponse, Failure> {
        Err(UpdateNoteFailure::Conflict {}.into())
    }

    async fn inline_a(&self, _: Caller<()>, _: InlineARequest) -> Result<InlineAResponse, Failure> {
        let body = InlineAStatus400Body {
            why: "a".to_owned(),
        };
        Ok(InlineAFailure::BadRequest { body }.into())
    }

    async fn inline_b(&self, _: Caller<()>, _: InlineBRequest) -> Result<InlineBResponse, Failure> {
        let body = InlineAStatus400Body {
            why: "b".to_owned(),
        };
        Ok(InlineAFailure::BadRequest { body }.into())
    }

    async fn never_fails(
        &self,
        _: Caller<()>,
        _: NeverFailsRequest,
    ) -> Result<NeverFailsResponse, Failure> {
        Ok(NeverFailsResponse::NoContent {})
    }

    async fn always_fails(
        &self,
        _: Caller<()>,
        _: AlwaysFailsRequest,
    ) -> Result<AlwaysFailsResponse, Failure> {
        Ok(AlwaysFailsResponse::Failure(AlwaysFailsFailure::Gone {}))
    }

    async fn either(&self, _: Caller<()>, _: EitherRequest) -> Result<EitherResponse, Failure> {
        Ok(EitherResponse::Default {
            status: StatusCode::IM_A_TEAPOT,
        })
    }
}

fn client() -> Client {
    let service = Server::new(Notes).operations().into_service();
    Client::builder().transport(service).build().unwrap()
}

#[tokio::test]
async fn a_failure_is_matched_without_the_successes() {
    let client = client();
    let get = async |id| client.operations().get_note(id).send().await;
    assert_eq!(get(1).await.unwrap().body, "one");
    for (id, expected) in [(404, "404: 404"), (503, "503 Service Unavailable: other")] {
        let Err(Error::Failure { failure, .. }) = get(id).await else {
            panic!("{id}")
        };
        let text = match *failure {
            GetNoteFailure::NotFound { body } => format!("404: {}", body.title),
            GetNoteFailure::Default { status, body } => format!("{status}: {}", body.title),
        };
        assert_eq!(text, expected);
    }
}

#[tokio::test]
async fn operations_that_fail_alike_have_one_type() {
    let client = client();
    let deleted = client.operations().delete_note(1).send().await.unwrap();
    assert_eq!(deleted.body, DeleteNoteResponse::NoContent {});
    let missing = client.operations().delete_note(404).send().await;
    let failure: GetNoteFailure = missing.unwrap_err().into_failure().unwrap();
    assert!(matches!(failure, DeleteNoteFailure::NotFound { .. }));

    let conflict = client.operations().update_note(1).send().await;
    let failure = conflict.unwrap_err().into_failure().unwrap();
    assert_eq!(failure, UpdateNoteFailure::Conflict {});

    let inline = client.operations().inline_b().send().await;
    let failure: InlineAFailure = inline.unwrap_err().into_failure().unwrap();
    let InlineBFailure::BadRequest { body } = failure;
    assert_eq!(body.why, "b");
}

#[tokio::test]
async fn a_failure_has_no_status_of_a_success() {
    let client = client();
    // `default` is any other status, but not 404, nor what stands for a success.
    for id in [200, 204] {
        let error = client.operations().delete_note(id).send().await;
        let expected = if id == 204 { 500 } else { 200 };
        assert_eq!(error.unwrap_err().status().unwrap().as_u16(), expected);
    }
}

#[tokio::test]
async fn what_never_or_always_fails() {
    let client = client();
    let never: Result<_, Error<Infallible>> = client.operations().never_fails().send().await;
    assert_eq!(never.unwrap().status, StatusCode::NO_CONTENT);
    let always = client.operations().always_fails().send().await;
    let failure = always.unwrap_err().into_failure();
    assert_eq!(failure, Some(AlwaysFailsFailure::Gone {}));
    let either = client.operations().either().send().await.unwrap_err();
    let status = StatusCode::IM_A_TEAPOT;
    assert_eq!(
        either.into_failure(),
        Some(EitherResponse::Default { status })
    );
}

#[test]
fn a_failure_renders_itself() {
    let (parts, ()) = http::Request::new(()).into_parts();
    let head = RequestHead::new(parts);
    let response = UpdateNoteFailure::Conflict {}.into_failure(&head);
    assert_eq!(response.status(), StatusCode::CONFLICT);
}
