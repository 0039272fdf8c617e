//! What the service refuses, and how it says so.

use novu_api::Maybe;
use novu_api::client::Error;
use novu_api::operations::{
    ChatAccessOauthFailure, GenerateConnectOAuthUrlFailure, GenerateLinkUserOAuthUrlFailure,
};
use novu_api::types::{
    ErrorDtoMessage, GenerateConnectOauthUrlRequestDto, GenerateLinkUserOauthUrlRequestDto,
    ValidationErrorDto,
};
use serde_json::{Value, json};

use crate::world::{Answer, CONNECT, JSON, KEY, LINK, World};

const GOOD: &str = r#"{"subscriberId":"subscriber-123","integrationIdentifier":"slack-main"}"#;

/// The `errors` of a `ValidationErrorDto`, after a look at the rest of it.
fn errors(answer: &Answer, target: &str) -> Value {
    assert_eq!(answer.message(422, target), "Validation Error");
    let body = answer.json();
    assert_eq!(body["ctx"], json!({}));
    let _: ValidationErrorDto = serde_json::from_value(body.clone()).expect("a ValidationErrorDto");
    body["errors"].clone()
}

fn fields(errors: &Value) -> Vec<&str> {
    let mut fields: Vec<_> = errors
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect();
    fields.sort_unstable();
    fields
}

#[tokio::test]
async fn a_request_without_a_good_key() {
    for world in World::both().await {
        for (header, keyword) in [
            (None, "Missing authorization header"),
            (
                Some("Bearer eyJ.x.y"),
                "Invalid authentication scheme: \"Bearer\"",
            ),
            (
                Some("apikey sk_test_123"),
                "Invalid authentication scheme: \"apikey\"",
            ),
            (Some("sk_test_123"), "Invalid authentication scheme: \"\""),
            (Some("ApiKey sk_test_124"), "API key not found"),
            (Some("ApiKey "), ""),
            (Some("ApiKey  sk_test_123"), "API key not found"),
        ] {
            let headers: Vec<_> = [JSON]
                .into_iter()
                .chain(header.map(|header| ("authorization", header)))
                .collect();
            let answer = world.send("POST", LINK, &headers, GOOD).await;
            let message = answer.message(401, LINK);
            assert!(message.contains(keyword), "{header:?}: {message}");
            assert!(!message.contains("sk_test"), "{message}");
            assert_eq!(
                answer.json()["ctx"],
                json!({"error": "Unauthorized", "statusCode": 401})
            );
            assert_eq!(answer.headers["www-authenticate"], "ApiKey");
        }
        let client = world
            .builder()
            .secret_key("sk_test_124")
            .build()
            .expect("a client");
        let body = GenerateLinkUserOauthUrlRequestDto::new("subscriber-123", "slack-main");
        let error = client
            .integrations()
            .generate_link_user_oauth_url(body)
            .send()
            .await;
        let failure = error.expect_err("401").into_failure();
        assert!(matches!(
            failure,
            Some(GenerateLinkUserOAuthUrlFailure::Unauthorized { .. })
        ));
    }
}

#[tokio::test]
async fn any_key_of_the_environment_is_good_and_none_of_another() {
    for world in World::both().await {
        let old = ("authorization", "ApiKey sk_test_old");
        assert_eq!(
            world.send("POST", LINK, &[old, JSON], GOOD).await.status,
            201
        );
        let other = ("authorization", "ApiKey sk_other");
        let answer = world.send("POST", LINK, &[other, JSON], GOOD).await;
        assert!(
            answer
                .message(404, LINK)
                .contains("No chat integration slack-main")
        );
    }
}

#[tokio::test]
async fn parts_that_do_not_fit_together() {
    for world in World::both().await {
        let body = GenerateConnectOauthUrlRequestDto::new("slack-main");
        let error = world
            .client()
            .integrations()
            .generate_connect_oauth_url(body)
            .send()
            .await;
        let Err(Error::Failure {
            status, failure, ..
        }) = error
        else {
            panic!("{error:?}")
        };
        assert_eq!(status, 400);
        let GenerateConnectOAuthUrlFailure::BadRequest { body, .. } = *failure else {
            panic!("400")
        };
        let expected = "Either subscriberId or context is required".to_owned();
        assert_eq!(
            body.message,
            Maybe::Value(ErrorDtoMessage::String(expected))
        );
    }
}

#[tokio::test]
async fn what_is_not_there() {
    for world in World::both().await {
        for (subscriber, integration, keyword) in [
            ("subscriber-123", "none", "No chat integration none"),
            ("subscriber-123", "mail", "No chat integration mail"),
            ("nobody", "slack-main", "Subscriber nobody"),
            ("subscriber-123", "bare", "no client id"),
        ] {
            let body = GenerateLinkUserOauthUrlRequestDto::new(subscriber, integration);
            let error = world
                .client()
                .integrations()
                .generate_link_user_oauth_url(body)
                .send()
                .await;
            let failure = error.expect_err("404").into_failure();
            let Some(GenerateLinkUserOAuthUrlFailure::NotFound { body, .. }) = failure else {
                panic!("{failure:?}")
            };
            let Maybe::Value(ErrorDtoMessage::String(message)) = body.message else {
                panic!("a message")
            };
            assert!(message.contains(keyword), "{message}");
        }
    }
}

#[tokio::test]
async fn a_body_with_four_mistakes_is_told_all_of_them() {
    for world in World::both().await {
        let body = r#"{"subscriberId":5,"context":{"app":{"data":{}}},"scope":["a",[["b"]]],"connectionMode":"both"}"#;
        let errors = errors(
            &world.send("POST", CONNECT, &[KEY, JSON], body).await,
            CONNECT,
        );
        assert_eq!(
            fields(&errors),
            [
                "connectionMode",
                "context.app.id",
                "integrationIdentifier",
                "scope.1",
                "subscriberId"
            ]
        );
        for field in fields(&errors) {
            let messages = errors[field]["messages"].as_array().expect("messages");
            assert!(!messages.is_empty() && messages.iter().all(|text| text.as_str() != Some("")));
        }
        assert_eq!(errors["subscriberId"]["value"], 5);
        assert_eq!(errors["connectionMode"]["value"], "both");
        // What is missing has no value, and an array of arrays has no place in the schema.
        for field in ["integrationIdentifier", "context.app.id", "scope.1"] {
            assert_eq!(errors[field].get("value"), None, "{errors}");
        }
    }
}

#[tokio::test]
async fn a_body_without_the_required_fields() {
    for world in World::both().await {
        let body = r#"{"context":{"app":{"data":{}}}}"#;
        let errors = errors(&world.send("POST", LINK, &[KEY, JSON], body).await, LINK);
        assert_eq!(
            fields(&errors),
            ["context.app.id", "integrationIdentifier", "subscriberId"]
        );
    }
}

#[tokio::test]
async fn values_of_the_right_type_and_the_wrong_form() {
    for world in World::both().await {
        let body = r#"{"subscriberId":"","integrationIdentifier":"","context":{"a":"b c"}}"#;
        let answer = world.send("POST", LINK, &[KEY, JSON], body).await;
        let errors = errors(&answer, LINK);
        assert_eq!(
            fields(&errors),
            ["context.a", "integrationIdentifier", "subscriberId"]
        );
        assert_eq!(errors["context.a"]["value"], "b c");
        let body = r#"{"subscriberId":"s","integrationIdentifier":"i","context":{}}"#;
        let answer = world.send("POST", LINK, &[KEY, JSON], body).await;
        assert_eq!(fields(&self::errors(&answer, LINK)), ["context"]);
    }
}

#[tokio::test]
async fn a_body_that_is_no_object() {
    for world in World::both().await {
        for body in ["[]", "null", "\"x\"", "1"] {
            let errors = errors(&world.send("POST", LINK, &[KEY, JSON], body).await, LINK);
            assert_eq!(fields(&errors), ["general"], "{body}: {errors}");
        }
    }
}

#[tokio::test]
async fn a_body_that_is_no_json() {
    for world in World::both().await {
        let answer = world
            .send("POST", LINK, &[KEY, JSON], "{\n  \"subscriberId\": }")
            .await;
        let message = answer.message(400, LINK);
        assert!(message.ends_with("at line 2 column 19"), "{message}");
        let answer = world.send("POST", LINK, &[KEY, JSON], "").await;
        assert_eq!(answer.message(400, LINK), "A body is required");
    }
}

#[tokio::test]
async fn the_wrong_path_method_type_and_length() {
    for world in World::both().await {
        let target = "/v1/integrations/none?a=b%20c";
        let answer = world.send("POST", target, &[KEY, JSON], GOOD).await;
        assert_eq!(
            answer.message(404, target),
            "Cannot POST /v1/integrations/none"
        );

        let answer = world.send("GET", LINK, &[KEY], "").await;
        assert_eq!(
            answer.message(405, LINK),
            format!("{LINK} takes POST, OPTIONS, not GET")
        );
        assert_eq!(answer.headers["allow"], "POST, OPTIONS");

        let answer = world
            .send("POST", LINK, &[KEY, ("content-type", "text/plain")], GOOD)
            .await;
        let message = answer.message(415, LINK);
        assert_eq!(
            message,
            "Content type text/plain is not supported; send application/json"
        );

        let answer = world
            .send("POST", LINK, &[KEY, JSON], &" ".repeat(3 << 20))
            .await;
        assert_eq!(
            answer.message(413, LINK),
            "The body is longer than 2097152 bytes"
        );
    }
}

#[tokio::test]
async fn a_key_is_asked_for_before_the_body_is_looked_at() {
    for world in World::both().await {
        for body in ["{", "{}", ""] {
            assert_eq!(
                world.send("POST", LINK, &[JSON], body).await.status,
                401,
                "{body}"
            );
        }
    }
}

#[tokio::test]
async fn legacy_links_that_lead_nowhere() {
    let environment = "66a1b2c3d4e5f60718293a4b";
    for world in World::both().await {
        let client = world.builder().build().expect("a client");
        let ask = async |provider, environment, hash: &str| {
            let call = client
                .subscribers()
                .chat_access_oauth("s", provider, hash, environment);
            call.send()
                .await
                .expect_err("a refusal")
                .into_failure()
                .expect("a documented one")
        };
        let wrong = ask("slack", environment, &"0".repeat(64)).await;
        assert!(
            matches!(wrong, ChatAccessOauthFailure::BadRequest { .. }),
            "{wrong:?}"
        );
        let none = ask("slack", "66a1b2c3d4e5f60718293a4c", "0").await;
        assert!(
            matches!(none, ChatAccessOauthFailure::NotFound { .. }),
            "{none:?}"
        );
        let bare = ask("msteams", "66a1b2c3d4e5f60718293a4d", "0").await;
        assert!(
            matches!(bare, ChatAccessOauthFailure::NotFound { .. }),
            "{bare:?}"
        );
        let form = ask("discord", "x", "").await;
        let ChatAccessOauthFailure::UnprocessableEntity { body } = form else {
            panic!("{form:?}")
        };
        let errors = serde_json::to_value(body.errors).expect("JSON");
        assert_eq!(fields(&errors), ["environmentId", "hmacHash", "providerId"]);

        let target = "/v1/subscribers/s/credentials/slack/oauth?integrationIdentifier=a";
        let errors = errors_of(&world, target).await;
        assert_eq!(fields(&errors), ["environmentId", "hmacHash"]);
    }
}

#[tokio::test]
async fn a_legacy_link_is_told_all_of_its_mistakes() {
    let good = "environmentId=66a1b2c3d4e5f60718293a4b";
    for world in World::both().await {
        for (path, query, expected) in [
            (
                "s/credentials/discord",
                "",
                vec!["environmentId", "hmacHash", "providerId"],
            ),
            (
                "s/credentials/discord",
                "?environmentId=x",
                vec!["environmentId", "hmacHash", "providerId"],
            ),
            (
                "s/credentials/disc+rd&a=b",
                "?hmacHash=0",
                vec!["environmentId", "providerId"],
            ),
            (
                "s/credentials/sl%61ck",
                "?environmentId=x&%68macHash=",
                vec!["environmentId", "hmacHash"],
            ),
            // Twice, and not UTF-8.
            (
                "s/credentials/discord",
                "?environmentId=x&environmentId=x&hmacHash=0",
                vec!["environmentId", "providerId"],
            ),
            (
                "%ff/credentials/%ff",
                "?environmentId=x&hmacHash=%ff",
                vec!["environmentId", "hmacHash", "providerId", "subscriberId"],
            ),
        ] {
            let target = format!("/v1/subscribers/{path}/oauth{query}");
            let errors = errors_of(&world, &target).await;
            assert_eq!(fields(&errors), expected, "{target}");
            for field in expected {
                let messages = errors[field]["messages"].as_array().expect("messages");
                assert_eq!(messages.len(), 1, "{target}: {errors}");
            }
        }
        let target = format!("/v1/subscribers/s/credentials/disc+rd&a=b/oauth?{good}");
        let errors = errors_of(&world, &target).await;
        assert_eq!(fields(&errors), ["hmacHash", "providerId"]);
        assert_eq!(errors["providerId"]["value"], "disc+rd&a=b");
        // The signature comes after the form.
        let target = format!("/v1/subscribers/s/credentials/slack/oauth?{good}&hmacHash=0");
        let answer = world.send("GET", &target, &[], "").await;
        assert!(answer.message(400, &target).starts_with("hmacHash"));
    }
}

async fn errors_of(world: &World, target: &str) -> Value {
    errors(&world.send("GET", target, &[], "").await, target)
}
