//! Codes of the document stage: what is written is not what the specification describes.

use super::catalogue;

catalogue! {
    /// Codes of the document stage.
    DOCUMENT

    SYNTAX_ERROR = "syntax-error", Error {
        summary: "the text is neither JSON nor YAML",
        meaning: "The text breaks off, or a character stands where the grammar has no place for it. A text whose first character is `{` is read as JSON, any other as one YAML document.",
        examples: ["paths:\n  /pets: [\n", "paths:\n  /pets: {}\n"],
        mend: "look at the place shown and just before it. In YAML, indent with spaces, never tabs, and quote strings that hold `: ` or ` #`.",
    }

    TOO_DEEP = "too-deep", Error {
        summary: "the text nests deeper than 120 levels",
        meaning: "Objects and arrays may lie 120 deep in each other. Real documents stay under 60; anything deeper is a mistake or an attack.",
        examples: [],
        mend: "move inner schemas to `components` and refer to them.",
    }

    DUPLICATE_KEY = "duplicate-key", Warning {
        summary: "an object has the same key twice",
        meaning: "JSON leaves open which of the two counts, and YAML forbids it. The last one is used; whatever the earlier one said is lost.",
        examples: ["components:\n  schemas:\n    Pet:\n      type: string\n      type: object\n",
            "components:\n  schemas:\n    Pet:\n      type: object\n"],
        mend: "remove one of the two, or rename it.",
    }

    UNSUPPORTED_VERSION = "unsupported-version", Error {
        summary: "the document is not OpenAPI 3.0, 3.1 or 3.2",
        meaning: "The field `openapi` is missing, or states a version that is not read. Swagger 2.0 (`swagger: '2.0'`) is another format.",
        examples: ["swagger: '2.0'\ninfo: { title: Pets, version: '1' }\npaths: {}\n",
            "openapi: 3.0.3\ninfo: { title: Pets, version: '1' }\npaths: {}\n"],
        mend: "state the version, such as `openapi: 3.1.0`. Convert Swagger 2.0 first, for example with `npx swagger2openapi`.",
    }

    MISSING_FIELD = "missing-field", Warning {
        summary: "a required field is missing",
        meaning: "The specification requires the field. Where a default is harmless (an empty title) it is used; otherwise the object that lacks the field is left out. A document without `paths`, `components` and `webhooks` is an error, since there is nothing to generate.",
        examples: ["components:\n  parameters:\n    Limit: { in: query, schema: { type: integer } }\n",
            "components:\n  parameters:\n    Limit: { name: limit, in: query, schema: { type: integer } }\n"],
        mend: "add the field.",
    }

    DYNAMIC_REFERENCE = "dynamic-reference", Note {
        summary: "a dynamic reference is followed as a plain one",
        meaning: "Where a `$dynamicRef` ends depends on the schemas that a validator came through. Its type is that of the outermost schema in its file with that anchor, whichever way leads to it.",
        examples: ["openapi: 3.1.0\ninfo: { title: Trees, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n    Tree: { $dynamicAnchor: node, type: object, properties: { next: { $dynamicRef: '#node' } } }\n",
            "openapi: 3.1.0\ninfo: { title: Trees, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n    Tree: { type: object, properties: { next: { $ref: '#/components/schemas/Tree' } } }\n"],
        mend: "use `$ref` where one schema is meant.",
    }

    WRONG_TYPE = "wrong-type", Warning {
        summary: "a value is of the wrong JSON type",
        meaning: "The specification wants another type of value here: an array where there is an object, a string where there is a number. Where the meaning is beyond doubt (`\"true\"` for `true`) it is taken; otherwise this value, and nothing else, is ignored.",
        examples: ["servers: { url: /v1 }\n",
            "servers: [{ url: /v1 }]\n"],
        mend: "write a value of the type that the message names.",
    }

    INVALID_VALUE = "invalid-value", Warning {
        summary: "a value is not one of those allowed",
        meaning: "The type of the value is right, but the value is not: an unknown parameter location, a response status that is no status, a path without its leading slash. What holds it is ignored.",
        examples: ["components:\n  parameters:\n    Limit: { name: limit, in: body, schema: {} }\n",
            "components:\n  parameters:\n    Limit: { name: limit, in: query, schema: {} }\n"],
        mend: "use one of the values that the message lists.",
    }

    CONFLICTING_FIELDS = "conflicting-fields", Warning {
        summary: "two fields exclude each other",
        meaning: "The specification allows only one of the two here, such as `schema` and `content` of a parameter, or `content` together with `style`. The message says which one is used.",
        examples: ["components:\n  parameters:\n    Filter: { name: filter, in: query, style: form, content: { application/json: {} } }\n",
            "components:\n  parameters:\n    Filter: { name: filter, in: query, content: { application/json: {} } }\n"],
        mend: "remove the one that is not meant.",
    }

    UNKNOWN_TYPE = "unknown-type", Warning {
        summary: "a schema's `type` names no JSON type",
        meaning: "`type` is one of `string`, `number`, `integer`, `boolean`, `array`, `object` and (from 3.1) `null`. Any other word would forbid every value; it is ignored, so that the schema allows all types.",
        examples: ["components:\n  schemas:\n    Name: { type: strnig }\n",
            "components:\n  schemas:\n    Name: { type: string }\n"],
        mend: "correct the spelling, or say what is meant with `format`.",
    }

    UNKNOWN_KEYWORD = "unknown-keyword", Note {
        summary: "a field that the specification does not know",
        meaning: "The field is not part of this object in any version of OpenAPI, and not an extension (`x-…`). It is ignored. Often it is misspelt, or stands one level too high or too low.",
        examples: ["components:\n  schemas:\n    Name: { type: string, maxLenght: 40 }\n",
            "components:\n  schemas:\n    Name: { type: string, maxLength: 40 }\n"],
        mend: "correct the spelling, move it to where it belongs, or start its name with `x-`.",
    }

    VERSION_MISMATCH = "version-mismatch", Note {
        summary: "a field of another OpenAPI version",
        meaning: "The field means something in another version of OpenAPI than the document states, for example `nullable` in 3.1 or `const` in 3.0. It is honoured; other tools may ignore it.",
        examples: ["components:\n  schemas:\n    Name: { type: string, nullable: true }\n",
            "components:\n  schemas:\n    Name: { type: [string, 'null'] }\n"],
        mend: "state the version that the document is written for, or write it as the stated version does.",
    }

    MISPLACED_REFERENCE = "misplaced-reference", Warning {
        summary: "a `$ref` where the specification has none",
        meaning: "OpenAPI allows references in certain places only. Many others are followed too: in place of an operation, a text, a list or a whole map. Here it has no meaning.",
        examples: ["servers:\n  - url: https://{host}\n    variables: { host: { default: a, $ref: '#/x-host' } }\n",
            "servers:\n  - url: https://{host}\n    variables: { host: { default: a } }\n"],
        mend: "write out what it refers to.",
    }

    EXTERNAL_REFERENCE = "external-reference", Warning {
        summary: "a reference to a file that may not be read",
        meaning: "References are followed to files in the folder of the document, and below the one in which the generator runs. This one leads elsewhere, or the document was not read from a file. A schema in its place holds any value; what else holds it is left out.",
        examples: ["components:\n  schemas:\n    Pet: { $ref: './pets.yaml#/Pet' }\n",
            "components:\n  schemas:\n    Pet: { type: object }\n"],
        mend: "run the generator in a folder that holds both files, or bundle the document into one file.",
    }

    REMOTE_REFERENCE = "remote-reference", Warning {
        summary: "a reference to another machine",
        meaning: "References to `http` and `https` URLs are followed only where that is allowed: `--allow-remote`, or `allow-remote = true` in the configuration. A schema in its place holds any value; what else holds it is left out.",
        examples: ["components:\n  schemas:\n    Pet: { $ref: 'https://example.com/pets.yaml#/Pet' }\n",
            "components:\n  schemas:\n    Pet: { type: object }\n"],
        mend: "allow it, or keep a copy of the file beside the document.",
    }
}
