//! The requests that the client of a document makes, as messages.

use std::sync::{Arc, Mutex, PoisonError};

use http::{Request, Response};

use crate::api::client::{BoxFuture, Client, Payload, Transport, TransportError};
use crate::api::mock::loopback::probe;
use crate::api::mock::{CALLS, Mock, router, server};

use super::message::Message;

/// The server in memory, and what it was sent.
struct Recorder {
    server: axum::Router,
    sent: Arc<Mutex<Vec<Message>>>,
}

impl Transport for Recorder {
    fn send(
        &self,
        request: Request<Payload>,
    ) -> BoxFuture<'_, Result<Response<Payload>, TransportError>> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = body.whole(usize::MAX).await?;
            let target = parts
                .uri
                .path_and_query()
                .map_or("/", |target| target.as_str());
            let mut message = Message {
                method: parts.method.as_str().into(),
                target: target.into(),
                version: b"HTTP/1.1".to_vec(),
                body: body.to_vec(),
                ..Message::default()
            };
            message.push("host", "localhost");
            for (name, value) in &parts.headers {
                message.push(name.as_str(), value.as_bytes());
            }
            message.without("prefer");
            message.without("content-length");
            self.sent
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(message);
            Transport::send(&self.server, Request::from_parts(parts, body.into())).await
        })
    }
}

/// A request of every operation.
pub(super) async fn requests() -> Vec<Message> {
    let sent = Arc::new(Mutex::new(Vec::new()));
    let recorder = Recorder {
        server: router(),
        sent: Arc::clone(&sent),
    };
    let client = Client::builder()
        .base_url("http://localhost")
        .transport(recorder);
    let report = probe(Mock::new(), server, client, CALLS, |status| {
        status.is_success()
    })
    .await;
    print!("{report}");
    let mut sent = std::mem::take(&mut *sent.lock().unwrap_or_else(PoisonError::into_inner));
    sent.dedup_by(|one, other| (&one.method, &one.target) == (&other.method, &other.target));
    sent
}
