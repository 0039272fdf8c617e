//! Codes of the source stage.

use super::catalogue;

catalogue! {
    /// Codes of the source stage: the text could not be had.
    SOURCE

    UNREADABLE = "unreadable", Error {
        summary: "a file cannot be read",
        meaning: "The file is missing, is not a file, or may not be read. The operating system's reason is in the message.",
        examples: [],
        mend: "check the path and its permissions; `-` reads standard input.",
    }

    TOO_LARGE = "too-large", Error {
        summary: "a text is larger than the limit, or grows beyond it",
        meaning: "A text may be 64 MiB long. The tree read from it may not hold far more nodes or text than the file has room for, which only YAML aliases can bring about (an \"alias bomb\"). A document, with all its files, may have 600,000 schemas, parameters, headers, bodies and responses, of which an operation counts as six.",
        examples: [],
        mend: "split the document into files, or write out what the aliases repeat as components with `$ref`.",
    }

    NOT_UTF8 = "not-utf8", Error {
        summary: "a text is not UTF-8",
        meaning: "JSON and YAML are read as UTF-8 only, with or without a byte order mark (RFC 8259, section 8.1).",
        examples: [],
        mend: "convert the file, for example with `iconv -t UTF-8`.",
    }
}
