//! Requests and responses.

use crate::document::{Document, Example, Examples, RefOr};
use crate::model::{
    Api, Codec, Content, FormPart, Header, Location, Node, Operation, Origin, Parameter, Response,
};

use super::draw::Sampler;
use super::spell::{self, Carrier};
use super::{BodySample, OperationSamples, RequestSample, ResponseSample, Unsampled, form};

/// How many examples of one body are kept.
const MAX_EXAMPLES: usize = 50;

/// How far references are followed.
const MAX_CHAIN: usize = 16;

pub(super) struct Messages<'a> {
    document: &'a Document,
    api: &'a Api,
    sampler: Sampler<'a>,
}

impl<'a> Messages<'a> {
    pub(super) fn new(document: &'a Document, api: &'a Api) -> Self {
        Self {
            document,
            api,
            sampler: Sampler::new(document, &api.types),
        }
    }

    pub(super) fn operation(&mut self, operation: &'a Operation) -> OperationSamples {
        let responses = operation.responses.iter();
        OperationSamples {
            id: operation.id.clone(),
            request: self.request(operation),
            responses: responses
                .map(|response| (response.status, self.response(response)))
                .collect(),
        }
    }

    fn request(&mut self, operation: &'a Operation) -> Result<RequestSample, Unsampled> {
        let mut request = RequestSample::default();
        for parameter in &operation.parameters {
            match self.parameter(parameter) {
                Some(value) => {
                    let name = parameter.name.clone();
                    request.parameters.push((parameter.location, name, value));
                }
                None if parameter.required => {
                    return Err(Unsampled {
                        place: parameter.place.clone(),
                        what: format!("the parameter `{}`", parameter.name),
                    });
                }
                None => {}
            }
        }
        if let Some(body) = &operation.body {
            let bodies = body.contents.iter();
            request.body = bodies
                .into_iter()
                .find_map(|content| self.body(content, true));
            if request.body.is_none() && body.required {
                return Err(Unsampled {
                    place: body.place.clone(),
                    what: "the body".to_owned(),
                });
            }
        }
        Ok(request)
    }

    fn response(&mut self, response: &'a Response) -> Result<ResponseSample, Unsampled> {
        let mut sample = ResponseSample::default();
        for header in &response.headers {
            match self.header(header) {
                Some(texts) => {
                    let lines = texts.into_iter().map(|text| (header.name.clone(), text));
                    sample.headers.extend(lines);
                }
                None if header.required => {
                    return Err(Unsampled {
                        place: header.place.clone(),
                        what: format!("the header `{}`", header.name),
                    });
                }
                None => {}
            }
        }
        for content in &response.contents {
            sample.bodies.extend(self.body(content, false));
        }
        if sample.bodies.is_empty() && !response.contents.is_empty() {
            return Err(Unsampled {
                place: response.place.clone(),
                what: "the body".to_owned(),
            });
        }
        Ok(sample)
    }

    fn parameter(&mut self, parameter: &'a Parameter) -> Option<Node> {
        let shown = self.first(&parameter.examples);
        let carrier = Carrier::of(parameter.location, parameter.writing);
        self.sampler.value(parameter.ty, shown, carrier, true)
    }

    fn header(&mut self, header: &'a Header) -> Option<Vec<String>> {
        let shown = self.first(&header.examples);
        let carrier = Carrier::of(Location::Header, header.writing);
        let value = self.sampler.value(header.ty, shown, carrier, false)?;
        spell::header(&value, header.writing)
    }

    fn body(&mut self, content: &'a Content, in_request: bool) -> Option<BodySample> {
        let shown: Vec<(&str, &Example)> = self.shown(&content.examples);
        let mut examples = Vec::new();
        for (name, example) in shown.into_iter().take(MAX_EXAMPLES) {
            if let Some(value) = self.content(content, Some(example), in_request) {
                examples.push((name.to_owned(), value));
            }
        }
        let mut name = None;
        if examples.is_empty() {
            name = self.component(content);
            examples.push((String::new(), self.content(content, None, in_request)?));
        }
        Some(BodySample {
            media_type: media_type(content),
            codec: content.codec,
            examples,
            name,
        })
    }

    /// A value of a body; of text and bytes, the text.
    fn content(
        &mut self,
        content: &'a Content,
        example: Option<&Example>,
        in_request: bool,
    ) -> Option<Node> {
        let value = example.and_then(|example| example.value.as_ref());
        if matches!(
            content.codec,
            Codec::Json | Codec::Form { .. } | Codec::Encoded | Codec::Parts { .. }
        ) {
            let carrier = Carrier::of_body(content.codec);
            let value = self.sampler.value(content.ty, value, carrier, in_request)?;
            return Some(
                if content.parts.iter().any(FormPart::has_style) || content.codec == Codec::Encoded
                {
                    form::spelled(content, &value)
                } else {
                    value
                },
            );
        }
        let serialized = example.and_then(|example| example.serialized.clone());
        let text = serialized.or_else(|| match value? {
            Node::String(text) => Some(text.clone()),
            Node::Null => None,
            other => Some(other.to_json().to_string()),
        });
        let mut item = || match content.codec {
            Codec::Lines | Codec::Events { text: false } => {
                let item = self
                    .sampler
                    .value(content.ty, None, Carrier::Json, in_request)?;
                Some(item.to_json().to_string())
            }
            _ => Some("text".to_owned()),
        };
        let framed = |item: String| match content.codec {
            Codec::Lines if content.media_type.contains("json-seq") => format!("\u{1e}{item}\n"),
            Codec::Lines => format!("{item}\n"),
            Codec::Events { .. } => format!("data: {item}\n\n"),
            _ => item,
        };
        let text = match text {
            Some(text) => text,
            None => framed(item()?),
        };
        Some(Node::String(text))
    }

    /// The name of the component that a body is.
    fn component(&self, content: &Content) -> Option<String> {
        let mut id = content.ty.id;
        for _ in 0..MAX_CHAIN {
            let ty = self.api.types.get(id);
            match (&ty.origin, &ty.shape) {
                (Origin::Component(name), _) => return Some(name.clone()),
                (_, crate::model::Shape::Alias(next)) => id = next.id,
                _ => break,
            }
        }
        None
    }

    /// The value of the first example that has one.
    fn first(&self, examples: &'a Examples) -> Option<&'a Node> {
        let mut shown = self.shown(examples).into_iter();
        shown.find_map(|(_, example)| example.value.as_ref())
    }

    /// Examples by name, with references followed; those that are elsewhere left out.
    fn shown(&self, examples: &'a Examples) -> Vec<(&'a str, &'a Example)> {
        let followed = |mut item: &'a RefOr<Example>| {
            for _ in 0..MAX_CHAIN {
                match item {
                    RefOr::Item(example) => return Some(example),
                    RefOr::Ref(reference) => {
                        let place = self.document.resolve(reference)?;
                        item = self.document.components.example_at(&place)?;
                    }
                }
            }
            None
        };
        let has_value =
            |example: &&Example| example.value.is_some() || example.serialized.is_some();
        examples
            .0
            .iter()
            .filter_map(|(name, item)| Some((name.as_str(), followed(item).filter(has_value)?)))
            .collect()
    }
}

/// The media type of a body, which is none that its document gives only as a range.
fn media_type(content: &Content) -> String {
    let written = content.media_type.as_str();
    if form::is_of_parts(content) {
        return format!("{written}; boundary={}", form::BOUNDARY);
    }
    if !written.contains('*') && written.contains('/') {
        return written.to_owned();
    }
    let kind = written.split('/').next().unwrap_or_default();
    let concrete = match (content.codec, kind) {
        (Codec::Json, _) => "application/json",
        (Codec::Form { .. }, _) => "application/x-www-form-urlencoded",
        (Codec::Text, _) => "text/plain",
        (_, "image") => "image/png",
        (_, "audio") => "audio/mpeg",
        (_, "video") => "video/mp4",
        (_, "font") => "font/woff2",
        (_, "multipart") => "multipart/mixed; boundary=part",
        _ => "application/octet-stream",
    };
    concrete.to_owned()
}
