//! A server, a client that reaches it in memory or over TCP, and a tap on the way between them.

use std::collections::BTreeMap;
use std::future::Future;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use http::{Request, Response};
use novu_api::client::{BoxFuture, Client, ClientBuilder, Payload, Transport, TransportError};
use novu_oauth::clock::Timestamp;
use novu_oauth::config::Config;
use novu_oauth::service::OAuth;
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};

use crate::wire::{self, Message};

pub(crate) const LINK: &str = "/v1/integrations/channel-endpoints/oauth";
pub(crate) const CONNECT: &str = "/v1/integrations/channel-connections/oauth";

/// How a client reaches its server.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Way {
    Memory,
    Tcp,
}

/// A server within reach, and a record of what passed last.
pub(crate) struct World {
    router: Router,
    /// Where the tap listens, over TCP.
    tap: Option<SocketAddr>,
    log: Log,
}

/// What passed between the client and the server last.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Record>>);

#[derive(Default)]
struct Record {
    /// Sent in place of the client's next request.
    substitute: Option<Vec<u8>>,
    requests: Vec<Message>,
    responses: Vec<Message>,
}

impl World {
    /// The OAuth service, whose clock stands at 2026-01-01T00:00:00.123Z.
    pub(crate) async fn service(way: Way) -> Self {
        let config = Config::read(include_str!("service.toml"), Path::new("service.toml"));
        let clock = || Timestamp(1_767_225_600_123);
        let config = config.expect("a configuration");
        let service = OAuth::with_clock(&config, clock).await.expect("a service");
        Self::of(service.into_server().into_router(), way).await
    }

    /// The server of `router`.
    pub(crate) async fn of(router: Router, way: Way) -> Self {
        let log = Log::default();
        let tap = match way {
            Way::Memory => None,
            Way::Tcp => {
                let (listener, server) = listen().await;
                let serving = axum::serve(listener, router.clone());
                tokio::spawn(async move { serving.await });
                let (listener, address) = listen().await;
                tokio::spawn(tap(listener, server, log.clone()));
                Some(address)
            }
        };
        Self { router, tap, log }
    }

    /// A client without a credential.
    pub(crate) fn builder(&self) -> ClientBuilder {
        match self.tap {
            Some(address) => Client::builder().base_url(format!("http://{address}")),
            None => Client::builder().transport(self.transport()),
        }
    }

    /// The way in memory.
    pub(crate) fn transport(&self) -> impl Transport {
        Memory {
            router: self.router.clone(),
            log: self.log.clone(),
        }
    }

    /// A client with the key that both servers know.
    pub(crate) fn client(&self) -> Client {
        let builder = self.builder().secret_key("sk_test_123");
        builder.build().expect("a client")
    }

    /// Sends `request`, as text, in place of the client's next one; its response goes to the client.
    pub(crate) fn substitute(&self, request: &str) {
        self.log.lock().substitute = Some(wire::bytes(request));
    }

    /// Compares the only request since the last look with the text of what should have been sent.
    #[track_caller]
    pub(crate) fn assert_request(&self, expected: &str) {
        let found = std::mem::take(&mut self.log.lock().requests);
        self.assert_message(&found, expected);
    }

    /// Compares the only response since the last look with the text of what should have been sent.
    #[track_caller]
    pub(crate) fn assert_response(&self, expected: &str) {
        let found = std::mem::take(&mut self.log.lock().responses);
        self.assert_message(&found, expected);
    }

    /// Takes the fields of the last request, by their names in lower case.
    pub(crate) fn take_request_fields(&self) -> BTreeMap<String, String> {
        let mut requests = std::mem::take(&mut self.log.lock().requests);
        requests.pop().expect("a request").into_fields()
    }

    /// Takes the body of the last response.
    pub(crate) fn take_response_body(&self) -> String {
        self.take_response().into_body()
    }

    /// Takes the fields of the last response, by their names in lower case.
    pub(crate) fn take_response_fields(&self) -> BTreeMap<String, String> {
        self.take_response().into_fields()
    }

    fn take_response(&self) -> Message {
        let mut responses = std::mem::take(&mut self.log.lock().responses);
        responses.pop().expect("a response")
    }

    #[track_caller]
    fn assert_message(&self, found: &[Message], expected: &str) {
        let [found] = found else {
            panic!("one message, not {found:?}")
        };
        match self.tap {
            Some(_) => assert_eq!(found.comparable(), expected),
            None => assert_eq!(found.comparable(), wire::without_tcp(expected)),
        }
    }
}

impl Log {
    fn lock(&self) -> std::sync::MutexGuard<'_, Record> {
        self.0.lock().expect("a lock")
    }
}

/// Ends a test that hangs.
pub(crate) async fn in_time(test: impl Future<Output = ()>) {
    let limit = Duration::from_mins(1);
    tokio::time::timeout(limit, test).await.expect("an end");
}

/// A free port of the loopback interface.
pub(crate) async fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
    let listener = listener.expect("a port");
    let address = listener.local_addr().expect("an address");
    (listener, address)
}

/// Passes on what comes in to `server`, and what it answers, and logs both.
async fn tap(listener: TcpListener, server: SocketAddr, log: Log) {
    while let Ok((mut client, _)) = listener.accept().await {
        let log = log.clone();
        tokio::spawn(async move {
            while let Some(request) = wire::receive(&mut client).await? {
                let substitute = {
                    let mut record = log.lock();
                    record.requests.push(Message::parse(&request));
                    record.substitute.take()
                };
                let mut server = TcpStream::connect(server).await?;
                server.write_all(&substitute.unwrap_or(request)).await?;
                let response = wire::receive(&mut server).await?.expect("a response");
                log.lock().responses.push(Message::parse(&response));
                client.write_all(&response).await?;
            }
            std::io::Result::Ok(())
        });
    }
}

/// A router as a transport, with a log.
struct Memory {
    router: Router,
    log: Log,
}

impl Transport for Memory {
    fn send(
        &self,
        request: Request<Payload>,
    ) -> BoxFuture<'_, Result<Response<Payload>, TransportError>> {
        let substitute = {
            let mut record = self.log.lock();
            record.requests.push(Message::of_request(&request));
            record.substitute.take()
        };
        let request = substitute.map_or(request, |bytes| Message::parse(&bytes).into_request());
        Box::pin(async move {
            let (parts, body) = self.router.send(request).await?.into_parts();
            let response = Response::from_parts(parts, body.whole(usize::MAX).await?);
            let message = Message::of_response(&response);
            self.log.lock().responses.push(message);
            Ok(response.map(Payload::from))
        })
    }
}
