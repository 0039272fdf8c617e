//! Writes a typed response.

use axum::body::Body;
use axum::response::Response;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use crate::support::codec::Encode;
use crate::support::operation::ResponseInfo;
use crate::support::params::Parameter;
use crate::support::read::to_vec;

/// A response on its way to the wire. What is at fault is kept, and found by [`Self::finish`].
#[derive(Debug, Default)]
pub struct ResponseWriter {
    status: u16,
    headers: HeaderWriter,
    body: Vec<u8>,
}

/// The headers of a response on their way to the wire.
#[derive(Debug, Default)]
pub struct HeaderWriter {
    map: HeaderMap,
    fault: Option<String>,
}

impl ResponseWriter {
    /// Sets the status.
    pub fn status(&mut self, status: u16) {
        self.status = status;
    }

    /// Sets a status that the handler chose, which must lie in `range` and not be documented on its own.
    pub fn status_within(
        &mut self,
        status: StatusCode,
        range: (u16, u16),
        documented: &[ResponseInfo],
    ) {
        self.status = status.as_u16();
        let exact = documented
            .iter()
            .any(|info| info.statuses == (self.status, self.status));
        if exact || !(range.0..=range.1).contains(&self.status) {
            self.headers.fault(format!(
                "status {status} belongs to another variant of the response"
            ));
        }
    }

    /// Returns the headers, to write to.
    pub fn headers(&mut self) -> &mut HeaderWriter {
        &mut self.headers
    }

    /// Writes a JSON body.
    pub fn json<T: Encode>(&mut self, media: &'static str, body: &T) {
        match to_vec(body) {
            Ok(bytes) => self.body = bytes,
            Err(error) => self
                .headers
                .fault(format!("the body cannot be written: {error}")),
        }
        self.media(media);
    }

    /// Writes a text body.
    pub fn text(&mut self, media: &'static str, body: &str) {
        self.body = body.as_bytes().to_vec();
        self.media(media);
    }

    fn media(&mut self, media: &'static str) {
        match HeaderValue::from_str(media) {
            Ok(media) => {
                self.headers.map.insert(CONTENT_TYPE, media);
            }
            Err(_) => self.headers.fault(format!("`{media}` is no media type")),
        }
    }

    /// Returns the response, or what is at fault.
    pub fn finish(self) -> Result<Response, String> {
        if let Some(fault) = self.headers.fault {
            return Err(fault);
        }
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() =
            StatusCode::from_u16(self.status).map_err(|error| error.to_string())?;
        *response.headers_mut() = self.headers.map;
        Ok(response)
    }
}

impl HeaderWriter {
    /// Writes a header.
    pub fn header(&mut self, name: &'static str, value: &dyn Parameter) {
        let name_value = HeaderName::from_bytes(name.as_bytes())
            .ok()
            .zip(HeaderValue::from_bytes(value.text().as_bytes()).ok());
        match name_value {
            Some((name, value)) => {
                self.map.insert(name, value);
            }
            None => self.fault(format!(
                "header `{name}` holds a character that no header can"
            )),
        }
    }

    fn fault(&mut self, fault: String) {
        self.fault.get_or_insert(fault);
    }
}
