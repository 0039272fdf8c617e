//! Request bodies and responses.

use indexmap::IndexMap;

use super::{At, Reader};
use crate::document::{Header, Node, RefOr, RequestBody, Response, Version};

impl Reader<'_> {
    pub(super) fn request_body(&mut self, node: Node, at: At<'_>) -> Option<RequestBody> {
        let place = at.place();
        let at = At::Place(&place);
        let mut body = RequestBody {
            place: place.clone(),
            description: None,
            required: false,
            content: IndexMap::new(),
            extensions: IndexMap::new(),
        };
        let mut has_content = false;
        for (key, node) in self.object(node, at)? {
            let at = at.key(&key);
            match key.as_str() {
                "description" => body.description = self.string(node, at),
                "required" => body.required = self.flag(&node, at),
                "content" => {
                    has_content = true;
                    body.content = self.content(node, at);
                }
                _ => {
                    let known = &["description", "required", "content"];
                    self.extension(&key, node, at, known, &mut body.extensions);
                }
            }
        }
        if !has_content {
            self.missing(at, "a request body", "content");
        }
        Some(body)
    }

    pub(super) fn response(&mut self, node: Node, at: At<'_>) -> Option<Response> {
        const KNOWN: &[&str] = &["description", "summary", "headers", "content", "links"];
        if !self.has_room(1, at) {
            return None;
        }
        let place = at.place();
        let at = At::Place(&place);
        let mut response = Response {
            place: place.clone(),
            description: String::new(),
            summary: None,
            headers: IndexMap::new(),
            content: IndexMap::new(),
            links: Vec::new(),
            extensions: IndexMap::new(),
        };
        let mut has_description = false;
        for (key, node) in self.object(node, at)? {
            let at = at.key(&key);
            match key.as_str() {
                "description" => {
                    has_description = true;
                    response.description = self.string(node, at).unwrap_or_default();
                }
                "summary" => {
                    self.since(Version::V32, at);
                    response.summary = self.string(node, at);
                }
                "headers" => response.headers = self.headers(node, at),
                "content" => response.content = self.content(node, at),
                "links" => response.links = self.places(node, at),
                _ => self.extension(&key, node, at, KNOWN, &mut response.extensions),
            }
        }
        // Required up to 3.1.
        if !has_description && self.version < Version::V32 {
            self.missing(at, "a response", "description");
        }
        Some(response)
    }

    pub(super) fn headers(&mut self, node: Node, at: At<'_>) -> IndexMap<String, RefOr<Header>> {
        self.map(node, at, |reader, node, at| {
            reader.ref_or(node, at, Self::header)
        })
    }
}
