//! A server that answers as it is told, and keeps what it was asked.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{Request, Response};
use tokio::time::Instant;

use crate::support::client_builder::ClientBuilder;
use crate::support::future::BoxFuture;
use crate::support::payload::Payload;
use crate::support::transport::Transport;
use crate::support::transport_error::TransportError;

/// What it answers: a status (0 loses the request, 1 is silent), headers and a body.
type Answer = (u16, &'static [(&'static str, &'static str)], &'static str);

/// The server.
#[derive(Clone)]
pub(super) struct Script(Arc<Mutex<State>>);

struct State {
    answers: VecDeque<Answer>,
    asked: Vec<Asked>,
    started: Instant,
}

/// A request as it came, and when.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) line: String,
    pub(super) headers: http::HeaderMap,
    pub(super) at: Duration,
}

impl Script {
    /// Gives these answers, and 204 from then on.
    pub(super) fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self(Arc::new(Mutex::new(State {
            answers: answers.into_iter().collect(),
            asked: Vec::new(),
            started: Instant::now(),
        })))
    }

    /// A client of it.
    pub(super) fn builder(&self) -> ClientBuilder {
        ClientBuilder::new("http://a.test/base").transport(self.clone())
    }

    /// What it was asked since the last look.
    pub(super) fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.0.lock().unwrap().asked)
    }
}

impl Transport for Script {
    fn send(
        &self,
        request: Request<Payload>,
    ) -> BoxFuture<'_, Result<Response<Payload>, TransportError>> {
        let mut state = self.0.lock().unwrap();
        let body = request.body().as_whole().cloned().unwrap_or_default();
        let asked = Asked {
            line: format!("{} {} {body:?}", request.method(), request.uri()),
            headers: request.headers().clone(),
            at: state.started.elapsed(),
        };
        state.asked.push(asked);
        let (status, headers, body) = state.answers.pop_front().unwrap_or((204, &[], ""));
        Box::pin(async move {
            if status == 0 {
                return Err(TransportError::new("lost"));
            } else if status == 1 {
                std::future::pending::<()>().await;
            }
            let mut response = Response::builder().status(status);
            for (name, value) in headers {
                response = response.header(*name, *value);
            }
            Ok(response.body(Payload::from(body)).unwrap())
        })
    }
}
