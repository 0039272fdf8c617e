//! The messages as a text of JSON, which generated code reads at run time.

use std::collections::{HashMap, HashSet};

use crate::document::Object;
use crate::model::{Codec, Node, Status};

use super::{BodySample, RequestSample, ResponseSample, Samples, Unsampled};

/// Shorter values are written wherever they stand.
const SHARED: usize = 80;

/// Writes the messages. A long value that several have stands once, under `shared`.
#[must_use]
pub fn write(samples: &Samples) -> String {
    let mut shared = Shared::default();
    for operation in &samples.operations {
        if let Ok(request) = &operation.request {
            request.body.iter().for_each(|body| shared.see_body(body));
        }
        for (_, response) in &operation.responses {
            if let Ok(response) = response {
                shared.see(&headers(response), || "headers".to_owned());
                response
                    .bodies
                    .iter()
                    .for_each(|body| shared.see_body(body));
            }
        }
    }
    let mut names = HashSet::new();
    shared.order.retain(|text| {
        shared
            .values
            .get(text)
            .is_some_and(|(count, ..)| *count > 1)
    });
    for text in &shared.order {
        if let Some((_, name, _)) = shared.values.get_mut(text) {
            let mut unique = name.clone();
            let mut number = 2;
            while !names.insert(unique.clone()) {
                unique = format!("{name}-{number}");
                number += 1;
            }
            *name = unique;
        }
    }
    shared.settled = true;

    let mut operations = Object::new();
    for operation in &samples.operations {
        let mut responses = Object::new();
        for (status, response) in &operation.responses {
            responses.insert(
                status_name(*status),
                written(response, |it| shared.response(it)),
            );
        }
        let request = written(&operation.request, |request| shared.request(request));
        let members = [("request", request), ("responses", object(responses))];
        operations.insert(operation.id.clone(), record(members));
    }
    let mut values = Object::new();
    for text in &shared.order {
        if let Some((_, name, value)) = shared.values.get(text) {
            values.insert(name.clone(), value.clone());
        }
    }
    let whole = record([
        ("shared", object(values)),
        ("operations", object(operations)),
    ]);
    let mut text = String::new();
    layout(&whole, 0, &mut text);
    text.push('\n');
    text
}

/// Long values by their text: how many there are, their name, and the value.
#[derive(Default)]
struct Shared {
    values: HashMap<String, (usize, String, Node)>,
    order: Vec<String>,
    settled: bool,
}

impl Shared {
    fn see_body(&mut self, body: &BodySample) {
        for (name, value) in &body.examples {
            self.see(value, || match (&body.name, name.as_str()) {
                (Some(name), _) => name.clone(),
                (None, "") => "body".to_owned(),
                (None, name) => name.to_owned(),
            });
        }
    }

    fn see(&mut self, value: &Node, name: impl FnOnce() -> String) {
        if left(value, SHARED - 1).is_some() {
            return;
        }
        let text = compact(value);
        if let Some((count, ..)) = self.values.get_mut(&text) {
            *count += 1;
            return;
        }
        self.order.push(text.clone());
        self.values.insert(text, (1, name(), value.clone()));
    }

    /// `{"value": …}`, or `{"shared": "ErrorDto"}`.
    fn value(&self, value: &Node) -> (&'static str, Node) {
        let known = match left(value, SHARED - 1) {
            Some(_) => None,
            None => self.values.get(&compact(value)),
        };
        match known {
            Some((count, name, _)) if *count > 1 => ("shared", Node::String(name.clone())),
            _ => ("value", value.clone()),
        }
    }

    fn request(&self, request: &RequestSample) -> Node {
        let mut whole = Object::new();
        for (location, name, value) in &request.parameters {
            let place = whole
                .entry(location.as_str().to_owned())
                .or_insert_with(|| object(Object::new()));
            if let Node::Object(place) = place {
                place.insert(name.clone(), value.clone());
            }
        }
        if let Some(body) = &request.body
            && let Some((_, value)) = body.examples.first()
        {
            let mut members = self.described(body);
            let (how, value) = self.value(value);
            members.insert(how.to_owned(), value);
            whole.insert("body".to_owned(), object(members));
        }
        object(whole)
    }

    fn response(&self, response: &ResponseSample) -> Node {
        let mut whole = Object::new();
        if !response.headers.is_empty() {
            let (how, value) = self.value(&headers(response));
            whole.insert("headers".to_owned(), record([(how, value)]));
        }
        if !response.bodies.is_empty() {
            let bodies = response.bodies.iter().map(|body| {
                let examples = body.examples.iter().map(|(name, value)| {
                    let (how, value) = self.value(value);
                    let mut members = Object::new();
                    if !name.is_empty() {
                        members.insert("name".to_owned(), Node::String(name.clone()));
                    }
                    members.insert(how.to_owned(), value);
                    object(members)
                });
                let mut members = self.described(body);
                members.insert("examples".to_owned(), Node::Array(examples.collect()));
                object(members)
            });
            whole.insert("bodies".to_owned(), Node::Array(bodies.collect()));
        }
        object(whole)
    }

    /// The media type of a body and how it is written, unless that is as JSON.
    #[expect(clippy::unused_self, reason = "it is one with the rest")]
    fn described(&self, body: &BodySample) -> Object {
        let mut members = Object::new();
        members.insert("media".to_owned(), Node::String(body.media_type.clone()));
        let codec = match body.codec {
            Codec::Json => return members,
            Codec::Form { deep: false } => "form",
            Codec::Form { deep: true } => "deep-form",
            Codec::Parts { .. } => "parts",
            // What is spelled already is the text itself, unless it goes in parts.
            Codec::Encoded if body.media_type.starts_with("multipart/") => "parts",
            Codec::Encoded
            | Codec::Text
            | Codec::Bytes
            | Codec::Content
            | Codec::Stream
            | Codec::Lines
            | Codec::Events { .. } => "text",
        };
        members.insert("as".to_owned(), Node::String(codec.to_owned()));
        members
    }
}

fn status_name(status: Status) -> String {
    match status {
        Status::Exact(code) => code.to_string(),
        Status::Range(hundred) => format!("{hundred}XX"),
        Status::Default => "default".to_owned(),
    }
}

/// A name may have several lines.
fn headers(response: &ResponseSample) -> Node {
    let mut members = Object::new();
    for (name, text) in &response.headers {
        let text = Node::String(text.clone());
        match members.get_mut(name) {
            None => {
                members.insert(name.clone(), text);
            }
            Some(Node::Array(lines)) => lines.push(text),
            Some(line) => *line = Node::Array(vec![std::mem::take(line), text]),
        }
    }
    object(members)
}

fn written<T>(sample: &Result<T, Unsampled>, write: impl FnOnce(&T) -> Node) -> Node {
    match sample {
        Ok(sample) => write(sample),
        Err(unsampled) => record([("unsampled", Node::String(unsampled.what.clone()))]),
    }
}

fn object(members: Object) -> Node {
    Node::Object(Box::new(members))
}

fn record<const N: usize>(members: [(&str, Node); N]) -> Node {
    object(
        members
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}

fn compact(value: &Node) -> String {
    let mut text = String::new();
    flat(value, &mut text);
    text
}

fn string(text: &str, out: &mut String) {
    if is_plain(text) {
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else {
        out.push_str(&serde_json::Value::from(text).to_string());
    }
}

/// Whether a text is written as it is.
fn is_plain(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte >= b' ' && !matches!(byte, b'"' | b'\\'))
}

/// The bytes that are left of `room` after a value on one line, if there are any.
fn left(value: &Node, room: usize) -> Option<usize> {
    let text = |text: &str, room: usize| {
        if is_plain(text) {
            room.checked_sub(text.len() + 2)
        } else {
            let mut written = String::new();
            string(text, &mut written);
            room.checked_sub(written.len())
        }
    };
    match value {
        Node::Null | Node::Bool(_) | Node::Number(_) => room.checked_sub(compact(value).len()),
        Node::String(value) => text(value, room),
        Node::Array(items) => {
            let commas = 2 * items.len().saturating_sub(1);
            let room = room.checked_sub(2 + commas)?;
            items.iter().try_fold(room, |room, item| left(item, room))
        }
        Node::Object(members) => {
            let between = if members.is_empty() {
                2
            } else {
                2 + 4 * members.len()
            };
            let room = room.checked_sub(between)?;
            let mut members = members.iter();
            members.try_fold(room, |room, (name, value)| left(value, text(name, room)?))
        }
    }
}

/// On one line.
fn flat(value: &Node, out: &mut String) {
    match value {
        Node::Null => out.push_str("null"),
        Node::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Node::Number(number) => out.push_str(&number.to_string()),
        Node::String(text) => string(text, out),
        Node::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                flat(item, out);
            }
            out.push(']');
        }
        Node::Object(members) => {
            out.push('{');
            for (index, (name, value)) in members.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { " " });
                string(name, out);
                out.push_str(": ");
                flat(value, out);
            }
            out.push_str(if members.is_empty() { "}" } else { " }" });
        }
    }
}

/// What fits on one line stands on one.
const WIDTH: usize = 120;

fn layout(value: &Node, indent: usize, out: &mut String) {
    let is_short = |value: &Node| left(value, WIDTH.saturating_sub(2 * indent)).is_some();
    let (open, close) = match value {
        Node::Array(items) if !items.is_empty() => ('[', ']'),
        Node::Object(members) if !members.is_empty() => ('{', '}'),
        value => return flat(value, out),
    };
    if indent > 1 && is_short(value) {
        return flat(value, out);
    }
    out.push(open);
    let line = |out: &mut String, first: bool| {
        out.push_str(if first { "\n" } else { ",\n" });
        out.push_str(&"  ".repeat(indent + 1));
    };
    match value {
        Node::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                line(out, index == 0);
                layout(item, indent + 1, out);
            }
        }
        Node::Object(members) => {
            for (index, (name, value)) in members.iter().enumerate() {
                line(out, index == 0);
                string(name, out);
                out.push_str(": ");
                layout(value, indent + 1, out);
            }
        }
        _ => {}
    }
    out.push('\n');
    out.push_str(&"  ".repeat(indent));
    out.push(close);
}
