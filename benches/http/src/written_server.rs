//! The server, as one writes it by hand on `axum`: extractors, the checks of the document, problem
//! details for what fails.

use std::hint::black_box;
use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{FromRequestParts, Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::header::{AUTHORIZATION, CONTENT_TYPE, LOCATION, WWW_AUTHENTICATE};
use http::request::Parts;
use http::{HeaderMap, StatusCode};
use serde::Serialize;

use crate::samples;
use crate::types::{Fault, Item, ListQuery, NewOrder, Order, Page, Status};

struct Shop {
    page: Page,
}

/// The server.
pub(crate) fn router() -> serde_json::Result<axum::Router> {
    let page = serde_json::from_str(&samples::page())?;
    let shop = Arc::new(Shop { page });
    let router = axum::Router::new();
    Ok(router
        .route("/shops/{shop}/orders", get(list_orders).post(create_order))
        .with_state(shop))
}

/// What is answered where something is wrong.
enum Failure {
    Unauthorized(&'static str),
    Query(QueryRejection),
    Body(JsonRejection),
    Header(&'static str),
    Invalid(Vec<Violation>),
    Known(StatusCode, &'static str),
}

#[derive(Serialize)]
struct Violation {
    r#in: &'static str,
    pointer: String,
    rule: &'static str,
    detail: String,
}

#[derive(Serialize)]
struct Problem {
    title: &'static str,
    status: u16,
    detail: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Violation>,
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, detail, errors) = match self {
            Self::Unauthorized(detail) => (StatusCode::UNAUTHORIZED, detail.to_owned(), Vec::new()),
            Self::Query(rejection) => (rejection.status(), rejection.body_text(), Vec::new()),
            Self::Body(rejection) => (rejection.status(), rejection.body_text(), Vec::new()),
            Self::Header(detail) => (StatusCode::BAD_REQUEST, detail.to_owned(), Vec::new()),
            Self::Invalid(errors) => {
                let plural = if errors.len() == 1 { "" } else { "s" };
                let detail = format!("{} violation{plural}", errors.len());
                (StatusCode::UNPROCESSABLE_ENTITY, detail, errors)
            }
            Self::Known(status, title) => {
                let title = title.to_owned();
                return (
                    status,
                    Json(Fault {
                        title,
                        detail: None,
                    }),
                )
                    .into_response();
            }
        };
        let problem = Problem {
            title: status.canonical_reason().unwrap_or_default(),
            status: status.as_u16(),
            detail,
            errors,
        };
        let mut response = (status, Json(problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(
            CONTENT_TYPE,
            http::HeaderValue::from_static("application/problem+json"),
        );
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, http::HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// Who has shown the token.
struct Authorized;

impl<S: Sync> FromRequestParts<S> for Authorized {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let value = parts.headers.get(AUTHORIZATION);
        let value = value.ok_or(Failure::Unauthorized("a credential is required"))?;
        let token = value.to_str().ok();
        let token = token.and_then(|value| value.strip_prefix("Bearer "));
        if token == Some(samples::TOKEN) {
            Ok(Self)
        } else {
            Err(Failure::Unauthorized("no such token"))
        }
    }
}

/// Collects what breaks a rule.
#[derive(Default)]
struct Checks(Vec<Violation>);

impl Checks {
    fn check(
        &mut self,
        holds: bool,
        r#in: &'static str,
        pointer: impl FnOnce() -> String,
        rule: &'static str,
        detail: impl FnOnce() -> String,
    ) {
        if !holds {
            let (pointer, detail) = (pointer(), detail());
            self.0.push(Violation {
                r#in,
                pointer,
                rule,
                detail,
            });
        }
    }

    fn length(
        &mut self,
        r#in: &'static str,
        text: &str,
        pointer: impl Fn() -> String,
        least: usize,
        most: usize,
    ) {
        let length = text.chars().count();
        let detail = || format!("has fewer than {least} characters");
        self.check(length >= least, r#in, &pointer, "minLength", detail);
        let detail = || format!("has more than {most} characters");
        self.check(length <= most, r#in, &pointer, "maxLength", detail);
    }

    fn item(&mut self, index: usize, item: &Item) {
        let at = |name: &str| format!("#/items/{index}/{name}");
        self.length("body", &item.sku, || at("sku"), 1, 40);
        let quantity = || at("quantity");
        let detail = || "must be at least 1".to_owned();
        self.check(item.quantity >= 1, "body", quantity, "minimum", detail);
        let detail = || "must be at most 1000".to_owned();
        self.check(item.quantity <= 1000, "body", quantity, "maximum", detail);
        let detail = || "must be at least 0".to_owned();
        let holds = item.price.is_none_or(|price| price >= 0.0);
        self.check(holds, "body", || at("price"), "minimum", detail);
    }

    fn order(&mut self, order: &NewOrder) {
        self.length("body", &order.customer, || "#/customer".to_owned(), 1, 80);
        if let Some(email) = &order.email {
            self.length("body", email, || "#/email".to_owned(), 0, 120);
        }
        if let Some(note) = &order.note {
            self.length("body", note, || "#/note".to_owned(), 0, 500);
        }
        let items = || "#/items".to_owned();
        let detail = || "has fewer than 1 items".to_owned();
        self.check(!order.items.is_empty(), "body", items, "minItems", detail);
        let detail = || "has more than 50 items".to_owned();
        self.check(order.items.len() <= 50, "body", items, "maxItems", detail);
        for (index, item) in order.items.iter().enumerate() {
            self.item(index, item);
        }
    }

    fn done(self) -> Result<(), Failure> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Failure::Invalid(self.0))
        }
    }
}

async fn list_orders(
    _: Authorized,
    State(shop): State<Arc<Shop>>,
    Path(name): Path<String>,
    query: Result<Query<ListQuery>, QueryRejection>,
) -> Result<Response, Failure> {
    let Query(query) = query.map_err(Failure::Query)?;
    let mut checks = Checks::default();
    checks.length("path", &name, || "#/shop".to_owned(), 0, 40);
    if let Some(limit) = query.limit {
        let holds = (1..=100).contains(&limit);
        let detail = || "must be from 1 to 100".to_owned();
        checks.check(holds, "query", || "#/limit".to_owned(), "range", detail);
    }
    if matches!(query.status, Some(Status::Unknown(_))) {
        let detail = || "must be `open`, `paid` or `sent`".to_owned();
        checks.check(false, "query", || "#/status".to_owned(), "enum", detail);
    }
    if let Some(after) = &query.after {
        checks.length("query", after, || "#/after".to_owned(), 0, 40);
    }
    checks.done()?;
    if name != "north" {
        let title = "there is no such shop";
        return Err(Failure::Known(StatusCode::NOT_FOUND, title));
    }
    black_box((&query.limit, &query.status, &query.after));
    Ok(([("x-total", "10")], Json(shop.page.clone())).into_response())
}

async fn create_order(
    _: Authorized,
    Path(name): Path<String>,
    headers: HeaderMap,
    order: Result<Json<NewOrder>, JsonRejection>,
) -> Result<Response, Failure> {
    let Json(order) = order.map_err(Failure::Body)?;
    let mut checks = Checks::default();
    checks.length("path", &name, || "#/shop".to_owned(), 0, 40);
    let key = headers.get("idempotency-key");
    let key = key.map(|key| key.to_str()).transpose();
    let key = key.map_err(|_| Failure::Header("`Idempotency-Key` is not text"))?;
    if let Some(key) = key {
        checks.length("header", key, || "#/Idempotency-Key".to_owned(), 0, 80);
    }
    checks.order(&order);
    checks.done()?;
    if key == Some("used") {
        let title = "the key was used for another order";
        return Err(Failure::Known(StatusCode::CONFLICT, title));
    }
    let total = order
        .items
        .iter()
        .map(|item| item.price.unwrap_or_default() * f64::from(item.quantity))
        .sum();
    let id = "ord_0001".to_owned();
    let place = format!("/shops/{name}/orders/{id}");
    let order = Order {
        id,
        customer: order.customer,
        status: Status::Open,
        items: order.items,
        total,
        note: order.note,
    };
    Ok((StatusCode::CREATED, [(LOCATION, place)], Json(order)).into_response())
}
