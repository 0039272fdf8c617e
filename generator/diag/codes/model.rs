//! Codes of the model stage: what is described cannot be resolved, or not carried into Rust.

use super::catalogue;

catalogue! {
    /// Codes of the model stage.
    MODEL

    UNRESOLVED_REFERENCE = "unresolved-reference", Warning {
        summary: "a `$ref` that names nothing",
        meaning: "Nothing of the kind that is needed stands where the reference points. A schema in its place holds any value; a parameter, header, body or response is left out.",
        examples: ["components:\n  schemas:\n    Pet: { type: object, properties: { owner: { $ref: '#/components/schemas/Owner' } } }\n",
            "components:\n  schemas:\n    Owner: { type: object }\n    Pet: { type: object, properties: { owner: { $ref: '#/components/schemas/Owner' } } }\n"],
        mend: "add what it names, or correct the reference.",
    }

    REFERENCE_CYCLE = "reference-cycle", Warning {
        summary: "references that lead back to themselves",
        meaning: "A chain of references, or an `allOf`, comes back to where it began without ever meeting the thing itself. What holds it is left out, or holds any value.",
        examples: ["components:\n  parameters:\n    A: { $ref: '#/components/parameters/B' }\n    B: { $ref: '#/components/parameters/A' }\npaths:\n  /pets: { get: { parameters: [{ $ref: '#/components/parameters/A' }], responses: {} } }\n",
            "components:\n  parameters:\n    A: { $ref: '#/components/parameters/B' }\n    B: { name: b, in: query, schema: { type: string } }\npaths:\n  /pets: { get: { parameters: [{ $ref: '#/components/parameters/A' }], responses: {} } }\n"],
        mend: "let one of the references in the circle be the thing itself.",
    }

    DUPLICATE_OPERATION_ID = "duplicate-operation-id", Warning {
        summary: "two operations have one `operationId`",
        meaning: "An `operationId` names one operation (OpenAPI, Operation Object). The first keeps it; the other is named after its method and path.",
        examples: ["paths:\n  /a: { get: { operationId: list, responses: {} } }\n  /b: { get: { operationId: list, responses: {} } }\n",
            "paths:\n  /a: { get: { operationId: listA, responses: {} } }\n  /b: { get: { operationId: listB, responses: {} } }\n"],
        mend: "give each operation an id of its own.",
    }

    DUPLICATE_PARAMETER = "duplicate-parameter", Warning {
        summary: "a parameter or header is described twice",
        meaning: "Parameters of one list differ by name and place, and headers by name, whose case does not matter (OpenAPI, Operation Object; RFC 9110, section 5.1). The last description is used.",
        examples: ["paths:\n  /pets: { get: { parameters: [{ name: page, in: query, schema: { type: integer } }, { name: page, in: query, schema: { type: string } }], responses: {} } }\n",
            "paths:\n  /pets: { get: { parameters: [{ name: page, in: query, schema: { type: integer } }, { name: page, in: header, schema: { type: string } }], responses: {} } }\n"],
        mend: "remove one of the two, or rename it.",
    }

    PATH_PARAMETER_MISSING = "path-parameter-missing", Warning {
        summary: "a name in a path template has no parameter",
        meaning: "Every `{name}` of a path needs a parameter with `in: path`. One that is not described is taken for a string.",
        examples: ["paths:\n  /pets/{id}: { get: { responses: {} } }\n",
            "paths:\n  /pets/{id}: { get: { parameters: [{ name: id, in: path, required: true, schema: { type: string } }], responses: {} } }\n"],
        mend: "describe it under `parameters`.",
    }

    PATH_PARAMETER_UNUSED = "path-parameter-unused", Warning {
        summary: "a path parameter that the path does not have",
        meaning: "A parameter with `in: path` must be named in the path template. This one has nowhere to go and is left out.",
        examples: ["paths:\n  /pets: { get: { parameters: [{ name: id, in: path, required: true, schema: { type: string } }], responses: {} } }\n",
            "paths:\n  /pets: { get: { responses: {} } }\n"],
        mend: "put `{name}` into the path, or remove the parameter.",
    }

    RESERVED_HEADER = "reserved-header", Note {
        summary: "a header parameter that OpenAPI ignores",
        meaning: "Parameters named `Accept`, `Content-Type` or `Authorization` are ignored (OpenAPI, Parameter Object): content, responses and security schemes describe those headers.",
        examples: ["paths:\n  /pets: { get: { parameters: [{ name: Accept, in: header, schema: { type: string } }], responses: {} } }\n",
            "paths:\n  /pets: { get: { parameters: [{ name: X-Trace, in: header, schema: { type: string } }], responses: {} } }\n"],
        mend: "remove the parameter.",
    }

    CONTENT_TYPE_HEADER = "content-type-header", Note {
        summary: "a response header `Content-Type`",
        meaning: "OpenAPI ignores it (Response Object, `headers`): the media type under `content` says what it would. It is mentioned once for the whole document.",
        examples: ["paths:\n  /pets: { get: { responses: { '200': { description: ok, headers: { Content-Type: { schema: { type: string } } } } } } }\n",
            "paths:\n  /pets: { get: { responses: { '200': { description: ok } } } }\n"],
        mend: "remove the header, or set this code to `allow`.",
    }

    UNKNOWN_SECURITY_SCHEME = "unknown-security-scheme", Warning {
        summary: "a security requirement names no scheme",
        meaning: "Requirements name schemes under `components/securitySchemes`. One that is not there can never be met, so a server refuses every caller that relies on it.",
        examples: ["security: [{ key: [] }]\npaths:\n  /pets: { get: { responses: {} } }\n",
            "security: [{ key: [] }]\ncomponents:\n  securitySchemes: { key: { type: apiKey, in: header, name: X-Key } }\npaths:\n  /pets: { get: { responses: {} } }\n"],
        mend: "declare the scheme, or correct the name.",
    }

    REQUIRED_UNDECLARED = "required-undeclared", Note {
        summary: "a required property is not declared",
        meaning: "`required` names a property that `properties` does not describe. It becomes a field that holds any value.",
        examples: ["components:\n  schemas:\n    Pet: { type: object, required: [id, name], properties: { id: { type: string } } }\n",
            "components:\n  schemas:\n    Pet: { type: object, required: [id], properties: { id: { type: string } } }\n"],
        mend: "declare it under `properties`, or take it off `required`.",
    }

    PROPERTY_CONFLICT = "property-conflict", Warning {
        summary: "one property has two schemas",
        meaning: "Two branches of an `allOf` declare the same property, and no value satisfies both declarations. The last one is used.",
        examples: ["components:\n  schemas:\n    Pet: { allOf: [{ type: object, properties: { id: { type: string } } }, { type: object, properties: { id: { type: integer } } }] }\n",
            "components:\n  schemas:\n    Pet: { allOf: [{ type: object, properties: { id: { type: string } } }, { type: object, properties: { id: { type: string } } }] }\n"],
        mend: "declare the property once, or the same way in both.",
    }

    FORMAT_CONFLICT = "format-conflict", Warning {
        summary: "schemas that hold at once have two formats",
        meaning: "Branches of an `allOf`, or two declarations of one property, name formats of which neither is a part of the other. The last one is used; of `int32` and `int64` and the like, the narrower.",
        examples: ["components:\n  schemas:\n    Id: { allOf: [{ type: string, format: uuid }, { type: string, format: date-time }] }\n",
            "components:\n  schemas:\n    Id: { allOf: [{ type: integer, format: int32 }, { type: integer, format: int64 }] }\n"],
        mend: "state one format.",
    }

    DEFAULT_NOT_CARRIED = "default-not-carried", Note {
        summary: "a part of a `default` that its type does not keep",
        meaning: "The default has properties that its schema allows and does not declare. The type does not keep such properties, so they are not in the value that stands for an absent one.",
        examples: ["components:\n  schemas:\n    Page: { type: object, properties: { by: { type: object, properties: { a: { type: integer } }, default: { a: 1, b: 2 } } } }\n",
            "components:\n  schemas:\n    Page: { type: object, properties: { by: { type: object, properties: { a: { type: integer } }, default: { a: 1 } } } }\n"],
        mend: "declare the properties, or state `additionalProperties: true`.",
    }

    UNION_UNDECIDED = "union-undecided", Note {
        summary: "nothing tells variants of a union apart",
        meaning: "Neither the JSON kind, nor a property with its own value, nor a property of its own decides between these variants. A decoder tries each: of those that fit, the one that keeps most of what is there is taken, then the first.",
        examples: ["components:\n  schemas:\n    Pet: { oneOf: [{ type: object, properties: { id: { type: object, properties: { a: { type: string } } } } }, { type: object, properties: { id: { type: object, properties: { b: { type: string } } } } }] }\n",
            "components:\n  schemas:\n    Pet: { oneOf: [{ type: object, required: [cat], properties: { cat: { type: string } } }, { type: object, required: [dog], properties: { dog: { type: string } } }] }\n"],
        mend: "give each variant a required property with a value of its own, or the union a `discriminator`.",
    }

    RESTRICTION_NOT_CARRIED = "restriction-not-carried", Note {
        summary: "a keyword that only restricts is not checked",
        meaning: "`not`, `if`, `dependentSchemas`, `unevaluatedProperties`, a `contains` of objects or lists, a `format` beside no type and the like forbid some values and have no form in Rust's types. The type holds every valid value, and some that the keyword forbids.",
        examples: ["openapi: 3.1.0\ncomponents:\n  schemas:\n    Name: { type: object, dependentSchemas: { a: { required: [b] } } }\n",
            "openapi: 3.1.0\ncomponents:\n  schemas:\n    Name: { type: object }\n"],
        mend: "nothing needs to be; check such values in your own code where it matters.",
    }

    FALSE_SCHEMA = "false-schema", Note {
        summary: "a schema that no value satisfies",
        meaning: "The schema is `false`. Its type holds any value, since there is none to give it.",
        examples: ["openapi: 3.1.0\ncomponents:\n  schemas:\n    Never: false\n",
            "openapi: 3.1.0\ncomponents:\n  schemas:\n    Any: true\n"],
        mend: "remove the schema, or say what it holds.",
    }

    UNSUPPORTED_PATTERN = "unsupported-pattern", Warning {
        summary: "a `pattern` that cannot be checked",
        meaning: "The regular expression is not one of ECMAScript (ECMA-262), or takes too much memory. The text may be anything.",
        examples: ["components:\n  schemas:\n    Slug: { type: string, pattern: '[a-z' }\n",
            "components:\n  schemas:\n    Slug: { type: string, pattern: '^[a-z]+$' }\n"],
        mend: "correct the expression.",
    }

    UNSUPPORTED_ENUM = "unsupported-enum", Warning {
        summary: "an `enum` or `const` of objects with declared properties",
        meaning: "Lists of strings, numbers and booleans become a Rust enum, and lists of arrays and of free-form objects are checked. Where the objects have declared properties, their values are not compared.",
        examples: ["components:\n  schemas:\n    Home: { type: object, properties: { x: { type: integer } }, enum: [{ x: 0 }] }\n",
            "components:\n  schemas:\n    Home: { type: object, properties: { x: { type: integer, enum: [0] } } }\n"],
        mend: "list the values of the properties instead.",
    }

    ENUM_TYPE_MISMATCH = "enum-type-mismatch", Warning {
        summary: "a listed value is not of the schema's type",
        meaning: "No value can be both of the `type` and equal to this one. Where the meaning is beyond doubt (an unquoted `1` in a list of strings) it is taken; otherwise the value is left out, and where none is left the list has no effect.",
        examples: ["components:\n  schemas:\n    Level: { type: string, enum: [low, 1] }\n",
            "components:\n  schemas:\n    Level: { type: string, enum: [low, '1'] }\n"],
        mend: "put quotes around strings, list values of that type only, or put the list under `items` where it is about the items of an array.",
    }

    CONTRADICTORY_ALL_OF = "contradictory-all-of", Warning {
        summary: "an `allOf` that no value satisfies",
        meaning: "Every branch of an `allOf` has to hold at once, and these exclude each other: one wants a string, say, and another an object. The type holds any value.",
        examples: ["components:\n  schemas:\n    Pet: { allOf: [{ type: string }, { type: object }] }\n",
            "components:\n  schemas:\n    Pet: { oneOf: [{ type: string }, { type: object }] }\n"],
        mend: "use `oneOf`, or let the branches agree on a type.",
    }

    UNSUPPORTED_UNION = "unsupported-union", Warning {
        summary: "unions that meet have too many combinations",
        meaning: "Where several `oneOf` or `anyOf` hold at once, each combination of their branches is a variant. Beyond 256 of them, only the branches of the first are carried.",
        examples: ["components:\n  schemas:\n    Pet: { allOf: [{ oneOf: &a [{ type: array }, { type: array }, { type: array }, { type: array }, { type: array }, { type: array }, { type: array }] }, { oneOf: *a }, { oneOf: *a }] }\n",
            "components:\n  schemas:\n    Pet: { type: object, properties: { id: { type: string } }, oneOf: [{ type: object, required: [a], properties: { a: { type: string } } }, { type: object, required: [b], properties: { b: { type: string } } }] }\n"],
        mend: "write out the combinations that there are.",
    }

    DISCRIMINATOR_MAPPING = "discriminator-mapping", Warning {
        summary: "a discriminator maps a value to what is no variant",
        meaning: "A value under `mapping` leads to a schema that does not exist, or that is none of the branches of the union. The value stands for no variant.",
        examples: ["components:\n  schemas:\n    Cat: { type: object, required: [kind], properties: { kind: { type: string } } }\n    Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { type: string }], discriminator: { propertyName: kind, mapping: { cat: Cat, dog: '#/components/schemas/Dog' } } }\n",
            "components:\n  schemas:\n    Cat: { type: object, required: [kind], properties: { kind: { type: string } } }\n    Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { type: string }], discriminator: { propertyName: kind, mapping: { cat: Cat } } }\n"],
        mend: "name one of the branches, or take the value away.",
    }

    EXCLUDED_BRANCH = "excluded-branch", Warning {
        summary: "a branch that the `type` beside it excludes",
        meaning: "What stands beside `oneOf` or `anyOf` holds for every branch, and no value is both of the `type` there and of this branch. Other branches agree with it; this one is left out.",
        examples: ["components:\n  schemas:\n    Id: { type: string, minLength: 1, oneOf: [{ pattern: a }, { type: integer }] }\n",
            "components:\n  schemas:\n    Id: { oneOf: [{ type: string }, { type: integer }] }\n"],
        mend: "take the `type` away, or the branch.",
    }

    DEFAULT_MISMATCH = "default-mismatch", Warning {
        summary: "a `default` that its schema does not allow",
        meaning: "A default stands for an absent property, so it has to be a value of the property's type. This one is not, or it contains itself; the property is read as if it had none.",
        examples: ["components:\n  schemas:\n    Page: { type: object, properties: { size: { type: integer, default: many } } }\n",
            "components:\n  schemas:\n    Page: { type: object, properties: { size: { type: integer, default: 10 } } }\n"],
        mend: "write a default that the schema allows.",
    }

    DEFAULT_SPELLING = "default-spelling", Note {
        summary: "a `default` that is written as another kind of value",
        meaning: "The default is a string that spells a number or a boolean of its schema, or the other way round. It is taken for that value.",
        examples: ["components:\n  schemas:\n    Page: { type: object, properties: { size: { type: integer, default: '10' } } }\n",
            "components:\n  schemas:\n    Page: { type: object, properties: { size: { type: integer, default: 10 } } }\n"],
        mend: "write the default as a value of the schema's type.",
    }

    EXCLUDING_TYPE = "excluding-type", Warning {
        summary: "a `type` that excludes all that stands beside it",
        meaning: "What stands beside `$ref`, `allOf`, `oneOf` or `anyOf` has to hold too, and no value is both of the `type` there and of what the others name. It is taken for a mistake: the `type` is left out, unless it says more of a value by itself, which then is one more branch.",
        examples: ["components:\n  schemas:\n    Id: { type: object, oneOf: [{ type: string }, { type: integer }] }\n",
            "components:\n  schemas:\n    Id: { oneOf: [{ type: string }, { type: integer }] }\n"],
        mend: "take the `type` away, or state all that there is in one `oneOf`.",
    }

    UNSUPPORTED_METHOD = "unsupported-method", Warning {
        summary: "an HTTP method of unusual characters",
        meaning: "HTTP allows methods such as `M-SEARCH`; only those made of letters, digits and underscores are carried. The operation is left out.",
        examples: ["openapi: 3.2.0\npaths:\n  /pets: { additionalOperations: { M-SEARCH: { responses: {} } } }\n",
            "openapi: 3.2.0\npaths:\n  /pets: { additionalOperations: { SEARCH: { responses: {} } } }\n"],
        mend: "use another method where you can.",
    }
}
