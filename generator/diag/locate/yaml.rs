//! Finds where things are in YAML, from the events of `saphyr-parser`.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser};

use super::Raw;
use super::outline::Outline;
use super::trie::Trie;

/// Aliases and merge keys lead to a part again and again; this bounds how often.
const STEPS_PER_EVENT: usize = 20;

pub(super) fn scan(text: &str, trie: &mut Trie) {
    if let Some(outline) = Outline::of(text, trie) {
        scan_all(&outline.text, trie);
        if trie.is_complete() {
            trie.move_ranges(|range| outline.whole(range));
            return;
        }
        trie.forget();
    }
    scan_all(text, trie);
}

pub(super) fn scan_all(text: &str, trie: &mut Trie) {
    let events = Events::read(text);
    let mut walk = Walk {
        steps: events.list.len().saturating_mul(STEPS_PER_EVENT) + 10_000,
        events: &events,
        trie,
    };
    if !events.list.is_empty() {
        walk.value(0, Trie::ROOT, None);
    }
}

/// The nodes of the first document, in order of the text.
struct Events<'a> {
    list: Vec<(Kind<'a>, Range<usize>)>,
    /// Where the node with an anchor is.
    anchors: HashMap<usize, usize>,
}

enum Kind<'a> {
    Scalar(Cow<'a, str>),
    Alias(usize),
    /// Holds the index after its last node.
    Sequence(usize),
    Mapping(usize),
}

impl<'a> Events<'a> {
    /// Reads as far as the text is correct.
    fn read(text: &'a str) -> Self {
        let mut events = Self {
            list: Vec::new(),
            anchors: HashMap::new(),
        };
        let mut open = Vec::new();
        for event in Parser::new_from_str(text) {
            let Ok((event, span)) = event else { break };
            let range = span.start.index()..span.end.index();
            let next = events.list.len();
            let (kind, anchor) = match event {
                Event::Scalar(value, _, anchor, _) => (Kind::Scalar(value), anchor),
                Event::Alias(anchor) => (Kind::Alias(anchor), 0),
                Event::SequenceStart(anchor, _) => (Kind::Sequence(usize::MAX), anchor),
                Event::MappingStart(anchor, _) => (Kind::Mapping(usize::MAX), anchor),
                Event::SequenceEnd | Event::MappingEnd => {
                    events.close(open.pop(), next);
                    continue;
                }
                Event::DocumentEnd | Event::StreamEnd => break,
                Event::Nothing | Event::StreamStart | Event::DocumentStart(_) => continue,
            };
            if anchor > 0 {
                events.anchors.insert(anchor, next);
            }
            if matches!(kind, Kind::Sequence(_) | Kind::Mapping(_)) {
                open.push(next);
            }
            events.list.push((kind, range));
        }
        let end = events.list.len();
        while let Some(container) = open.pop() {
            events.close(Some(container), end);
        }
        events.convert_to_bytes(text);
        events
    }

    fn close(&mut self, container: Option<usize>, after: usize) {
        if let Some((Kind::Sequence(end) | Kind::Mapping(end), _)) =
            container.and_then(|container| self.list.get_mut(container))
        {
            *end = after;
        }
    }

    /// The parser counts in characters; turns that into bytes.
    fn convert_to_bytes(&mut self, text: &str) {
        if text.is_ascii() {
            return;
        }
        let offsets: Vec<u32> = text
            .char_indices()
            .map(|(offset, _)| u32::try_from(offset).unwrap_or(u32::MAX))
            .collect();
        let byte = |index: usize| {
            offsets
                .get(index)
                .map_or(text.len(), |offset| *offset as usize)
        };
        for (_, range) in &mut self.list {
            *range = byte(range.start)..byte(range.end);
        }
    }

    /// The index after a node and all that is in it.
    fn after(&self, index: usize) -> usize {
        match self.list.get(index) {
            Some((Kind::Sequence(end) | Kind::Mapping(end), _)) => (*end).max(index + 1),
            _ => index + 1,
        }
    }

    /// Follows an alias to its anchor.
    fn resolve(&self, index: usize) -> Option<usize> {
        match self.list.get(index)?.0 {
            Kind::Alias(anchor) => self.anchors.get(&anchor).copied(),
            _ => Some(index),
        }
    }
}

struct Walk<'a> {
    events: &'a Events<'a>,
    trie: &'a mut Trie,
    steps: usize,
}

impl<'a> Walk<'a> {
    /// Visits a node in which something is wanted. Recursion is bounded by the depth of the trie.
    fn value(&mut self, index: usize, node: usize, key: Option<Range<usize>>) {
        let Some((kind, range)) = self.events.list.get(index) else {
            return;
        };
        let container = matches!(kind, Kind::Sequence(_) | Kind::Mapping(_));
        let value = if container {
            range.start..range.start + 1
        } else {
            range.clone()
        };
        self.trie.record(
            node,
            Raw {
                key,
                value,
                container,
            },
        );
        if self.trie.is_leaf(node) {
            return;
        }
        let Some(index) = self.events.resolve(index) else {
            return;
        };
        match &self.events.list[index].0 {
            Kind::Mapping(_) => self.members(index, node, &mut Vec::new(), 0),
            Kind::Sequence(_) => {
                for (position, item) in self.items(index).enumerate() {
                    if !self.step() {
                        return;
                    }
                    if let Some(child) = self.trie.element(node, position) {
                        self.value(item, child, None);
                    }
                }
            }
            Kind::Scalar(_) | Kind::Alias(_) => {}
        }
    }

    /// Visits the members of a mapping, then those that merge keys add and that are not there yet.
    fn members(&mut self, mapping: usize, node: usize, found: &mut Vec<usize>, level: usize) {
        let before = found.clone();
        let mut merged = Vec::new();
        let mut items = self.items(mapping);
        while let (Some(key), Some(value)) = (items.next(), items.next()) {
            if !self.step() {
                return;
            }
            let Some((Kind::Scalar(name), range)) = self
                .events
                .resolve(key)
                .and_then(|key| self.events.list.get(key))
            else {
                continue;
            };
            if name == "<<" {
                merged.push(value);
            }
            if let Some(child) = self.trie.child(node, name)
                && !before.contains(&child)
            {
                found.push(child);
                self.value(value, child, Some(range.clone()));
            }
        }
        // Merges of level: more than a few levels is no real document.
        if level < 16 {
            for value in merged {
                self.merge(value, node, found, level + 1);
            }
        }
    }

    fn merge(&mut self, value: usize, node: usize, found: &mut Vec<usize>, level: usize) {
        let Some(value) = self.events.resolve(value) else {
            return;
        };
        match &self.events.list[value].0 {
            Kind::Mapping(_) => self.members(value, node, found, level),
            Kind::Sequence(_) if level < 16 => {
                for item in self.items(value) {
                    self.merge(item, node, found, level + 1);
                }
            }
            _ => {}
        }
    }

    /// The indices of what lies directly in a container.
    fn items(&self, container: usize) -> impl Iterator<Item = usize> + use<'a> {
        let events = self.events;
        let end = events.after(container);
        let mut next = container + 1;
        std::iter::from_fn(move || {
            let item = next;
            next = events.after(item);
            (item < end).then_some(item)
        })
    }

    fn step(&mut self) -> bool {
        self.steps = self.steps.saturating_sub(1);
        self.steps > 0
    }
}
