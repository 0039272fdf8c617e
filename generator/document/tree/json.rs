//! JSON.

use serde::de::DeserializeSeed;
use serde_json::error::Category;

use super::build::{Context, Limit};
use super::{Fault, Tree};

pub(super) fn parse(text: &str) -> Result<Tree, Fault> {
    let context = Context::new(text, false);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let read = context
        .root()
        .deserialize(&mut deserializer)
        .and_then(|root| deserializer.end().map(|()| root));
    match read {
        Ok(root) => Ok(Tree {
            root,
            duplicates: context.into_duplicates(),
        }),
        Err(error) => {
            let position = position(text, error.line(), error.column());
            Err(match context.exceeded() {
                Some(Limit::Depth) => Fault::too_deep(position),
                Some(Limit::Size) => Fault::too_large(position),
                None => syntax(&error, position),
            })
        }
    }
}

fn syntax(error: &serde_json::Error, position: Option<(usize, usize)>) -> Fault {
    let message = error.to_string();
    // The position is shown apart.
    let message = message
        .rsplit_once(" at line ")
        .map_or(&*message, |(message, _)| message);
    let fault = Fault::syntax(format!("not JSON: {message}"), position);
    match error.classify() {
        Category::Eof => fault.help("the text breaks off: is the file whole?"),
        _ => fault,
    }
}

/// `serde_json` counts columns in bytes; this counts them in characters.
fn position(text: &str, line: usize, column: usize) -> Option<(usize, usize)> {
    let content = text.split('\n').nth(line.checked_sub(1)?)?;
    let before = content.as_bytes().get(..column.saturating_sub(1))?;
    Some((line, String::from_utf8_lossy(before).chars().count() + 1))
}
