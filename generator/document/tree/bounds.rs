//! Keeps texts from the YAML parser on which it would take minutes or gigabytes.
//!
//! `libyaml` reads the whole text into events before the first is seen, at about 150 bytes each,
//! and for every token it looks at all flow collections that are open: a million brackets would
//! take it an hour. What can be told from the text is refused here at once; what is merely
//! suspicious is read by a thread of its own, for a limited time.

use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use saphyr_parser::{Event, Parser};

use super::build::NODE_LIMIT;
use super::{DEPTH_LIMIT, Fault, Tree};

/// A text up to this long can do no harm by its number of nodes.
const LONG: usize = 8 << 20;

/// YAML directives are compared with each other, each with all. No document has more than two.
const DIRECTIVE_LIMIT: usize = 100;

/// So many brackets do no harm even if all are open at once.
const BRACKET_LIMIT: usize = 1_000;

/// Forty times what the largest public documents take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Parses a text, unless that would take too long or too much.
pub(super) fn guard(text: &str, parse: fn(&str) -> Result<Tree, Fault>) -> Result<Tree, Fault> {
    let directives = text.lines().filter(|line| line.starts_with('%'));
    if directives.take(DIRECTIVE_LIMIT).count() == DIRECTIVE_LIMIT {
        return Err(Fault::syntax(
            "not YAML: too many lines that start with `%`",
            None,
        ));
    }
    let brackets = brackets(text)?;
    if text.len() <= LONG && brackets < BRACKET_LIMIT {
        return parse(text);
    }
    let shared: Arc<str> = text.into();
    let (sender, receiver) = mpsc::channel();
    let reader = thread::Builder::new()
        .name("read-yaml".to_owned())
        .stack_size(8 << 20);
    let spawned = reader.spawn(move || {
        let read = check_size(&shared).and_then(|()| parse(&shared));
        // The receiver may have lost patience.
        let _ = sender.send(read);
    });
    match spawned {
        Ok(_) => receiver
            .recv_timeout(PATIENCE)
            .unwrap_or_else(|_| Err(Fault::too_slow())),
        Err(_) => parse(text),
    }
}

/// How many collections the text could open. A fault if more are opened in a row, with none closed
/// in between, than any text of prose has.
fn brackets(text: &str) -> Result<usize, Fault> {
    let (mut all, mut open) = (0, 0);
    let mut deepest = None;
    for (offset, byte) in text.bytes().enumerate() {
        match byte {
            b'[' | b'{' => {
                all += 1;
                open += 1;
                if open == DEPTH_LIMIT {
                    deepest = Some(offset);
                }
                if let (BRACKET_LIMIT, Some(offset)) = (open, deepest) {
                    return Err(Fault::too_deep(Some(position(text, offset))));
                }
            }
            b']' | b'}' => open = 0,
            _ => {}
        }
    }
    Ok(all)
}

fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (
        before.matches('\n').count() + 1,
        before[line_start..].chars().count() + 1,
    )
}

/// Counts the nodes of a long text with a parser that can be stopped.
fn check_size(text: &str) -> Result<(), Fault> {
    if text.len() <= LONG {
        return Ok(());
    }
    let (mut depth, mut nodes) = (0usize, 0usize);
    for event in Parser::new_from_str(text) {
        // What is no YAML is told by the parser that reads it.
        let Ok((event, span)) = event else { break };
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                depth += 1;
                nodes += 1;
            }
            Event::SequenceEnd | Event::MappingEnd => depth = depth.saturating_sub(1),
            Event::Scalar(..) | Event::Alias(_) => nodes += 1,
            _ => {}
        }
        let position = Some((span.start.line(), span.start.col() + 1));
        if depth > DEPTH_LIMIT {
            return Err(Fault::too_deep(position));
        }
        if nodes > NODE_LIMIT {
            return Err(Fault::too_large(position));
        }
    }
    Ok(())
}
