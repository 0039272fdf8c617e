//! A small API in the shapes that Novu's document lacks: ranges of statuses, `default`, cookies, a
//! key in the query, optional bodies, several parameters in a segment.

mod calls;
mod envelopes;
mod hooks;
mod pages;
mod reading;
mod redirects;
mod retries;
mod script;
mod servers;
mod serving;
mod tokens;

use std::future::Future;

use http::StatusCode;

use crate::support::call::{Call, Outcome, Succeeds, success};
use crate::support::client::Client;
use crate::support::client_builder::ClientBuilder;
use crate::support::failure::Failure;
use crate::support::guard::schemes;
use crate::support::headers::headers;
use crate::support::prelude::*;
use crate::support::rejection::{Denied, Rejection};
use crate::support::request_head::{Caller, RequestHead};
use crate::support::route::routes;
use crate::support::security::Scheme;
use crate::support::server::Server;
use crate::support::string_enum::string_enum;

const KEY: Scheme = Scheme::query("key", "key");
const SESSION: Scheme = Scheme::cookie("session", "sid");
const TOKEN: Scheme = Scheme::bearer("token");
const PASSWORD: Scheme = Scheme::basic("password");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Small,
    Big,
}

string_enum! { Kind { "small" => Small, "big" => Big } }

#[derive(Debug, Clone, PartialEq)]
pub struct FindRequest {
    name: String,
    extension: String,
    kind: Option<Kind>,
    limit: i64,
    trace: Option<String>,
    theme: Option<String>,
    body: Option<Vec<i64>>,
}

request! {
    FindRequest -> FindResponse {
        QUERY "/files/{name}.{extension}" "find";
        security [[KEY, SESSION]];
        parameters {
            required path "name" => name;
            required path "extension" => extension;
            optional query "kind[of]" => kind;
            required query "limit" => limit;
            optional header "X-Trace" => trace;
            optional cookie "theme" => theme;
        }
        optional body json "application/vnd.ids+json" => body;
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum FindResponse {
    Ok {
        headers: TotalHeaders,
        body: Vec<String>,
    },
    NotModified {},
    Failure(FindFailure),
}

#[derive(Debug, Clone, PartialEq)]
pub enum FindFailure {
    ClientError { status: StatusCode, body: String },
    Default { status: StatusCode },
}

responses! {
    FindResponse {
        200 => Ok { headers, body: json },
        304 => NotModified {},
        .. => Failure(FindFailure),
    }
}

responses! {
    FindFailure {
        400..=499 => ClientError { status, body: json "application/problem+json" },
        0..=999 => Default { status },
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct TotalHeaders {
    total: u64,
    link: Option<String>,
}

headers! {
    TotalHeaders {
        "X-Total" => total,
        "Link" => link?,
    }
}

success! {
    FindRequest -> FindResponse { .., Failure(FindFailure) }
}

#[derive(Debug, Clone, PartialEq)]
pub struct PingRequest {}

request! {
    PingRequest -> PingResponse {
        GET "/ping" "ping";
        security [];
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum PingResponse {
    NoContent {},
}

responses! {
    PingResponse {
        204 => NoContent {},
    }
}

success! {
    PingRequest -> PingResponse {
        NoContent {},
    }
}

/// Sent by scripted clients only.
#[derive(Debug, Clone, PartialEq)]
pub struct GuardedRequest {}

request! {
    GuardedRequest -> PingResponse {
        GET "/guarded" "guarded";
        security [[TOKEN("pets:read", "pets:write")], [PASSWORD], []];
    }
}

success! {
    GuardedRequest -> PingResponse {
        NoContent {},
    }
}

/// Sent by scripted clients only.
#[derive(Debug, Clone, PartialEq)]
pub struct StoreRequest {
    key: Option<String>,
    body: i64,
}

request! {
    StoreRequest -> PingResponse {
        POST "/store" "store";
        security [];
        parameters {
            optional header "Idempotency-Key" => key;
        }
        body json => body;
    }
}

success! {
    StoreRequest -> PingResponse {
        NoContent {},
    }
}

pub trait Service: Send + Sync + 'static {
    type Principal: Send + Sync + 'static;
    type Error: crate::support::rejection::IntoFailure + Send;
    fn key(
        &self,
        key: &str,
        head: &RequestHead,
    ) -> impl Future<Output = Result<Self::Principal, Denied>> + Send;
    fn session(
        &self,
        id: &str,
        head: &RequestHead,
    ) -> impl Future<Output = Result<Self::Principal, Denied>> + Send;
    fn together(
        &self,
        first: Self::Principal,
        others: Vec<Self::Principal>,
        head: &RequestHead,
    ) -> impl Future<Output = Result<Self::Principal, Denied>> + Send;
    fn reject(&self, rejection: Rejection, head: &RequestHead) -> axum::response::Response {
        let _ = head;
        rejection.problem()
    }
}

schemes! {
    Service {
        KEY => key,
        SESSION => session,
    } joined by together
}

pub trait Files: Service {
    fn find(
        &self,
        caller: Caller<Self::Principal>,
        request: FindRequest,
    ) -> impl Future<Output = Result<FindResponse, Self::Error>> + Send;
    fn ping(
        &self,
        caller: Caller<()>,
        request: PingRequest,
    ) -> impl Future<Output = Result<PingResponse, Self::Error>> + Send;
}

routes! {
    Files as files {
        FindRequest => required find,
        PingRequest => open ping,
    }
}

/// Answers by `limit`: a status, or 200 with what it received.
#[derive(Debug)]
pub struct Disk;

impl Service for Disk {
    type Principal = String;
    type Error = Failure;

    async fn key(&self, key: &str, _head: &RequestHead) -> Result<String, Denied> {
        Ok(key.to_owned())
    }

    async fn session(&self, id: &str, _head: &RequestHead) -> Result<String, Denied> {
        if id == "1" {
            Ok(id.to_owned())
        } else {
            Err(Denied::Forbidden("not you".to_owned()))
        }
    }

    async fn together(
        &self,
        first: String,
        others: Vec<String>,
        _head: &RequestHead,
    ) -> Result<String, Denied> {
        match first.as_str() {
            "both" => Ok(format!("{first} and {}", others.join(" and "))),
            "one" => Err(Denied::Forbidden("not both".to_owned())),
            _ => Ok(first),
        }
    }
}

impl Files for Disk {
    async fn find(
        &self,
        caller: Caller<String>,
        request: FindRequest,
    ) -> Result<FindResponse, Failure> {
        let status = |code| StatusCode::from_u16(code).unwrap();
        Ok(match request.limit {
            code @ (304 | 299) => FindFailure::Default {
                status: status(u16::try_from(code).unwrap()),
            }
            .into(),
            0 => FindResponse::NotModified {},
            500 => FindFailure::ClientError {
                status: status(500),
                body: String::new(),
            }
            .into(),
            code @ 400..500 => {
                return Err(Failure::from(FindFailure::ClientError {
                    status: status(u16::try_from(code).unwrap()),
                    body: "no".to_owned(),
                }));
            }
            -1 => FindResponse::Ok {
                headers: TotalHeaders {
                    total: 1,
                    link: Some("a\nb".to_owned()),
                },
                body: vec!["secret".to_owned()],
            },
            _ => FindResponse::Ok {
                headers: TotalHeaders {
                    total: u64::MAX,
                    link: None,
                },
                body: vec![caller.principal, format!("{request:?}")],
            },
        })
    }

    async fn ping(
        &self,
        _caller: Caller<()>,
        _request: PingRequest,
    ) -> Result<PingResponse, Failure> {
        Ok(PingResponse::NoContent {})
    }
}

fn client() -> Client {
    builder()
        .credential(KEY, "a&b".into())
        .credential(SESSION, "1".into())
        .build()
        .unwrap()
}

fn builder() -> ClientBuilder {
    ClientBuilder::new("http://files.test/").transport(Server::new(Disk).files().into_service())
}

fn find(limit: i64) -> FindRequest {
    FindRequest {
        name: "a.b/c".to_owned(),
        extension: "d e".to_owned(),
        kind: Some(Kind::Big),
        limit,
        trace: Some("t".to_owned()),
        theme: Some("dark; é".to_owned()),
        body: None,
    }
}

fn call<R>(client: &Client, request: R) -> Call<'_, R> {
    Call::new(client, request)
}
