//! How one page leads to the next.

use bytes::Bytes;
use http::header::LINK;
use http::request::Parts;
use http::uri::PathAndQuery;
use http::{HeaderMap, Method, Response, Uri};
use serde_json::Value;

use crate::support::error::BuildError;
use crate::support::params::encode_component;
use crate::support::payload::Payload;
use crate::support::redirect::within_origin;

/// How one page leads to the next. Places in a body are JSON pointers.
#[derive(Debug, Clone, Copy)]
pub enum Paging {
    /// By a cursor that the response holds.
    Cursor {
        /// Where the request takes it.
        to: Input,
        /// Where the response has it.
        from: &'static str,
    },
    /// By a count of pages or of items.
    Count {
        /// Where the request takes it.
        to: Input,
        /// What it is where a request does not say, on the first page.
        first: u64,
        /// Whether it counts pages, and not items.
        pages: bool,
        /// Where the response has its items, if anywhere.
        items: Option<&'static str>,
        /// Where the response says how many pages there are, if anywhere.
        last: Option<&'static str>,
        /// The query parameter that says how many items a page has: a page with fewer is the last.
        limit: Option<&'static str>,
    },
    /// By a URL that the response holds.
    Url {
        /// Where.
        from: &'static str,
    },
    /// By the response header `Link` with `rel="next"` (RFC 8288).
    Link,
}

/// Where a request takes what leads to the next page.
#[derive(Debug, Clone, Copy)]
pub enum Input {
    /// A query parameter.
    Query(&'static str),
    /// A property of the JSON body.
    Body(&'static str),
}

impl Paging {
    /// Turns the request of a page into that of the next one; `None` after the last. A list that goes on at another
    /// origin is a fault: credentials do not follow it, and it is not at its end.
    pub(crate) fn next(
        &self,
        mut parts: Parts,
        body: &Payload,
        response: &Response<Payload>,
    ) -> Option<Result<(Parts, Payload), BuildError>> {
        if !response.status().is_success() {
            return None;
        }
        let received = || serde_json::from_slice::<Value>(response.body().as_whole()?).ok();
        match self {
            Self::Link => {
                let target = next_link(response.headers())?;
                Some(lead(parts, &target))
            }
            Self::Url { from } => {
                let received = received()?;
                let target = received
                    .pointer(from)?
                    .as_str()
                    .filter(|url| !url.is_empty())?;
                Some(lead(parts, target))
            }
            Self::Cursor { to, from } => {
                let received = received()?;
                let cursor = received.pointer(from).filter(|cursor| leads(cursor))?;
                // A server that gives back what it got would be asked for ever.
                if to.value(&parts, body).as_deref() == Some(&text(cursor)) {
                    return None;
                }
                let body = to.set(&mut parts, body, cursor)?;
                Some(Ok((parts, body)))
            }
            Self::Count {
                to,
                first,
                pages,
                items,
                last,
                limit,
            } => {
                let received = received()?;
                let now = to.value(&parts, body);
                let now = now.map_or(Some(*first), |now| now.parse().ok())?;
                let count = items.map(|items| received.pointer(items)?.as_array().map(Vec::len));
                let count = match count {
                    Some(count) => Some(u64::try_from(count.filter(|count| *count > 0)?).ok()?),
                    None => None,
                };
                let last = last.and_then(|last| received.pointer(last)?.as_u64());
                let limit = limit.and_then(|limit| query(&parts.uri, limit)?.parse::<u64>().ok());
                let is_short = limit.zip(count).is_some_and(|(limit, count)| count < limit);
                let next = now.checked_add(if *pages { 1 } else { count.or(limit)? })?;
                let is_last = last.is_some_and(|last| next >= first.saturating_add(last));
                // Without items or a count of pages nothing would tell the end.
                if is_short || is_last || (count.is_none() && last.is_none()) {
                    return None;
                }
                let body = to.set(&mut parts, body, &Value::from(next))?;
                Some(Ok((parts, body)))
            }
        }
    }
}

/// The request for a page whose URL is known.
fn lead(mut parts: Parts, target: &str) -> Result<(Parts, Payload), BuildError> {
    let Some(uri) = within_origin(&parts.uri, target) else {
        return Err(BuildError::new("the next page is at another origin"));
    };
    parts.uri = uri;
    parts.method = Method::GET;
    parts.headers.remove(http::header::CONTENT_TYPE);
    Ok((parts, Payload::default()))
}

/// Whether a cursor leads on: neither `null` nor empty nor `false`.
fn leads(cursor: &Value) -> bool {
    match cursor {
        Value::String(text) => !text.is_empty(),
        Value::Number(_) => true,
        _ => false,
    }
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

impl Input {
    /// What the request has there.
    fn value(self, parts: &Parts, body: &Payload) -> Option<String> {
        match self {
            Self::Query(name) => query(&parts.uri, name),
            Self::Body(name) => {
                let body: Value = serde_json::from_slice(body.as_whole()?).ok()?;
                body.get(name).filter(|value| leads(value)).map(text)
            }
        }
    }

    /// Puts a value there, and returns the body.
    fn set(self, parts: &mut Parts, body: &Payload, value: &Value) -> Option<Payload> {
        match self {
            Self::Query(name) => {
                parts.uri = with_query(&parts.uri, name, &text(value))?;
                body.try_clone()
            }
            Self::Body(name) => {
                let mut json: Value = serde_json::from_slice(body.as_whole()?).ok()?;
                json.as_object_mut()?.insert(name.to_owned(), value.clone());
                serde_json::to_vec(&json).ok().map(Payload::from)
            }
        }
    }
}

/// The pairs of a query, as they are written.
fn pairs(uri: &Uri) -> impl Iterator<Item = (&str, &str)> {
    let pairs = uri.query().unwrap_or_default().split('&');
    pairs
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    encode_component(text, &mut encoded);
    encoded
}

fn query(uri: &Uri, name: &str) -> Option<String> {
    let name = encoded(name);
    let (_, value) = pairs(uri).find(|(found, _)| *found == name)?;
    let value = percent_encoding::percent_decode_str(value);
    Some(value.decode_utf8_lossy().into_owned())
}

/// Replaces a query parameter, or adds it.
fn with_query(uri: &Uri, name: &str, value: &str) -> Option<Uri> {
    let name = encoded(name);
    let mut target = uri.path().to_owned();
    let mut separator = '?';
    let others = pairs(uri).filter(|(found, _)| *found != name);
    let value = encoded(value);
    for (name, value) in others.chain([(name.as_str(), value.as_str())]) {
        target.push(separator);
        target.extend([name, "=", value]);
        separator = '&';
    }
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(target).ok()?);
    Uri::from_parts(parts).ok()
}

/// The target of the first link whose relation is `next`.
fn next_link(headers: &HeaderMap) -> Option<String> {
    let fields = headers.get_all(LINK).iter();
    let mut links = fields
        .filter_map(|field| field.to_str().ok())
        .flat_map(links);
    let (target, _) = links.find(|(_, parameters)| is_next(parameters))?;
    Some(target.to_owned())
}

/// The targets of a `Link` field, each with the text of its parameters.
fn links(field: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = field;
    while let Some((_, after)) = rest.split_once('<') {
        let Some((target, after)) = after.split_once('>') else {
            break;
        };
        let (parameters, next) = after.split_at(end_of_link(after));
        found.push((target, parameters));
        rest = next;
    }
    found
}

/// Where a comma ends the parameters of a link; one in quotes does not.
fn end_of_link(text: &str) -> usize {
    let (mut quoted, mut escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b',' if !quoted => return at,
            _ => {}
        }
    }
    text.len()
}

/// Whether the first `rel` names `next` among its relations.
fn is_next(parameters: &str) -> bool {
    let rel = parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("rel").then_some(value)
    });
    let mut relations = rel.map(|rel| rel.trim().trim_matches('"')).into_iter();
    relations.any(|rel| {
        rel.split_ascii_whitespace()
            .any(|rel| rel.eq_ignore_ascii_case("next"))
    })
}
