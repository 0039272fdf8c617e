//! Codes of the sample stage: values that the document does not show.

use super::catalogue;

catalogue! {
    /// Codes of the sample stage.
    SAMPLE

    NOT_SAMPLED = "not-sampled", Note {
        summary: "nothing can be made up for a message",
        meaning: "The mock answers with examples of the document, and with values made up from its schemas where it has none. Here nothing is found that the schema allows: bounds or patterns exclude each other, look around in a way that says nothing of how a text is built, or a value would have to contain itself. The mock answers 501 in place of such a response, and the loopback test leaves such a request out.",
        examples: ["paths:\n  /pets: { get: { parameters: [{ name: size, in: query, required: true, schema: { type: integer, minimum: 3, maximum: 2 } }], responses: {} } }\n",
            "paths:\n  /pets: { get: { parameters: [{ name: size, in: query, required: true, schema: { type: integer, minimum: 3, maximum: 4 } }], responses: {} } }\n"],
        mend: "give an `example` that the schema allows, or mend the schema.",
    }
}
