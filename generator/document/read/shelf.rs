//! The files of a document as they were read, for what refers into them.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::diag::{Diagnostic, FileId, Place, Pointer, Sink};
use crate::document::links::Links;
use crate::document::{Node, Version, report_duplicates, tree};
use crate::source::{Address, Library, Refusal, Source};

/// This many nodes may be read a second time because something refers into them: enough for any document,
/// and few enough that references into references do not use memory without bound.
const COPIES: usize = 4_000_000;

/// Keys that are held against misspelt ones, at most; after so many, help is no help.
const HINTS: usize = 60_000;

/// Schemas, parameters, responses and so on that a document may have, an operation being as much as six of them: the
/// largest public ones have a tenth of it. Each takes up to five kilobytes until its Rust is written.
const ROOM: usize = 600_000;

/// The files, and how they name each other.
pub(in crate::document) struct Shelf {
    library: Library,
    addresses: Vec<Address>,
    by_address: HashMap<Address, Result<FileId, Refusal>>,
    refused: HashMap<(FileId, String), Refusal>,
    trees: HashMap<FileId, Option<Rc<Node>>>,
    versions: HashMap<FileId, Version>,
    copied: usize,
    /// Keys that may still be held against misspelt ones.
    hints: usize,
    /// What may still be read of things that become Rust; none once it was said that there are too many.
    pub(super) room: Option<usize>,
    pub(super) links: Links,
}

impl Shelf {
    /// For a document whose root is `source`, already known as file 0.
    pub(in crate::document) fn of(source: &Source) -> Self {
        let address = source.address().clone();
        let mut by_address = HashMap::new();
        if address != Address::Memory {
            by_address.insert(address.clone(), Ok(FileId(0)));
        }
        Self {
            library: Library::of(source),
            addresses: vec![address],
            by_address,
            refused: HashMap::new(),
            trees: HashMap::new(),
            versions: HashMap::new(),
            copied: 0,
            hints: HINTS,
            room: Some(ROOM),
            links: Links::default(),
        }
    }

    /// The file that `uri` names in `file`, read if it was not yet.
    pub(super) fn open(&mut self, file: FileId, uri: &str, sink: &mut Sink) -> Result<(), Refusal> {
        if let Some(refusal) = self.refused.get(&(file, uri.to_owned())) {
            return Err(refusal.clone());
        }
        match self.find(file, uri, sink) {
            Ok(found) => {
                let names = self.links.files.entry(file).or_default();
                names.insert(uri.to_owned(), found);
                Ok(())
            }
            Err(refusal) => {
                self.refused.insert((file, uri.to_owned()), refusal.clone());
                Err(refusal)
            }
        }
    }

    fn find(&mut self, file: FileId, uri: &str, sink: &mut Sink) -> Result<FileId, Refusal> {
        let from = self.addresses.get(file.0 as usize);
        let from = from.ok_or(Refusal::NoFolder)?;
        let address = self.library.find(from, uri)?;
        if let Some(known) = self.by_address.get(&address) {
            return known.clone();
        }
        let read = self.read(&address, sink);
        self.by_address.insert(address, read.clone());
        read
    }

    fn read(&mut self, address: &Address, sink: &mut Sink) -> Result<FileId, Refusal> {
        let source = self.library.read(address)?;
        let file = sink.add_file(source.to_file());
        // A redirect may have led elsewhere.
        self.addresses.push(source.address().clone());
        let tree = if is_prose(source.name()) {
            Some(Node::String(source.contents().to_owned()))
        } else {
            match tree::parse(source.contents(), source.format()) {
                Ok(tree) => {
                    report_duplicates(&tree.duplicates, file, &source, sink);
                    Some(tree.root)
                }
                Err(fault) => {
                    let fault: Diagnostic = fault.diagnostic(Place::root(file), source.contents());
                    // It costs what refers to the file, not the document.
                    sink.push(fault.severity(crate::diag::Severity::Warning));
                    None
                }
            }
        };
        if let Some(tree) = &tree {
            let text = |key: &str| tree.get(key).and_then(Node::as_str);
            if let Some(version) = text("openapi").and_then(Version::of) {
                self.versions.insert(file, version);
            }
            if let Some(own) = text("$self") {
                self.links.ids.insert(own.into(), Place::root(file));
            }
        }
        self.trees.insert(file, tree.map(Rc::new));
        Ok(file)
    }

    /// The files besides the first by their paths from its folder; see [`Document::others`].
    ///
    /// [`Document::others`]: crate::document::Document::others
    pub(super) fn others(&self) -> Option<Vec<(String, FileId)>> {
        let whole = self.refused.is_empty() && self.by_address.values().all(Result::is_ok);
        let others = (0..).map(FileId).zip(&self.addresses).skip(1);
        whole.then(|| {
            others
                .map(|(id, address)| Some((self.library.path_of(address)?, id)))
                .collect()
        })?
    }

    /// The version that a file states, if it states one.
    pub(super) fn version(&self, file: FileId) -> Option<Version> {
        self.versions.get(&file).copied()
    }

    /// The address that references in a file are relative to, where it states one (`$self`).
    pub(super) fn base(&self, file: FileId) -> Option<Arc<str>> {
        let mut ids = self.links.ids.iter();
        let own = Place::root(file);
        ids.find(|(_, place)| **place == own)
            .map(|(id, _)| Arc::clone(id))
    }

    pub(super) fn tree(&mut self, file: FileId, sink: &Sink) -> Option<Rc<Node>> {
        let tree = self.trees.entry(file).or_insert_with(|| {
            // The root was taken apart when it was read. Few documents refer to what is no component.
            let file = sink.files().get(file)?;
            let tree = tree::parse(&file.text, file.format).ok()?;
            Some(Rc::new(tree.root))
        });
        tree.clone()
    }

    /// A copy of what stands at a place.
    pub(super) fn node(&mut self, place: &Place, sink: &Sink) -> Result<Node, Missing> {
        let tree = self.tree(place.file, sink).ok_or(Missing::Broken)?;
        let Some(node) = tree.at(&place.pointer) else {
            return Err(Missing::Nothing(near(
                &tree,
                &place.pointer,
                &mut self.hints,
            )));
        };
        let mut room = COPIES.saturating_sub(self.copied);
        let before = room;
        if !fits(node, &mut room) {
            return Err(Missing::TooMuch);
        }
        self.copied += before - room;
        Ok(node.clone())
    }
}

/// Why nothing can be read at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Missing {
    /// The file is neither JSON nor YAML.
    Broken,
    /// Nothing stands there; the pointer that may be meant.
    Nothing(Option<String>),
    /// Too much was read a second time already.
    TooMuch,
}

/// Files that hold text for people.
fn is_prose(name: &str) -> bool {
    let extension = name.rsplit('.').next().unwrap_or_default();
    ["md", "markdown", "txt", "html"].contains(&extension.to_ascii_lowercase().as_str())
}

/// The pointer with its first wrong key replaced by the nearest one.
fn near(tree: &Node, pointer: &Pointer, hints: &mut usize) -> Option<String> {
    let mut node = tree;
    let mut so_far = Pointer::root();
    let mut segments = pointer.segments();
    while let Some(segment) = segments.next() {
        if let Some(next) = node.step(&segment) {
            node = next;
            so_far = so_far.child(&segment);
            continue;
        }
        let members = node.as_object()?;
        *hints = hints.checked_sub(members.len())?;
        let keys = members.keys().map(String::as_str);
        so_far = so_far.child(crate::diag::closest(&segment, keys)?);
        let whole = segments.fold(so_far, |pointer, segment| pointer.child(&segment));
        return tree.at(&whole).map(|_| whole.as_str().to_owned());
    }
    None
}

/// Whether there is room for a node and all that is in it.
fn fits(node: &Node, room: &mut usize) -> bool {
    let Some(left) = room.checked_sub(1) else {
        return false;
    };
    *room = left;
    match node {
        Node::Array(items) => items.iter().all(|item| fits(item, room)),
        Node::Object(members) => members.values().all(|member| fits(member, room)),
        _ => true,
    }
}
