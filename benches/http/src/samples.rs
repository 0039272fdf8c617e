//! What is sent and answered.

use crate::Outcome;

/// The credential that is good.
pub(crate) const TOKEN: &str = "sk_live_0123456789abcdef";

/// An order as a customer sends it.
pub(crate) const NEW_ORDER: &str = r#"{"customer":"Ada Lovelace","email":"ada@example.com","note":"Leave it with the neighbour.","express":true,"items":[{"sku":"TEA-100","quantity":2,"price":12.5,"options":{"grind":"fine","size":"L"}},{"sku":"MUG-7","quantity":1,"price":8.25},{"sku":"TIN-31","quantity":12}]}"#;

/// An order that breaks three rules.
pub(crate) const BAD_ORDER: &str = r#"{"customer":"","items":[{"sku":"TEA-100","quantity":0},{"sku":"MUG-7","quantity":1,"price":-1.0}]}"#;

/// An order as it is kept.
pub(crate) const ORDER: &str = r#"{"id":"ord_0001","customer":"Ada Lovelace","status":"open","items":[{"sku":"TEA-100","quantity":2,"price":12.5,"options":{"grind":"fine","size":"L"}},{"sku":"MUG-7","quantity":1,"price":8.25},{"sku":"TIN-31","quantity":12}],"total":33.25,"note":"Leave it with the neighbour."}"#;

/// Ten of them.
pub(crate) fn page() -> String {
    let orders = [ORDER; 10].join(",");
    format!("{{\"orders\":[{orders}],\"next\":\"ord_0011\"}}")
}

/// A request: method, target, headers and body.
struct Sample {
    method: &'static str,
    target: &'static str,
    headers: Vec<(&'static str, String)>,
    body: &'static str,
}

impl Sample {
    fn of(case: &str) -> Outcome<Self> {
        let (target, body) = match case {
            "list" => (
                "/shops/north/orders?limit=10&status=open&after=ord_0000",
                "",
            ),
            "create" => ("/shops/north/orders", NEW_ORDER),
            "refuse" => ("/shops/north/orders", BAD_ORDER),
            _ => return Err(format!("no case `{case}`").into()),
        };
        let mut headers = vec![
            ("accept", "*/*".to_owned()),
            ("user-agent", "loop/1.0".to_owned()),
            ("authorization", format!("Bearer {TOKEN}")),
        ];
        if !body.is_empty() {
            headers.push(("content-type", "application/json".to_owned()));
            headers.push(("idempotency-key", "9f3c".to_owned()));
        }
        Ok(Self {
            method: if body.is_empty() { "GET" } else { "POST" },
            target,
            headers,
            body,
        })
    }
}

/// A request as bytes.
pub(crate) fn request(case: &str) -> Outcome<Vec<u8>> {
    let sample = Sample::of(case)?;
    let mut text = format!(
        "{} {} HTTP/1.1\r\nhost: shop.example\r\n",
        sample.method, sample.target
    );
    for (name, value) in sample.headers {
        text += &format!("{name}: {value}\r\n");
    }
    if !sample.body.is_empty() {
        text += &format!("content-length: {}\r\n", sample.body.len());
    }
    text += "\r\n";
    text += sample.body;
    Ok(text.into_bytes())
}

/// A request as `wrk` is told of it.
pub(crate) fn lua(case: &str) -> Outcome<String> {
    let sample = Sample::of(case)?;
    let mut text = format!(
        "wrk.method = {:?}\nwrk.path = {:?}\n",
        sample.method, sample.target
    );
    if !sample.body.is_empty() {
        text += &format!("wrk.body = {:?}\n", sample.body);
    }
    for (name, value) in sample.headers {
        text += &format!("wrk.headers[{name:?}] = {value:?}\n");
    }
    Ok(text)
}
