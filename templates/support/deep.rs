//! Objects whose properties come as pairs: grouped by name, or nested by brackets.

use std::collections::HashMap;

use crate::support::plain::{Fault, is_list};
use crate::support::tree::Tree;

/// Parts of a value, and how deep they are nested.
const MAX_PARTS: usize = 1_000;
const MAX_BRACKETS: usize = 32;

/// A value whose names have their place in brackets: `color[R]=100`, `ids[]=1`, `ids[0]=1`.
#[derive(Default)]
pub(crate) struct Deep {
    root: Vec<(String, Tree)>,
    parts: usize,
}

impl Deep {
    /// Puts a text where the keys lead.
    pub(crate) fn insert(&mut self, keys: &[&str], text: String) -> Result<(), Fault> {
        self.parts += 1;
        if self.parts > MAX_PARTS {
            return Err(Fault("has too many parts".to_owned()));
        }
        if keys.len() > MAX_BRACKETS {
            return Err(Fault("nested too deeply".to_owned()));
        }
        insert(&mut self.root, keys, text)
    }

    /// The value, with the items of lists in order.
    pub(crate) fn finish(self) -> Tree {
        let mut root = Tree::Object(self.root);
        sort(&mut root);
        root
    }
}

/// The texts between the brackets that follow `own` in a name.
pub(crate) fn brackets<'n>(own: &str, name: &'n str) -> Option<Vec<&'n str>> {
    let inner = name
        .strip_prefix(own)?
        .strip_prefix('[')?
        .strip_suffix(']')?;
    Some(inner.split("][").collect())
}

fn insert(entries: &mut Vec<(String, Tree)>, keys: &[&str], text: String) -> Result<(), Fault> {
    let Some((key, rest)) = keys.split_first() else {
        return Ok(());
    };
    // What has no key is an item of a list, and so always another one.
    let known = entries
        .iter()
        .position(|(name, _)| name == key && !key.is_empty());
    let known = known.unwrap_or_else(|| {
        entries.push(((*key).to_owned(), Tree::Null));
        entries.len() - 1
    });
    let Some((_, place)) = entries.get_mut(known) else {
        return Ok(());
    };
    match place {
        Tree::Null if rest.is_empty() => *place = Tree::String(text),
        Tree::Null => {
            let mut inner = Vec::new();
            insert(&mut inner, rest, text)?;
            *place = Tree::Object(inner);
        }
        Tree::Object(inner) if !rest.is_empty() => insert(inner, rest, text)?,
        Tree::String(_) | Tree::Array(_) if rest.is_empty() => repeat(place, text),
        _ => {
            let message = "one of its names stands for a text and for an object";
            return Err(Fault(message.to_owned()));
        }
    }
    Ok(())
}

/// Adds a text to those that were under its name.
fn repeat(place: &mut Tree, text: String) {
    match place {
        Tree::Array(items) => items.push(Tree::String(text)),
        other => {
            let first = std::mem::replace(other, Tree::Null);
            *other = Tree::Array(vec![first, Tree::String(text)]);
        }
    }
}

/// Puts the items of lists in order, which may be sent in any.
fn sort(tree: &mut Tree) {
    if let Tree::Object(entries) = tree {
        if is_list(entries) {
            entries.sort_by_key(|(index, _)| index.parse::<usize>().unwrap_or_default());
        }
        for (_, value) in entries {
            sort(value);
        }
    }
}

/// The properties of an object as pairs, with what is repeated gathered into a list.
#[derive(Default)]
pub(crate) struct Group {
    entries: Vec<(String, Tree)>,
    known: HashMap<String, usize>,
}

impl Group {
    /// Adds a pair.
    pub(crate) fn push(&mut self, name: String, text: String) {
        let known = self.known.get(&name);
        if let Some((_, place)) = known.and_then(|known| self.entries.get_mut(*known)) {
            repeat(place, text);
        } else {
            self.known.insert(name.clone(), self.entries.len());
            self.entries.push((name, Tree::String(text)));
        }
    }
    /// The object.
    pub(crate) fn finish(self) -> Tree {
        Tree::Object(self.entries)
    }
}
