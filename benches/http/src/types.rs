//! The types of `shop.yaml`, as one writes them by hand with serde's derives.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// An order as a customer sends it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct NewOrder {
    pub(crate) customer: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) express: Option<bool>,
    pub(crate) items: Vec<Item>,
}

/// An article in an order.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Item {
    pub(crate) sku: String,
    pub(crate) quantity: i32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) price: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) options: Option<BTreeMap<String, String>>,
}

/// The state of an order.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Status {
    /// Not paid yet.
    Open,
    /// Not sent yet.
    Paid,
    /// On its way.
    Sent,
    /// One that this does not know.
    #[serde(untagged)]
    Unknown(String),
}

/// An order as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Order {
    pub(crate) id: String,
    pub(crate) customer: String,
    pub(crate) status: Status,
    pub(crate) items: Vec<Item>,
    pub(crate) total: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
}

/// Some orders.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Page {
    pub(crate) orders: Vec<Order>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) next: Option<String>,
}

/// What went wrong.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Fault {
    pub(crate) title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) detail: Option<String>,
}

/// What a list is asked for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ListQuery {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) limit: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<Status>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) after: Option<String>,
}
