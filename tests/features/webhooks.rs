//! Requests that the API makes: sent by its client, received by its server.

use http::StatusCode;

use crate::generated::webhooks::client::{Client, Error};
use crate::generated::webhooks::operations::{
    OpenStreamOnDataRequest, OpenStreamOnDataResponse, PetCreatedFailure, PetCreatedRequest,
    PetCreatedResponse, ReceiveSignedRequest, ReceiveSignedResponse, StreamClosedRequest,
    StreamClosedResponse,
};
use crate::generated::webhooks::server::{
    Callbacks, Caller, Denied, RequestHead, Server, Service, Webhooks,
};
use crate::generated::webhooks::types::Event;

struct Receiver;

impl Service for Receiver {
    type Principal = String;
    type Error = std::convert::Infallible;

    async fn key(&self, credential: &str, _: &RequestHead) -> Result<String, Denied> {
        Ok(credential.to_owned())
    }
}

impl Webhooks for Receiver {
    async fn pet_created(
        &self,
        _: Caller<()>,
        request: PetCreatedRequest,
    ) -> Result<PetCreatedResponse, Self::Error> {
        Ok(if request.body.name == "unwanted" {
            PetCreatedFailure::Gone {}.into()
        } else {
            PetCreatedResponse::Ok {}
        })
    }

    async fn receive_signed(
        &self,
        caller: Caller<String>,
        _: ReceiveSignedRequest,
    ) -> Result<ReceiveSignedResponse, Self::Error> {
        assert_eq!(caller.principal, "secret");
        Ok(ReceiveSignedResponse::Ok {})
    }
}

impl Callbacks for Receiver {
    async fn open_stream_on_data(
        &self,
        _: Caller<()>,
        request: OpenStreamOnDataRequest,
    ) -> Result<OpenStreamOnDataResponse, Self::Error> {
        assert_eq!(request.part, Some(7));
        Ok(OpenStreamOnDataResponse::NoContent {})
    }

    async fn stream_closed(
        &self,
        _: Caller<()>,
        _: StreamClosedRequest,
    ) -> Result<StreamClosedResponse, Self::Error> {
        Ok(StreamClosedResponse::NoContent {})
    }
}

fn client() -> Client {
    let server = Server::new(Receiver).webhooks().callbacks();
    let receiver = axum::Router::new().nest_service("/hooks", server.into_service());
    let client = Client::builder().base_url("http://receiver.test/hooks");
    client.key("secret").transport(receiver).build().unwrap()
}

fn event(name: &str) -> Event {
    Event {
        name: name.to_owned(),
    }
}

#[tokio::test]
async fn a_webhook_is_received_under_its_name() {
    let client = client();
    let send = async |name| client.webhooks().pet_created(event(name)).send().await;
    assert_eq!(send("rex").await.unwrap().status, StatusCode::OK);
    let error = send("unwanted").await.unwrap_err();
    assert!(matches!(error, Error::Failure { .. }), "{error}");
    let signed = client.webhooks().receive_signed().send().await;
    assert_eq!(signed.unwrap().status, StatusCode::OK);
}

#[tokio::test]
async fn a_callback_is_received() {
    let client = client();
    let data = client.callbacks().open_stream_on_data(event("a")).part(7);
    let reply = data.send().await.unwrap();
    assert_eq!(reply.status, StatusCode::NO_CONTENT);
    let closed = client.callbacks().stream_closed().send().await.unwrap();
    assert_eq!(closed.status, StatusCode::NO_CONTENT);
}

#[test]
fn the_receiver_may_name_a_url() {
    let client = client();
    let sent = |url: &str| {
        let call = client.callbacks().open_stream_on_data(event("a")).part(7);
        call.to(url).to_http().map(|request| {
            assert_eq!(request.headers().get("X-Key"), None);
            request.uri().to_string()
        })
    };
    assert_eq!(
        sent("https://a.test/in?token=1").unwrap(),
        "https://a.test/in?token=1&part=7"
    );
    assert_eq!(
        sent("https://a.test/in").unwrap(),
        "https://a.test/in?part=7"
    );
    assert!(sent("https://a test/").is_err());
    let signed = client.webhooks().receive_signed().to("https://a.test/");
    let signed = signed.to_http().unwrap();
    assert_eq!(signed.headers()["X-Key"], "secret");
    // The credentials of the API stay with it.
    let call = client.operations().watch().to("https://a.test/");
    assert!(call.to_http().is_err());
}
