//! The generated traits, implemented, and the generated client.

use std::convert::Infallible;
use std::hint::black_box;

use crate::shop::client::Client;
use crate::shop::operations::{
    CreateOrderFailure, CreateOrderRequest, CreateOrderResponse, ListOrdersFailure,
    ListOrdersRequest, ListOrdersResponse, LocationHeaders, TotalHeaders,
};
use crate::shop::server::{Caller, Denied, Orders, RequestHead, Server, Service};
use crate::shop::types::{Fault, NewOrder, Order, Page, Status};
use crate::{Outcome, samples};

struct Shop {
    page: Page,
}

/// The server.
pub(crate) fn router() -> serde_json::Result<axum::Router> {
    let page = serde_json::from_str(&samples::page())?;
    Ok(Server::new(Shop { page }).orders().into_router())
}

impl Service for Shop {
    type Principal = ();
    type Error = Infallible;

    async fn token(&self, credential: &str, _: &RequestHead) -> Result<(), Denied> {
        if credential == samples::TOKEN {
            Ok(())
        } else {
            Err(Denied::Unauthenticated("no such token".to_owned()))
        }
    }
}

impl Orders for Shop {
    async fn list_orders(
        &self,
        _: Caller<()>,
        request: ListOrdersRequest,
    ) -> Result<ListOrdersResponse, Infallible> {
        if request.shop != "north" {
            let body = Fault::new("there is no such shop");
            return Ok(ListOrdersFailure::NotFound { body }.into());
        }
        black_box((&request.limit, &request.status, &request.after));
        let headers = TotalHeaders { x_total: 10 };
        let body = self.page.clone();
        Ok(ListOrdersResponse::Ok { headers, body })
    }

    async fn create_order(
        &self,
        _: Caller<()>,
        request: CreateOrderRequest,
    ) -> Result<CreateOrderResponse, Infallible> {
        if request.idempotency_key.as_deref() == Some("used") {
            let body = Fault::new("the key was used for another order");
            return Ok(CreateOrderFailure::Conflict { body }.into());
        }
        let NewOrder {
            customer,
            note,
            items,
            ..
        } = request.body;
        let total = items
            .iter()
            .map(|item| item.price.unwrap_or_default() * f64::from(item.quantity))
            .sum();
        let id = "ord_0001";
        let headers = LocationHeaders {
            location: format!("/shops/{}/orders/{id}", request.shop),
        };
        let mut body = Order::new(id, customer, Status::Open, items, total);
        body.note = note;
        Ok(CreateOrderResponse::Created { headers, body })
    }
}

/// Calls by the client.
pub(crate) async fn calls(case: &str, rounds: u32, port: &str) -> Outcome {
    let client = Client::builder()
        .base_url(format!("http://127.0.0.1:{port}"))
        .token(samples::TOKEN)
        .build()?;
    let order: NewOrder = serde_json::from_str(samples::NEW_ORDER)?;
    for _ in 0..rounds {
        match case {
            "list" => {
                let call = client.orders().list_orders("north");
                let call = call.limit(10).status(Status::Open).after("ord_0000");
                let reply = call.send().await?;
                black_box((reply.headers.x_total, reply.body.orders.len()));
            }
            "create" => {
                let call = client.orders().create_order("north", order.clone());
                let reply = call.idempotency_key("9f3c").send().await?;
                black_box((reply.headers.location, reply.body.id));
            }
            _ => return Err(format!("no case `{case}`").into()),
        }
    }
    Ok(())
}
