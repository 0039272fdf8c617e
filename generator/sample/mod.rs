//! A message of each kind for every operation: what the document shows, and what its schemas allow where it shows
//! nothing.
//!
//! Nothing is left to chance, so a document always gives the same. What the document shows guides what is made of
//! a schema: each part of an example that fits is kept, and what does not fit or is missing is made up. So what comes
//! out is a value of the type whatever the example is.

mod draw;
mod form;
mod format;
mod json;
mod message;
mod objects;
mod scalars;
mod spell;
mod unions;

use crate::diag::{Code, Diagnostic, Place, Sink};
use crate::document::Document;
use crate::model::{Api, Codec, Location, Node, Status};

pub use json::write;

/// Messages of every operation, in the order of [`Api::operations`].
#[derive(Debug, Clone, Default)]
pub struct Samples {
    /// Those of each operation.
    pub operations: Vec<OperationSamples>,
}

/// The messages of one operation.
#[derive(Debug, Clone)]
pub struct OperationSamples {
    /// Its id.
    pub id: String,
    /// Its request.
    pub request: Result<RequestSample, Unsampled>,
    /// Its responses, in document order.
    pub responses: Vec<(Status, Result<ResponseSample, Unsampled>)>,
}

/// A request.
#[derive(Debug, Clone, Default)]
pub struct RequestSample {
    /// Place, name and value of its parameters.
    pub parameters: Vec<(Location, String, Node)>,
    /// Its body.
    pub body: Option<BodySample>,
}

/// A response.
#[derive(Debug, Clone, Default)]
pub struct ResponseSample {
    /// Its headers: names and texts.
    pub headers: Vec<(String, String)>,
    /// Its body in each of its media types, in document order.
    pub bodies: Vec<BodySample>,
}

/// A body of one media type.
#[derive(Debug, Clone)]
pub struct BodySample {
    /// The media type, which is no range.
    pub media_type: String,
    /// How it is written.
    pub codec: Codec,
    /// Values by name; the first has none where it is the only one.
    pub examples: Vec<(String, Node)>,
    /// What others with the same value call it too: the name of a component.
    pub name: Option<String>,
}

/// Something for which nothing can be made up.
#[derive(Debug, Clone)]
pub struct Unsampled {
    /// Where it stands.
    pub place: Place,
    /// What it is: `the body`, ``the parameter `id` ``.
    pub what: String,
}

/// Makes messages for every operation of `api`, which `document` describes. What nothing can be made up for is
/// reported.
#[must_use]
pub fn draw(document: &Document, api: &Api, sink: &mut Sink) -> Samples {
    let mut drawer = message::Messages::new(document, api);
    let operations: Vec<OperationSamples> = api
        .operations
        .iter()
        .map(|operation| drawer.operation(operation))
        .collect();
    for operation in &operations {
        let responses = operation.responses.iter();
        let responses = responses.filter_map(|(_, sample)| sample.as_ref().err());
        for unsampled in operation
            .request
            .as_ref()
            .err()
            .into_iter()
            .chain(responses)
        {
            sink.push(
                Diagnostic::new(
                    Code::NOT_SAMPLED,
                    unsampled.place.clone(),
                    format!("no value can be made up for {}", unsampled.what),
                )
                .help("give an `example` of it"),
            );
        }
    }
    Samples { operations }
}

#[cfg(test)]
#[path = "sample_tests.rs"]
mod tests;
