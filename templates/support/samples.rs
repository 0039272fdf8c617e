//! The messages that the document shows, or that were made up from its schemas, as a text of JSON.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode};
use serde_json::{Map, Value};

use crate::support::body::WriteBody;
use crate::support::form;
use crate::support::media;
use crate::support::operation::OperationInfo;
use crate::support::payload::Payload;
use crate::support::preference::Preference;
use crate::support::read::to_vec;
use crate::support::unanswered::Unanswered;
use crate::support::write_request::RequestWriter;

/// Messages by operation id.
///
/// ```text
/// {
///   "shared": { "ErrorDto": { "message": "No such pet" } },
///   "operations": {
///     "findPet": {
///       "request": { "path": { "id": 1 }, "body": { "media": "text/plain", "as": "text", "value": "a" } },
///       "responses": {
///         "200": {
///           "headers": { "value": { "X-Total": "3" } },
///           "bodies": [{ "media": "application/json", "examples": [{ "name": "cat", "value": { "id": 1 } }] }]
///         },
///         "4XX": { "bodies": [{ "media": "application/json", "examples": [{ "shared": "ErrorDto" }] }] },
///         "default": { "unsampled": "the body" }
///       }
///     }
///   }
/// }
/// ```
#[derive(Debug)]
pub struct Samples(Value);

/// A body of a response: its status as the document has it, its place among the bodies, and that of the example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chosen {
    pub(crate) status: String,
    pub(crate) body: usize,
    pub(crate) example: usize,
}

impl Samples {
    /// Reads the messages; a text that is no JSON has none.
    pub fn of(text: &str) -> Self {
        Self(serde_json::from_str(text).unwrap_or_default())
    }

    fn operation(&self, info: &OperationInfo, part: &str) -> Option<&Value> {
        self.0.get("operations")?.get(info.id)?.get(part)
    }

    fn responses(&self, info: &OperationInfo) -> Option<&Map<String, Value>> {
        self.operation(info, "responses")?.as_object()
    }

    /// The value of an entry, which has it or says what it is called.
    fn value<'s>(&'s self, entry: &'s Value) -> Option<&'s Value> {
        match entry.get("shared") {
            Some(name) => self.0.get("shared")?.get(name.as_str()?),
            None => entry.get("value"),
        }
    }

    /// Writes the request of an operation, or says for what there is no value.
    pub(crate) fn request(
        &self,
        info: &'static OperationInfo,
    ) -> Result<Request<Payload>, String> {
        let sample = self.operation(info, "request").unwrap_or(&Value::Null);
        if let Some(what) = sample.get("unsampled") {
            return Err(format!("there is no value for {what}"));
        }
        let mut writer = RequestWriter::new(info);
        writer.follow(info.parameters);
        for parameter in info.parameters {
            let place = sample.get(parameter.location.to_string());
            let value = place.and_then(|place| place.get(parameter.name));
            writer.optional(&value.cloned());
        }
        if let Some(body) = sample.get("body") {
            let value = self.value(body).unwrap_or(&Value::Null);
            writer.put_as(bytes(body, value)?, text(body, "media"));
        }
        writer
            .finish("http://localhost")
            .map_err(|error| error.to_string())
    }

    /// Everything that the document gives as a response, a choice for each.
    pub(crate) fn choices(&self, info: &OperationInfo) -> Vec<Chosen> {
        let mut all = Vec::new();
        for (status, response) in self.responses(info).into_iter().flatten() {
            let bodies = bodies(response);
            let mut push = |body, example| {
                all.push(Chosen {
                    status: status.clone(),
                    body,
                    example,
                });
            };
            if bodies.is_empty() {
                push(0, 0);
            }
            for (body, entry) in bodies.iter().enumerate() {
                (0..examples(entry).len()).for_each(|example| push(body, example));
            }
        }
        all
    }

    /// What of a response there is no value for, if anything.
    pub(crate) fn missing(&self, info: &OperationInfo, status: &str) -> Option<&str> {
        self.responses(info)?.get(status)?.get("unsampled")?.as_str()
    }

    /// Finds the response to a request with these headers.
    pub(crate) fn choose(
        &self,
        info: &OperationInfo,
        request: &HeaderMap,
    ) -> Result<(Chosen, StatusCode), Unanswered> {
        let wanted = Preference::of(request);
        let responses = self.responses(info).ok_or(Unanswered::Nothing)?;
        let names = |status: &str| responses.get(status).map(|response| (status.to_owned(), response));
        let all = || {
            let keys = responses.keys().map(String::as_str);
            // Of the statuses that the document gives, a success is the likeliest to be wanted.
            let mut keys: Vec<&str> = keys.collect();
            keys.sort_by_key(|status| rank(status));
            keys.into_iter().filter_map(names)
        };
        let accept = request.get(ACCEPT).and_then(|accept| accept.to_str().ok());
        let found = match wanted.code {
            Some(code) => {
                let of = [
                    code.as_str().to_owned(),
                    format!("{}XX", code.as_u16() / 100),
                    "default".to_owned(),
                ];
                let Some(response) = of.iter().find_map(|status| names(status)) else {
                    let known = all().map(|(status, _)| status).collect();
                    return Err(Unanswered::Status { code, known });
                };
                in_bodies(response, accept, wanted.example.as_deref())
            }
            None => all().find_map(|response| in_bodies(response, accept, wanted.example.as_deref())),
        };
        let chosen = match (found, wanted.example) {
            (Some(chosen), _) => chosen,
            (None, Some(name)) => return Err(Unanswered::Example { name }),
            (None, None) => return Err(Unanswered::Nothing),
        };
        let status = wanted.code.or_else(|| status(&chosen.status, info));
        Ok((chosen, status.unwrap_or(StatusCode::OK)))
    }

    /// Makes the response that was chosen.
    pub(crate) fn response(
        &self,
        info: &OperationInfo,
        chosen: &Chosen,
        status: StatusCode,
    ) -> Result<Response<Bytes>, Unanswered> {
        let responses = self.responses(info).ok_or(Unanswered::Nothing)?;
        let sample = responses.get(&chosen.status).unwrap_or(&Value::Null);
        if let Some(what) = self.missing(info, &chosen.status) {
            let what = what.to_owned();
            return Err(Unanswered::Unsampled { what });
        }
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = status;
        let headers = sample.get("headers").and_then(|entry| self.value(entry));
        for (name, texts) in headers.and_then(Value::as_object).into_iter().flatten() {
            let lines = match texts {
                Value::Array(lines) => lines.as_slice(),
                line => std::slice::from_ref(line),
            };
            for line in lines.iter().filter_map(Value::as_str) {
                if let (Ok(name), Ok(line)) = (
                    HeaderName::from_bytes(name.as_bytes()),
                    HeaderValue::from_str(line),
                ) {
                    response.headers_mut().append(name, line);
                }
            }
        }
        if let Some(body) = bodies(sample).get(chosen.body) {
            let example = examples(body).get(chosen.example);
            let value = example.and_then(|example| self.value(example));
            let written = bytes(body, value.unwrap_or(&Value::Null));
            *response.body_mut() = written.map_err(|what| Unanswered::Unsampled { what })?;
            if let Ok(media_type) = HeaderValue::from_str(text(body, "media")) {
                response.headers_mut().insert(CONTENT_TYPE, media_type);
            }
        }
        Ok(response)
    }
}

fn text<'s>(entry: &'s Value, name: &str) -> &'s str {
    entry.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn bodies(response: &Value) -> &[Value] {
    let bodies = response.get("bodies").and_then(Value::as_array);
    bodies.map(Vec::as_slice).unwrap_or_default()
}

fn examples(body: &Value) -> &[Value] {
    let examples = body.get("examples").and_then(Value::as_array);
    examples.map(Vec::as_slice).unwrap_or_default()
}

/// The body of a response that is accepted, and in it the example of this name.
fn in_bodies(
    (status, response): (String, &Value),
    accept: Option<&str>,
    name: Option<&str>,
) -> Option<Chosen> {
    let bodies = bodies(response);
    let has = |body: &Value| match name {
        Some(name) => examples(body).iter().position(|example| text(example, "name") == name),
        None => Some(0),
    };
    let is_accepted =
        |body: &Value| accept.is_none_or(|accept| media::accepts(accept, text(body, "media")));
    let mut found = bodies.iter().enumerate().filter_map(|(index, body)| Some((index, has(body)?)));
    let accepted = found
        .clone()
        .find(|(index, _)| bodies.get(*index).is_some_and(is_accepted));
    let none = (name.is_none() && bodies.is_empty()).then_some((0, 0));
    let (body, example) = accepted.or_else(|| found.next()).or(none)?;
    Some(Chosen {
        status,
        body,
        example,
    })
}

/// Successes first, then what redirects, then the rest.
fn rank(status: &str) -> (u8, bool) {
    let first = match status.as_bytes().first() {
        Some(b'2') => 0,
        Some(b'3') => 1,
        Some(b'd') => 2,
        _ => 3,
    };
    (first, status.ends_with("XX"))
}

/// A status of which the document says this and no more.
pub(crate) fn status(name: &str, info: &OperationInfo) -> Option<StatusCode> {
    let all = || info.responses.iter().chain(info.failures);
    let is_exact = |code: &u16| all().any(|info| info.statuses == (*code, *code));
    let is_within = |code: &u16| {
        let mut ranges = all().filter(|info| info.statuses != (100, 599));
        ranges.any(|info| (info.statuses.0..=info.statuses.1).contains(code))
    };
    let code = match (name.as_bytes(), name.parse()) {
        (_, Ok(code)) => Some(code),
        ([digit @ b'1'..=b'5', ..], _) => {
            let first = u16::from(digit - b'0') * 100;
            (first..first + 100).find(|code| !is_exact(code))
        }
        _ => [200, 500, 418]
            .into_iter()
            .chain(400..600)
            .find(|code| !is_exact(code) && !is_within(code)),
    };
    StatusCode::from_u16(code?).ok()
}

/// What a body is on the wire.
fn bytes(body: &Value, value: &Value) -> Result<Bytes, String> {
    let fault = |error: &dyn std::fmt::Display| error.to_string();
    match (text(body, "as"), value) {
        ("form", value) => form::write(value, false).map(Bytes::from).map_err(|it| fault(&it)),
        ("deep-form", value) => form::write(value, true).map(Bytes::from).map_err(|it| fault(&it)),
        ("parts", Value::Object(members)) => Ok(parts(text(body, "media"), members).into()),
        ("text", Value::String(text)) => Ok(Bytes::copy_from_slice(text.as_bytes())),
        (_, value) => to_vec(value).map(Bytes::from).map_err(|it| fault(&it)),
    }
}

/// A form of parts: texts as they are, the rest as JSON, a part for each item of a list.
fn parts(media_type: &str, members: &Map<String, Value>) -> String {
    let boundary = media_type.split_once("boundary=").map_or("", |(_, boundary)| boundary);
    let mut whole = String::new();
    for (name, value) in members {
        let name = name.replace('"', "%22");
        let items = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        for item in items {
            let text = match item {
                Value::String(text) => text.clone(),
                item => item.to_string(),
            };
            let is_json = matches!(item, Value::Object(_) | Value::Array(_));
            let media_type = if is_json { "\r\nContent-Type: application/json" } else { "" };
            for piece in [
                "--",
                boundary,
                "\r\nContent-Disposition: form-data; name=\"",
                &name,
                "\"",
                media_type,
                "\r\n\r\n",
                &text,
                "\r\n",
            ] {
                whole.push_str(piece);
            }
        }
    }
    whole + &format!("--{boundary}--\r\n")
}
