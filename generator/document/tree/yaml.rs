//! YAML.

use serde::Deserialize;
use serde::de::DeserializeSeed;

use super::build::{Context, Limit};
use super::{Fault, Tree, bounds};

pub(super) fn parse(text: &str) -> Result<Tree, Fault> {
    bounds::guard(text, parse_unguarded)
}

fn parse_unguarded(text: &str) -> Result<Tree, Fault> {
    let context = Context::new(text, true);
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let Some(first) = documents.next() else {
        return Err(Fault::syntax("there is no document", None));
    };
    let root = context.root().deserialize(first).map_err(|error| {
        let position = error.location().map(|at| (at.line(), at.column()));
        match context.exceeded() {
            Some(Limit::Depth) => Fault::too_deep(position),
            Some(Limit::Size) => Fault::too_large(position),
            None => syntax(text, &error, position),
        }
    })?;
    // `---` or `...` at the end opens one more document, which is empty.
    for further in documents {
        if !matches!(Option::<Anything>::deserialize(further), Ok(None)) {
            let position = second_document(text).map(|line| (line, 1));
            return Err(
                Fault::syntax("the file holds more than one YAML document", position)
                    .help("keep one document in a file; remove the `---` between them"),
            );
        }
    }
    Ok(Tree {
        root,
        duplicates: context.into_duplicates(),
    })
}

/// Any value but null, unread.
struct Anything;

impl<'de> Deserialize<'de> for Anything {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde::de::IgnoredAny::deserialize(deserializer).map(|_| Self)
    }
}

fn syntax(text: &str, error: &serde_yaml::Error, position: Option<(usize, usize)>) -> Fault {
    let message = without_positions(&error.to_string());
    if message.contains("recursion limit") {
        return Fault::too_deep(position);
    }
    if message.contains("repetition limit") {
        return Fault::too_large(position);
    }
    let fault = Fault::syntax(format!("not YAML: {message}"), position);
    let line = position.and_then(|(line, _)| text.lines().nth(line.checked_sub(1)?));
    let indent = line.map(|line| &line[..line.len() - line.trim_start().len()]);
    if indent.is_some_and(|indent| indent.contains('\t')) {
        fault.help("indent with spaces: YAML allows no tab there")
    } else {
        fault
    }
}

/// Removes ` at line 3 column 1`, since the position is shown apart.
fn without_positions(message: &str) -> String {
    let mut parts = message.split(" at line ");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit());
        let rest = rest.strip_prefix(" column ").unwrap_or(rest);
        plain.push_str(rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    plain
}

/// The line, from 1, of the `---` that ends the first document.
fn second_document(text: &str) -> Option<usize> {
    let is_mark = |line: &str| line == "---" || line.starts_with("--- ");
    let mut content = false;
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim_end();
        if content && is_mark(line) {
            return Some(number);
        }
        content |= !line.is_empty() && !line.starts_with(['#', '%']) && line != "---";
    }
    None
}
