//! Responses and their headers.

use crate::diag::{Code, Diagnostic, Place};
use crate::document::{Operation as Written, Response as WrittenResponse};

use super::super::operation::{Response, Status};
use super::super::parameter::{Header, Location, Style, Writing};
use super::super::types::{Docs, Origin, Position};
use super::Lower;
use super::writing::Said;

impl<'a> Lower<'a> {
    pub(super) fn responses(&mut self, written: &'a Written, index: usize) -> Vec<Response> {
        let mut responses: Vec<Response> = Vec::new();
        for (key, response) in &written.responses {
            let place = written.place.child("responses").child(key);
            let Some(status) = self.status(key, &place) else {
                continue;
            };
            let Some(response) = self.followed(response, |document, place| {
                document.components.response_at(place)
            }) else {
                continue;
            };
            let mut response = self.response(key, status, response, place, index);
            if written.method == "HEAD" {
                // What the content says is that of the same request by `GET` (RFC 9110, section 9.3.2).
                response.contents.clear();
            }
            responses.push(response);
        }
        responses
    }

    fn status(&mut self, key: &str, place: &Place) -> Option<Status> {
        let status = match key.as_bytes() {
            b"default" => Some(Status::Default),
            [digit @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => Some(Status::Range(digit - b'0')),
            [b'1'..=b'5', _, _] => key.parse().ok().map(Status::Exact),
            _ => None,
        };
        if status.is_none() {
            self.sink.push(
                Diagnostic::new(
                    Code::INVALID_VALUE,
                    place.clone(),
                    format!("`{key}` is no status"),
                )
                .help("use a code from 100 to 599, a range such as `4XX`, or `default`"),
            );
        }
        status
    }

    fn response(
        &mut self,
        key: &str,
        status: Status,
        written: &'a WrittenResponse,
        place: Place,
        index: usize,
    ) -> Response {
        let headers = self.headers(key, written, index);
        let origin = Origin::Operation(index, Position::ResponseBody(key.to_owned()));
        let contents = self.contents(&written.content, &origin);
        Response {
            place,
            status,
            docs: Docs {
                description: Some(written.description.clone()),
                ..Docs::default()
            },
            headers,
            contents,
        }
    }

    fn headers(&mut self, key: &str, written: &'a WrittenResponse, index: usize) -> Vec<Header> {
        let mut headers: Vec<Header> = Vec::new();
        for (name, header) in &written.headers {
            if name.eq_ignore_ascii_case("content-type") {
                // Said once per document: a shared header would repeat it for every response.
                self.content_type_header(&written.place.child("headers").child(name));
                continue;
            }
            let Some(header) = self.followed(header, |document, place| {
                document.components.header_at(place)
            }) else {
                continue;
            };
            let origin = Origin::Operation(
                index,
                Position::ResponseHeader(key.to_owned(), name.clone()),
            );
            let said = Said {
                place: &header.place,
                name,
                location: Location::Header,
                whole: false,
                style: header.style.as_deref(),
                explode: header.explode,
                reserved: false,
                schema: header.schema.as_ref(),
                content: &header.content,
            };
            let (mut ty, mut writing) = self.value(&said, origin.clone());
            if name.eq_ignore_ascii_case("set-cookie") {
                ty = self.lines(&header.place, ty, origin);
                writing = Writing::of(Style::Lines);
            }
            let same = |known: &Header| known.name.eq_ignore_ascii_case(name);
            if let Some(index) = headers.iter().position(same) {
                let other = headers.remove(index);
                let at = |name: &String| written.place.child("headers").child(name);
                self.twice(&at(name), name, &at(&other.name));
            }
            headers.push(Header {
                place: header.place.clone(),
                name: name.clone(),
                required: header.required,
                writing,
                ty,
                docs: Docs {
                    description: header.description.clone(),
                    deprecated: header.deprecated,
                    title: None,
                },
                examples: self.examples(&header.examples, &header.content),
            });
        }
        headers
    }

    fn content_type_header(&mut self, place: &Place) {
        if std::mem::replace(&mut self.content_type_noted, true) {
            return;
        }
        self.sink.push(
            Diagnostic::new(
                Code::CONTENT_TYPE_HEADER,
                place.clone(),
                "a response header `Content-Type` is ignored (OpenAPI, Response Object); said once for all",
            )
            .help("the media type under `content` says it"),
        );
    }
}
