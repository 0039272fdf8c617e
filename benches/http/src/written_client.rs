//! The client, as one writes it by hand on `reqwest`.

use std::hint::black_box;
use std::time::Duration;

use reqwest::header::ACCEPT;
use reqwest::{Client, Response, StatusCode};
use serde::de::DeserializeOwned;

use crate::types::{Fault, ListQuery, NewOrder, Order, Page, Status};
use crate::{Outcome, samples};

/// No response is longer.
const LIMIT: usize = 32 * 1024 * 1024;

/// The client of a shop.
struct ShopClient {
    http: Client,
    base_url: String,
    token: String,
}

impl ShopClient {
    fn new(base_url: String, token: &str) -> reqwest::Result<Self> {
        let http = Client::builder()
            .user_agent(concat!(
                env!("CARGO_PKG_NAME"),
                "/",
                env!("CARGO_PKG_VERSION")
            ))
            .connect_timeout(Duration::from_secs(10))
            .timeout(Duration::from_secs(30))
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self {
            http,
            base_url,
            token: token.to_owned(),
        })
    }

    /// The orders of a shop, and how many there are.
    async fn list_orders(&self, shop: &str, query: &ListQuery) -> Outcome<(i64, Page)> {
        let url = format!("{}/shops/{}/orders", self.base_url, segment(shop));
        let request = self.http.get(url).bearer_auth(&self.token).query(query);
        let response = request.header(ACCEPT, "application/json").send().await?;
        match response.status() {
            StatusCode::OK => {
                let total = response.headers().get("x-total");
                let total = total.ok_or("no `X-Total`")?.to_str()?.parse()?;
                Ok((total, json(response).await?))
            }
            StatusCode::NOT_FOUND => Err(json::<Fault>(response).await?.title.into()),
            status => Err(format!("unexpected status {status}").into()),
        }
    }

    /// Orders, and says where the order is.
    async fn create_order(
        &self,
        shop: &str,
        key: Option<&str>,
        order: &NewOrder,
    ) -> Outcome<(String, Order)> {
        let url = format!("{}/shops/{}/orders", self.base_url, segment(shop));
        let mut request = self.http.post(url).bearer_auth(&self.token).json(order);
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        let response = request.header(ACCEPT, "application/json").send().await?;
        match response.status() {
            StatusCode::CREATED => {
                let place = response.headers().get("location");
                let place = place.ok_or("no `Location`")?.to_str()?.to_owned();
                Ok((place, json(response).await?))
            }
            StatusCode::CONFLICT => Err(json::<Fault>(response).await?.title.into()),
            status => Err(format!("unexpected status {status}").into()),
        }
    }
}

/// Reads a body that is not too long.
async fn json<T: DeserializeOwned>(mut response: Response) -> Outcome<T> {
    let mut body = response.chunk().await?.unwrap_or_default();
    if let Some(mut more) = response.chunk().await? {
        let mut whole = body.to_vec();
        loop {
            whole.extend_from_slice(&more);
            if whole.len() > LIMIT {
                return Err("the response is too long".into());
            }
            match response.chunk().await? {
                Some(next) => more = next,
                None => break,
            }
        }
        body = whole.into();
    }
    Ok(serde_json::from_slice(&body)?)
}

fn segment(text: &str) -> impl std::fmt::Display {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC)
}

/// Calls by the client.
pub(crate) async fn calls(case: &str, rounds: u32, port: &str) -> Outcome {
    let client = ShopClient::new(format!("http://127.0.0.1:{port}"), samples::TOKEN)?;
    let order: NewOrder = serde_json::from_str(samples::NEW_ORDER)?;
    for _ in 0..rounds {
        match case {
            "list" => {
                let query = ListQuery {
                    limit: Some(10),
                    status: Some(Status::Open),
                    after: Some("ord_0000".to_owned()),
                };
                let (total, page) = client.list_orders("north", &query).await?;
                black_box((total, page.orders.len()));
            }
            "create" => {
                let order = order.clone();
                let (place, order) = client.create_order("north", Some("9f3c"), &order).await?;
                black_box((place, order.id));
            }
            _ => return Err(format!("no case `{case}`").into()),
        }
    }
    Ok(())
}
