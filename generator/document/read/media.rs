//! Content: media types, encodings, examples.

use indexmap::IndexMap;

use super::{At, Reader};
use crate::document::{Encoding, Example, Examples, MediaType, Node, RefOr, Version};

impl Reader<'_> {
    pub(super) fn content(&mut self, node: Node, at: At<'_>) -> IndexMap<String, RefOr<MediaType>> {
        self.map(node, at, Self::media_type_or_reference)
    }

    pub(super) fn media_type_or_reference(
        &mut self,
        node: Node,
        at: At<'_>,
    ) -> Option<RefOr<MediaType>> {
        if node.get("$ref").is_some() {
            self.since(Version::V32, at.key("$ref"));
        }
        self.ref_or(node, at, Self::media_type)
    }

    pub(super) fn media_type(&mut self, node: Node, at: At<'_>) -> Option<MediaType> {
        const KNOWN: &[&str] = &[
            "schema",
            "description",
            "itemSchema",
            "example",
            "examples",
            "encoding",
            "prefixEncoding",
            "itemEncoding",
        ];
        if !self.has_room(1, at) {
            return None;
        }
        let place = at.place();
        let at = At::Place(&place);
        let mut media = MediaType {
            place: place.clone(),
            schema: None,
            item_schema: None,
            examples: Examples::default(),
            encoding: IndexMap::new(),
            prefix_encoding: Vec::new(),
            item_encoding: None,
            extensions: IndexMap::new(),
        };
        for (key, node) in self.object(node, at)? {
            let at = at.key(&key);
            if matches!(
                key.as_str(),
                "itemSchema" | "prefixEncoding" | "itemEncoding"
            ) {
                self.since(Version::V32, at);
            }
            match key.as_str() {
                "schema" => media.schema = self.described(node, at),
                "description" => {}
                "itemSchema" => media.item_schema = self.described(node, at),
                "example" => media.examples.extend([Self::bare_example(node, at)]),
                "examples" => self.examples(node, at, &mut media.examples),
                "encoding" => media.encoding = self.map(node, at, Self::encoding),
                "prefixEncoding" => media.prefix_encoding = self.list(node, at, Self::encoding),
                "itemEncoding" => media.item_encoding = self.encoding(node, at).map(Box::new),
                _ => self.extension(&key, node, at, KNOWN, &mut media.extensions),
            }
        }
        Some(media)
    }

    fn encoding(&mut self, node: Node, at: At<'_>) -> Option<Encoding> {
        self.through(node, at, Self::encoding_itself)
    }

    fn encoding_itself(&mut self, node: Node, at: At<'_>) -> Option<Encoding> {
        const KNOWN: &[&str] = &[
            "contentType",
            "headers",
            "style",
            "explode",
            "allowReserved",
            "encoding",
            "prefixEncoding",
            "itemEncoding",
        ];
        let place = at.place();
        let at = At::Place(&place);
        let mut encoding = Encoding {
            place: place.clone(),
            content_type: None,
            headers: IndexMap::new(),
            style: None,
            explode: None,
            allow_reserved: false,
            nested: Vec::new(),
        };
        for (key, node) in self.object(node, at)? {
            let at = at.key(&key);
            match key.as_str() {
                "contentType" => encoding.content_type = self.string(node, at),
                "headers" => encoding.headers = self.headers(node, at),
                "style" => encoding.style = self.string(node, at),
                "explode" => encoding.explode = self.boolean(&node, at),
                "allowReserved" => encoding.allow_reserved = self.flag(&node, at),
                "encoding" | "prefixEncoding" | "itemEncoding" => {
                    self.since(Version::V32, at);
                    encoding.nested.push(at.place());
                }
                _ => self.other(&key, at, KNOWN),
            }
        }
        Some(encoding)
    }

    /// The value of `example`: any JSON value, in which a `$ref` is data.
    pub(super) fn bare_example(node: Node, at: At<'_>) -> (String, RefOr<Example>) {
        (String::new(), RefOr::Item(Example::of(node, at.place())))
    }

    /// The value of `examples`: an object of Example Objects. Bare values, and an array of them
    /// (as in a schema), are taken for what they are.
    pub(super) fn examples(&mut self, node: Node, at: At<'_>, examples: &mut Examples) {
        match node {
            Node::Array(items) => {
                self.wrong_type(at, "an object", &Node::Array(Vec::new()));
                let items = items.into_iter().enumerate();
                examples.extend(items.map(|(index, value)| {
                    (
                        index.to_string(),
                        RefOr::Item(Example::of(value, at.index(index).place())),
                    )
                }));
            }
            node => examples.extend(self.map(node, at, Self::example_or_reference)),
        }
    }

    pub(super) fn example_or_reference(
        &mut self,
        node: Node,
        at: At<'_>,
    ) -> Option<RefOr<Example>> {
        self.ref_or(node, at, Self::example)
    }

    fn example(&mut self, node: Node, at: At<'_>) -> Option<Example> {
        const KNOWN: &[&str] = &[
            "summary",
            "description",
            "value",
            "externalValue",
            "dataValue",
            "serializedValue",
        ];
        let is_example = node.as_object().is_some_and(|members| {
            members.is_empty() || KNOWN.iter().any(|key| members.contains_key(*key))
        });
        if !is_example {
            let message = format!(
                "{} must be an Example Object, not the bare value",
                at.field()
            );
            let help = "it is taken as the value; put it under `value`";
            self.report_with_help(crate::diag::Code::WRONG_TYPE, at, message, help);
            return Some(Example::of(node, at.place()));
        }
        let mut example = Example {
            value: None,
            ..Example::of(Node::Null, at.place())
        };
        for (key, node) in self.object(node, at)? {
            let at = at.key(&key);
            if matches!(key.as_str(), "dataValue" | "serializedValue") {
                self.since(Version::V32, at);
            }
            match key.as_str() {
                "summary" => example.summary = self.string(node, at),
                "description" => example.description = self.string(node, at),
                "value" | "dataValue" => example.value = Some(node),
                "serializedValue" => example.serialized = self.string(node, at),
                "externalValue" => example.external = self.string(node, at),
                _ => self.other(&key, at, KNOWN),
            }
        }
        Some(example)
    }
}

impl Example {
    fn of(value: Node, place: crate::diag::Place) -> Self {
        Self {
            place,
            summary: None,
            description: None,
            value: Some(value),
            serialized: None,
            external: None,
        }
    }
}
