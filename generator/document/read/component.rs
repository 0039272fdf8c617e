//! The Components Object.

use super::{At, Reader};
use crate::document::{Components, Node, Version};

impl Reader<'_> {
    pub(super) fn components(&mut self, node: Node, at: At<'_>) -> Components {
        const KNOWN: &[&str] = &[
            "schemas",
            "responses",
            "parameters",
            "examples",
            "requestBodies",
            "headers",
            "securitySchemes",
            "links",
            "callbacks",
            "pathItems",
            "mediaTypes",
        ];
        let mut components = Components::default();
        for (key, node) in self.object(node, at).unwrap_or_default() {
            let at = at.key(&key);
            match key.as_str() {
                "schemas" => components.schemas = self.map(node, at, Self::described),
                "responses" => {
                    components.responses = self.map(node, at, |reader, node, at| {
                        reader.ref_or(node, at, Self::response)
                    });
                }
                "parameters" => {
                    components.parameters = self.map(node, at, |reader, node, at| {
                        reader.ref_or(node, at, Self::parameter)
                    });
                }
                "examples" => components.examples = self.map(node, at, Self::example_or_reference),
                "requestBodies" => {
                    components.request_bodies = self.map(node, at, |reader, node, at| {
                        reader.ref_or(node, at, Self::request_body)
                    });
                }
                "headers" => components.headers = self.headers(node, at),
                "securitySchemes" => {
                    components.security_schemes = self.map(node, at, |reader, node, at| {
                        reader.ref_or(node, at, Self::security_scheme)
                    });
                }
                "pathItems" => {
                    self.since(Version::V31, at);
                    components.path_items = self.map(node, at, Self::path_item);
                }
                "mediaTypes" => {
                    self.since(Version::V32, at);
                    components.media_types = self.map(node, at, Self::media_type_or_reference);
                }
                "links" => components.links = self.places(node, at),
                "callbacks" => {
                    components.callbacks = self.map(node, at, Self::callback_or_reference);
                }
                _ => self.other(&key, at, KNOWN),
            }
        }
        components
    }
}
