use http::StatusCode;

use super::*;
use crate::api::types::Problem;

fn client() -> Client {
    let service = Server::new(Notebook::default()).notes().into_service();
    Client::builder().transport(service).build().unwrap()
}

#[tokio::test]
async fn what_is_added_is_found() {
    let client = client();
    let draft = Draft {
        text: "x".to_owned(),
        tags: None,
    };
    let added = client.notes().add_note(draft).send().await.unwrap();
    assert_eq!((added.status, added.body.number), (StatusCode::CREATED, 1));
    let found = client.notes().get_note(1).send().await.unwrap();
    assert_eq!(found.body, added.body);
}

#[tokio::test]
async fn failures_are_typed() {
    let missing = client().notes().get_note(7).send().await.unwrap_err();
    assert_eq!(missing.status(), Some(StatusCode::NOT_FOUND));
    let Error::Failure { failure, .. } = missing else {
        panic!("{missing:?}")
    };
    let body = Problem {
        detail: "there is no note 7".to_owned(),
    };
    assert_eq!(*failure, GetNoteFailure::NotFound { body });
}

#[tokio::test]
async fn the_server_holds_callers_to_the_document() {
    let draft = Draft {
        text: String::new(),
        tags: None,
    };
    let refused = client().notes().add_note(draft).send().await.unwrap_err();
    assert_eq!(
        refused.status(),
        Some(StatusCode::UNPROCESSABLE_ENTITY),
        "{refused:?}"
    );
}
