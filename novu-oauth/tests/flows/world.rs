//! The service with its providers on loopback, and a clock that stands until it is moved.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use http::{HeaderMap, Request, StatusCode};
use novu_api::client::{Payload, Transport as _};
use novu_oauth::clock::Timestamp;
use novu_oauth::config::Config;
use novu_oauth::domain::{Connection, Endpoint};
use novu_oauth::service::OAuth;
use novu_oauth::storage::Storage;
use serde_json::Value;

use crate::fake::Fake;

pub(crate) const ENVIRONMENT: &str = "66a1b2c3d4e5f60718293a4b";
pub(crate) const NOW: u64 = 1_767_225_600_123;

pub(crate) struct World {
    router: Router,
    store: Arc<dyn Storage>,
    clock: Arc<AtomicU64>,
    pub(crate) fake: Fake,
}

/// A response as it came.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("JSON: {self:?}"))
    }

    /// The message of an `ErrorDto` with this status.
    #[track_caller]
    pub(crate) fn message(&self, status: u16) -> String {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.json()["statusCode"], status);
        self.json()["message"]
            .as_str()
            .expect("a message")
            .to_owned()
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with("").await
    }

    /// With more lines at the head of the configuration.
    pub(crate) async fn with(lines: &str) -> Self {
        let (fake, url) = Fake::start().await;
        let text = include_str!("config.toml").replace("PROVIDERS", &url);
        let config = Config::read(&format!("{lines}\n{text}"), Path::new("config.toml"));
        let config = config.expect("a configuration");
        let clock = Arc::new(AtomicU64::new(NOW));
        let reading = Arc::clone(&clock);
        let now = move || Timestamp(reading.load(Ordering::SeqCst));
        let service = OAuth::with_clock(&config, now).await.expect("a service");
        let store = service.storage();
        Self {
            router: service.into_server().into_router(),
            store,
            clock,
            fake,
        }
    }

    /// Moves the clock.
    pub(crate) fn wait(&self, millis: u64) {
        self.clock.fetch_add(millis, Ordering::SeqCst);
    }

    pub(crate) fn store(&self) -> &dyn Storage {
        &*self.store
    }

    pub(crate) async fn send(
        &self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("http://novu.test{target}"));
        for &(name, value) in headers {
            request = request.header(name, value);
        }
        let request = request.body(Payload::from(body.to_owned()));
        let response = self.router.send(request.expect("a request")).await;
        let (parts, body) = response.expect("a response").into_parts();
        let body = body.whole(usize::MAX).await.expect("a body");
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8(body.to_vec()).expect("UTF-8"),
        }
    }

    /// Asks for a URL with the key of the first environment.
    pub(crate) async fn post(&self, operation: &str, body: &str) -> Answer {
        let headers = [
            ("authorization", "ApiKey sk_test_123"),
            ("content-type", "application/json"),
        ];
        let target = format!("/v1/integrations/{operation}/oauth");
        self.send("POST", &target, &headers, body).await
    }

    /// The state of the URL that is minted.
    pub(crate) async fn state(&self, operation: &str, body: &str) -> String {
        let answer = self.post(operation, body).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        parameter(answer.json()["url"].as_str().expect("a URL"), "state")
    }

    /// The browser comes back with these parameters.
    pub(crate) async fn back(&self, parameters: &[(&str, &str)]) -> Answer {
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(parameters)
            .finish();
        let target = format!("/v1/integrations/chat/oauth/callback?{query}");
        self.send("GET", &target, &[], "").await
    }

    pub(crate) async fn connections(&self) -> Vec<Connection> {
        self.store
            .connections(ENVIRONMENT)
            .await
            .expect("connections")
    }

    pub(crate) async fn endpoints(&self) -> Vec<Endpoint> {
        self.store.endpoints(ENVIRONMENT).await.expect("endpoints")
    }

    #[track_caller]
    pub(crate) fn nothing_was_asked(&self) {
        assert_eq!(self.fake.asked(), Vec::<String>::new());
    }

    pub(crate) async fn nothing_is_kept(&self) {
        assert_eq!(self.connections().await, []);
        assert_eq!(self.endpoints().await, []);
    }
}

/// A parameter of a URL.
pub(crate) fn parameter(url: &str, name: &str) -> String {
    let query = url.split_once('?').expect("a query").1;
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let found = pairs.find(|(found, _)| found == name);
    found.expect("the parameter").1.into_owned()
}
