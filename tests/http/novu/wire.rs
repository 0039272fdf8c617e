//! What a client sends.

use http::StatusCode;
use novu_api::client::Client;

use super::{Canned, link};

#[test]
fn the_request_on_the_wire() {
    let client = Client::builder()
        .base_url("https://proxy.test/novu/")
        .transport(Canned(StatusCode::OK, &[], ""))
        .secret_key("secret")
        .api_key("ApiKey legacy")
        .build()
        .unwrap();
    let call = client
        .integrations()
        .generate_link_user_oauth_url(link("slack"))
        .idempotency_key("k");
    let request = call.to_http().unwrap();
    assert_eq!(request.method(), "POST");
    assert_eq!(
        request.uri(),
        "https://proxy.test/novu/v1/integrations/channel-endpoints/oauth"
    );
    let headers: Vec<_> = request
        .headers()
        .iter()
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect();
    assert_eq!(
        headers,
        [
            "idempotency-key: k",
            "content-type: application/json",
            "authorization: ApiKey secret",
            "accept: application/json",
        ]
    );
    assert_eq!(
        request.body(),
        r#"{"subscriberId":"subscriber-123","integrationIdentifier":"slack"}"#
    );

    let call = client
        .subscribers()
        .chat_access_oauth("a/b c", "slack", "h+", "e")
        .integration_identifier("é");
    let request = call.to_http().unwrap();
    assert_eq!(
        request.uri(),
        "https://proxy.test/novu/v1/subscribers/a%2Fb%20c/credentials/slack/oauth\
         ?hmacHash=h%2B&environmentId=e&integrationIdentifier=%C3%A9"
    );
    assert_eq!(request.headers()["authorization"], "ApiKey legacy");
    assert!(request.body().is_empty() && !request.headers().contains_key("content-type"));

    let debug = format!("{client:?} {request:?}");
    assert!(
        !debug.contains("legacy") && debug.contains("secretKey"),
        "{debug}"
    );
    for subscriber in ["", ".", ".."] {
        let call = client
            .subscribers()
            .chat_access_oauth(subscriber, "slack", "h", "e");
        assert!(call.to_http().is_err(), "{subscriber}");
    }
    let call = client
        .integrations()
        .generate_link_user_oauth_url(link("slack"))
        .idempotency_key("a\nb");
    assert_eq!(
        call.to_http().unwrap_err().to_string(),
        "header `idempotency-key` holds a character that no header can"
    );
}
