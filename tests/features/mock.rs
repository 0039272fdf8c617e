//! What the mock answers, and what chooses among its answers.

use axum::body::Body;
use http::{Request, StatusCode};
use serde_json::{Value, json};
use tower_service::Service as _;

use crate::generated::mock::client::{Client, Error};
use crate::generated::mock::mock::router;
use crate::generated::mock::operations::GetPetOkBody;
use crate::generated::mock::types::{Pet, PetKind};

/// Asks for pet 7 with these headers; the status, the media type and the body.
async fn get(headers: &[(&str, &str)]) -> (StatusCode, String, Value) {
    let mut request = Request::get("/pets/7").header("authorization", "Bearer any");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::empty()).unwrap();
    let response = router().call(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let media_type = parts.headers["content-type"].to_str().unwrap().to_owned();
    let value = serde_json::from_str(&text).unwrap_or(Value::String(text));
    (parts.status, media_type, value)
}

/// Asks for pet 7 with this preference; the status, and the property `name` or `detail` of the body.
async fn preferring(preference: &str) -> (u16, String) {
    let (status, _, body) = get(&[("prefer", preference)]).await;
    let text = body.get("name").or(body.get("detail"));
    let text = text.and_then(Value::as_str).unwrap_or_default();
    (status.as_u16(), text.to_owned())
}

#[tokio::test]
async fn a_request_chooses_what_is_answered() {
    for (preference, status, text) in [
        ("return=minimal", 200, "Tom"),
        ("example=dog", 200, "Rex"),
        ("respond-async, EXAMPLE=\"dog\"; wait=10", 200, "Rex"),
        ("code=200, example=cat", 200, "Tom"),
        ("code=404", 404, "text"),
        ("code=418", 418, "text"),
        ("code=nonsense", 200, "Tom"),
        (
            "code=500",
            501,
            "the document gives no response 500, but 200, 404, 503, 4XX",
        ),
        ("example=cow", 501, "there is no example `cow`"),
        ("code=404, example=cat", 501, "there is no example `cat`"),
        ("code=503", 501, "there is no value for the body"),
    ] {
        assert_eq!(
            preferring(preference).await,
            (status, text.to_owned()),
            "{preference}"
        );
    }
}

#[tokio::test]
async fn what_is_accepted_chooses_too() {
    let (_, media_type, body) = get(&[("accept", "text/plain")]).await;
    assert_eq!((media_type.as_str(), body), ("text/plain", json!("Tom")));
    let (status, _, _) = get(&[("accept", "image/png")]).await;
    assert_eq!(status, StatusCode::NOT_ACCEPTABLE);
}

#[tokio::test]
async fn an_example_keeps_what_fits() {
    // Its age is a text, where the schema has a number.
    let (_, _, body) = get(&[("prefer", "example=dog")]).await;
    assert_eq!(body, json!({ "name": "Rex", "kind": "dog", "age": 1 }));
}

#[tokio::test]
async fn requests_are_checked_and_every_credential_is_good() {
    let client = |token: Option<&str>| {
        let builder = Client::builder()
            .base_url("http://localhost")
            .transport(router());
        match token {
            Some(token) => builder.token(token).build().unwrap(),
            None => builder.build().unwrap(),
        }
    };
    let reply = client(Some("any"))
        .operations()
        .get_pet(7)
        .send()
        .await
        .unwrap();
    let tom = Pet::new("Tom".to_owned(), PetKind::Cat);
    assert_eq!(
        (reply.headers.x_age, reply.body),
        (3, GetPetOkBody::Json(tom))
    );
    let refused = client(None)
        .operations()
        .get_pet(7)
        .send()
        .await
        .unwrap_err();
    assert_eq!(refused.status(), Some(StatusCode::UNAUTHORIZED));
    let refused = client(Some("any"))
        .operations()
        .get_pet(0)
        .send()
        .await
        .unwrap_err();
    // What the server says of it is a documented failure of this operation.
    assert!(matches!(refused, Error::Failure { .. }), "{refused:?}");
}
