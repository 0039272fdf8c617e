//! Writes a typed request.

use std::slice;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri};

use crate::support::body::WriteBody;
use crate::support::codec::Encode;
use crate::support::defaulted::Defaulted;
use crate::support::error::BuildError;
use crate::support::media::{self, Media};
use crate::support::operation::OperationInfo;
use crate::support::parameter::{Parameter, Style};
use crate::support::payload::Payload;
use crate::support::template::{self, Piece};
use crate::support::violation::Location;
use crate::support::write_text::{Pairs, spell};

/// A request on its way to the wire. The first fault is kept, and found by [`Self::finish`].
#[derive(Debug)]
pub struct RequestWriter {
    info: &'static OperationInfo,
    path: Vec<(&'static str, String)>,
    query: String,
    url: Option<String>,
    cookies: String,
    headers: HeaderMap,
    body: Payload,
    parameters: slice::Iter<'static, Parameter>,
    fault: Option<BuildError>,
}

impl RequestWriter {
    /// Starts the request of an operation.
    pub fn new(info: &'static OperationInfo) -> Self {
        Self {
            info,
            path: Vec::new(),
            query: String::new(),
            url: None,
            cookies: String::new(),
            headers: HeaderMap::new(),
            body: Payload::default(),
            parameters: [].iter(),
            fault: None,
        }
    }

    /// Writes these parameters, each by a call of its own, in this order.
    pub fn follow(&mut self, parameters: &'static [Parameter]) {
        self.parameters = parameters.iter();
    }

    /// Writes a parameter that must be there.
    pub fn required<T: Encode>(&mut self, value: &T) {
        self.parameter(Some(value));
    }

    /// Writes a parameter that may be absent.
    #[allow(clippy::ref_option, reason = "a table hands over the field as it is")]
    pub fn optional<T: Encode>(&mut self, value: &Option<T>) {
        self.parameter(value.as_ref());
    }

    /// Writes a parameter that has a default, if another value was given.
    pub fn defaulted<T: Encode>(&mut self, value: &Defaulted<T>) {
        self.parameter(value.as_option());
    }

    fn parameter<T: Encode>(&mut self, value: Option<&T>) {
        let (Some(parameter), Some(value)) = (self.parameters.next(), value) else {
            return;
        };
        match spell(parameter, value) {
            Ok(pairs) => self.pairs(parameter, pairs),
            Err(fault) => {
                let place = parameter.location;
                self.fault(format!("{place} parameter `{}`: {fault}", parameter.name));
            }
        }
    }

    fn pairs(&mut self, parameter: &Parameter, pairs: Pairs<'_>) {
        let name = parameter.name;
        match parameter.location {
            Location::Path => {
                let text = pairs
                    .into_iter()
                    .next()
                    .map_or_else(String::new, |(_, text)| text);
                if text.is_empty() {
                    self.fault(format!(
                        "path parameter `{name}` is empty, which would name another path"
                    ));
                }
                self.path.push((name, text));
            }
            Location::Query if matches!(parameter.style, Style::WholeJson | Style::WholeText) => {
                for (_, text) in pairs {
                    self.raw_query(&[&text]);
                }
            }
            Location::Query | Location::Body => {
                for (name, text) in pairs {
                    self.raw_query(&[&name, "=", &text]);
                }
            }
            Location::Header => {
                for (_, text) in pairs {
                    self.set(name, text, false, || format!("header `{name}`"));
                }
            }
            Location::Cookie => {
                for (name, text) in pairs {
                    self.raw_cookie(&name, &text);
                }
            }
        }
    }

    fn raw_query(&mut self, pieces: &[&str]) {
        self.query
            .push(if self.query.is_empty() { '?' } else { '&' });
        self.query.extend(pieces.iter().copied());
    }

    fn raw_cookie(&mut self, name: &str, value: &str) {
        let separator = if self.cookies.is_empty() { "" } else { "; " };
        for part in [separator, name, "=", value] {
            self.cookies.push_str(part);
        }
    }

    /// Asks for this media type, and not for all that the document gives.
    pub fn asking_for(&mut self, media_type: &str) {
        self.set(ACCEPT.as_str(), media_type.to_owned(), false, || {
            "the media type asked for".to_owned()
        });
    }

    /// Returns the request below `base`, which has no slash at its end.
    pub fn finish(mut self, base: &str) -> Result<Request<Payload>, BuildError> {
        self.accept();
        if !self.cookies.is_empty() {
            let cookies = std::mem::take(&mut self.cookies);
            self.set(COOKIE.as_str(), cookies, true, || "a cookie".to_owned());
        }
        let target = self.target(base);
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let method = Method::from_bytes(self.info.method.as_bytes())
            .map_err(|error| BuildError::new(format!("method {}: {error}", self.info.method)))?;
        let uri =
            Uri::try_from(target).map_err(|error| BuildError::new(format!("the URL: {error}")))?;
        let mut request = Request::new(self.body);
        *request.method_mut() = method;
        *request.uri_mut() = uri;
        *request.headers_mut() = self.headers;
        Ok(request)
    }

    /// Goes to `url` as it is, which only a webhook or callback can.
    pub fn to(&mut self, url: String) {
        if self.info.template.starts_with('/') {
            self.fault("only webhooks and callbacks have a URL of their own".to_owned());
        }
        self.url = Some(url);
    }

    /// Builds the URL. Dots as a whole segment would be resolved away by URL parsers, and name another path.
    fn target(&mut self, base: &str) -> String {
        if let Some(mut url) = self.url.take() {
            if url.contains('?') && !self.query.is_empty() {
                self.query.replace_range(..1, "&");
            }
            url.push_str(&self.query);
            return url;
        }
        // Exactly what there is: a text with room to spare is copied when it becomes a URL.
        let path = template::path(self.info.template);
        let slash = usize::from(!path.starts_with('/'));
        let names: usize = self.path.iter().map(|(name, _)| name.len() + 2).sum();
        let values: usize = self.path.iter().map(|(_, value)| value.len()).sum();
        let length = (path.len() + values).saturating_sub(names);
        let length = base.len() + slash + length + self.query.len();
        let mut target = String::with_capacity(length);
        target.push_str(base);
        if slash > 0 {
            target.push('/');
        }
        for piece in template::pieces(path) {
            match piece {
                Piece::Literal(text) => target.push_str(text),
                Piece::Parameter(name) => {
                    match self.path.iter().find(|(found, _)| *found == name) {
                        Some((_, value)) => target.push_str(value),
                        None => self.fault(format!("path parameter `{name}` is not written")),
                    }
                }
            }
        }
        let path = target.get(base.len()..).unwrap_or_default();
        let mut segments = path.split('/');
        if path.bytes().any(|byte| byte == b'.') && segments.any(|it| it == "." || it == "..") {
            self.fault("a path segment is `.` or `..`, which would name another path".to_owned());
        }
        target.push_str(&self.query);
        target
    }

    /// Asks for the documented types of all responses.
    fn accept(&mut self) {
        if self.headers.contains_key(ACCEPT) {
            return;
        }
        let responses = self.info.responses.iter().chain(self.info.failures);
        let all = responses.flat_map(|info| info.media).copied();
        let Some(first) = all.clone().next() else {
            return;
        };
        // Nearly always there is one type, which is written nowhere anew.
        if first == media::JSON && all.clone().all(|media| media == first) {
            let accept = HeaderValue::from_static(media::JSON);
            self.headers.insert(ACCEPT, accept);
            return;
        }
        let mut types: Vec<&'static str> = Vec::new();
        for media in all {
            if !types.contains(&media) {
                types.push(media);
            }
        }
        if let Ok(accept) = HeaderValue::try_from(types.join(", ")) {
            self.headers.insert(ACCEPT, accept);
        }
    }

    fn set(&mut self, name: &str, value: String, secret: bool, what: impl Fn() -> String) {
        let name = HeaderName::from_bytes(name.as_bytes());
        let value = HeaderValue::try_from(value);
        let Some((name, mut value)) = name.ok().zip(value.ok()) else {
            self.fault(format!("{} holds a character that no header can", what()));
            return;
        };
        value.set_sensitive(secret);
        self.headers.insert(name, value);
    }

    fn fault(&mut self, message: String) {
        self.fault.get_or_insert_with(|| BuildError::new(message));
    }
}

impl WriteBody for RequestWriter {
    fn put(&mut self, bytes: Bytes, media: Media, otherwise: &'static str) {
        let media_type = media::written(media, otherwise);
        if media_type == media::JSON {
            self.body = bytes.into();
            let media_type = HeaderValue::from_static(media::JSON);
            self.headers.insert(CONTENT_TYPE, media_type);
        } else {
            self.put_as(bytes, media_type);
        }
    }

    fn put_payload(&mut self, payload: Payload, media: Media, otherwise: &'static str) {
        self.put_payload_as(payload, media::written(media, otherwise));
    }

    fn put_payload_as(&mut self, payload: Payload, media_type: &str) {
        self.body = payload;
        self.media_type(media_type);
    }

    fn put_as(&mut self, bytes: Bytes, media_type: &str) {
        self.body = bytes.into();
        self.media_type(media_type);
    }

    fn fail(&mut self, message: String) {
        self.fault(message);
    }
}

impl RequestWriter {
    fn media_type(&mut self, media_type: &str) {
        match HeaderValue::from_str(media_type) {
            Ok(media_type) => {
                self.headers.insert(CONTENT_TYPE, media_type);
            }
            Err(_) => self.fault(format!("`{media_type}` is no media type")),
        }
    }
}
