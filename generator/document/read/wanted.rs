//! What references name: noted while the document is read, and read where that did not do it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use indexmap::IndexMap;

use super::shelf::Missing;
use super::{At, Reader};
use crate::diag::{Code, Diagnostic, FileId, Place};
use crate::document::links::Unclear;
use crate::document::{
    Callback, Document, Example, Header, MediaType, Node, Parameter, RequestBody, Response,
    SecurityScheme,
};
use crate::source::{Refusal, uri};

/// What can stand where a reference leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::document) enum Kind {
    Schema,
    PathItem,
    Parameter,
    Header,
    RequestBody,
    Response,
    MediaType,
    SecurityScheme,
    Example,
    Callback,
}

/// A thing that a reference can stand for.
pub(in crate::document) trait Referable {
    const KIND: Kind;
}

macro_rules! referable {
    ($($kind:ident)*) => { $(impl Referable for $kind { const KIND: Kind = Kind::$kind; })* };
}
referable! { Parameter Header RequestBody Response MediaType SecurityScheme Example Callback }

/// References that say the same, and where the first ones stand.
#[derive(Debug)]
struct Uses {
    base: Option<Arc<str>>,
    places: Vec<Place>,
    more: usize,
}

/// Places shown of references that lead nowhere.
const SHOWN: usize = 5;

impl Uses {
    fn add(&mut self, place: &Place) {
        if self.places.len() < SHOWN {
            self.places.push(place.clone());
        } else {
            self.more += 1;
        }
    }
}

/// References by the file they stand in, what is needed, and their text.
type References = HashMap<(FileId, Kind), IndexMap<String, Vec<Uses>>>;

/// The references met so far.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    seen: References,
    /// In the order in which they were met: file, kind, text, index of the base.
    queue: Vec<(FileId, Kind, String, usize)>,
    lost: IndexMap<(FileId, String), Lost>,
}

/// A reference that leads nowhere.
#[derive(Debug)]
struct Lost {
    why: Why,
    uses: Option<(Kind, usize)>,
    places: Vec<Place>,
}

#[derive(Debug, Clone)]
pub(super) enum Why {
    Refused(Refusal),
    Fragment,
    Missing(Missing),
    /// Something stands there, but not what is needed.
    Kind,
    /// It leads back to itself.
    Cycle,
}

impl Wanted {
    pub(super) fn add(&mut self, kind: Kind, place: &Place, base: Option<&Arc<str>>, target: &str) {
        let targets = self.seen.entry((place.file, kind)).or_default();
        if let Some(uses) = targets.get_mut(target)
            && let Some(uses) = uses.iter_mut().find(|uses| uses.base.as_ref() == base)
        {
            uses.add(place);
            return;
        }
        let uses = targets.entry(target.to_owned()).or_default();
        let index = uses.len();
        uses.push(Uses {
            base: base.cloned(),
            places: vec![place.clone()],
            more: 0,
        });
        let queued = (place.file, kind, target.to_owned(), index);
        self.queue.push(queued);
    }

    /// Notes a reference that leads nowhere.
    pub(super) fn lose(&mut self, place: &Place, target: &str, why: Why) {
        let lost = self.lost.entry((place.file, target.to_owned()));
        let lost = lost.or_insert_with(|| Lost {
            why,
            uses: None,
            places: Vec::new(),
        });
        lost.places.push(place.clone());
    }

    fn uses(&self, file: FileId, kind: Kind, target: &str, index: usize) -> Option<&Uses> {
        self.seen.get(&(file, kind))?.get(target)?.get(index)
    }
}

impl Reader<'_> {
    /// The place that a reference in `file` names; reads the file that it is in.
    pub(super) fn resolve(
        &mut self,
        file: FileId,
        base: Option<&Arc<str>>,
        target: &str,
    ) -> Result<Place, Why> {
        match self.shelf.links.resolve(file, base, target) {
            Ok(place) => return Ok(place),
            Err(Unclear::Fragment) => return Err(Why::Fragment),
            Err(Unclear::File) => {}
        }
        let (uri, _) = uri::split(target);
        let opened = self.shelf.open(file, uri, self.sink);
        opened.map_err(Why::Refused)?;
        let resolved = self.shelf.links.resolve(file, base, target);
        resolved.map_err(|_| Why::Fragment)
    }

    /// Reads what references name and reading the document itself did not come by; and what those name.
    pub(super) fn gather(&mut self, document: &mut Document) {
        let mut waiting = Vec::new();
        loop {
            let queue = std::mem::take(&mut self.wanted.queue);
            if queue.is_empty() {
                break;
            }
            for (file, kind, target, index) in queue {
                let Some(uses) = self.wanted.uses(file, kind, &target, index) else {
                    continue;
                };
                let base = uses.base.clone();
                match self.want(document, file, kind, base.as_ref(), &target) {
                    Ok(()) => {}
                    // An anchor may be in a schema that is yet to be read.
                    Err(why) => waiting.push((file, kind, target, index, why)),
                }
            }
        }
        for (file, kind, target, index, why) in waiting {
            let base = self.wanted.uses(file, kind, &target, index);
            let base = base.and_then(|uses| uses.base.clone());
            let why = match why {
                Why::Fragment => self
                    .want(document, file, kind, base.as_ref(), &target)
                    .err(),
                why => Some(why),
            };
            if let Some(why) = why
                && let Some(uses) = self.wanted.uses(file, kind, &target, index)
            {
                let (places, more) = (uses.places.clone(), uses.more);
                let lost = self.wanted.lost.entry((file, target));
                let lost = lost.or_insert_with(|| Lost {
                    why,
                    uses: None,
                    places: Vec::new(),
                });
                lost.places.extend(places);
                let before = lost.uses.map_or(0, |(_, more)| more);
                lost.uses = Some((kind, before + more));
            }
        }
        self.report_lost();
    }

    fn want(
        &mut self,
        document: &mut Document,
        file: FileId,
        kind: Kind,
        base: Option<&Arc<str>>,
        target: &str,
    ) -> Result<(), Why> {
        let mut place = self.resolve(file, base, target)?;
        if document.has(kind, &place) {
            return Ok(());
        }
        let node = self.node_through(&mut place)?;
        if document.has(kind, &place) {
            return Ok(());
        }
        // A whole document is no schema, though every object could be one.
        if kind == Kind::Schema && node.get("openapi").is_some_and(|it| it.as_str().is_some()) {
            return Err(Why::Kind);
        }
        self.within(place.file, |reader| {
            reader.item(document, kind, node, &place);
        });
        if document.has(kind, &place) {
            Ok(())
        } else {
            Err(Why::Kind)
        }
    }

    /// Reads in another file: with its version and its address.
    pub(super) fn within<T>(&mut self, file: FileId, read: impl FnOnce(&mut Self) -> T) -> T {
        let version = self.shelf.version(file).unwrap_or(self.root_version);
        let base = self.shelf.base(file);
        let version = std::mem::replace(&mut self.version, version);
        let resource = base.map(|base| (base, Place::root(file)));
        let resource = std::mem::replace(&mut self.resource, resource);
        let recursive = self.recursive.take();
        let result = read(self);
        self.version = version;
        self.resource = resource;
        self.recursive = recursive;
        result
    }

    fn item(&mut self, document: &mut Document, kind: Kind, node: Node, place: &Place) {
        let at = At::Place(place);
        let elsewhere = &mut document.components.elsewhere;
        let key = || place.clone();
        match kind {
            Kind::Schema => {
                let read = self.schema(node, at);
                elsewhere.schemas.extend(read.map(|item| (key(), item)));
            }
            Kind::PathItem => {
                let read = self.path_item(node, at);
                elsewhere.path_items.extend(read.map(|item| (key(), item)));
            }
            Kind::Parameter => {
                let read = self.ref_or(node, at, Self::parameter);
                elsewhere.parameters.extend(read.map(|item| (key(), item)));
            }
            Kind::Header => {
                let read = self.ref_or(node, at, Self::header);
                elsewhere.headers.extend(read.map(|item| (key(), item)));
            }
            Kind::RequestBody => {
                let read = self.ref_or(node, at, Self::request_body);
                elsewhere
                    .request_bodies
                    .extend(read.map(|item| (key(), item)));
            }
            Kind::Response => {
                let read = self.ref_or(node, at, Self::response);
                elsewhere.responses.extend(read.map(|item| (key(), item)));
            }
            Kind::MediaType => {
                let read = self.ref_or(node, at, Self::media_type);
                elsewhere.media_types.extend(read.map(|item| (key(), item)));
            }
            Kind::SecurityScheme => {
                let read = self.ref_or(node, at, Self::security_scheme);
                elsewhere
                    .security_schemes
                    .extend(read.map(|item| (key(), item)));
            }
            Kind::Example => {
                let read = self.example_or_reference(node, at);
                elsewhere.examples.extend(read.map(|item| (key(), item)));
            }
            Kind::Callback => {
                let read = self.callback_or_reference(node, at);
                elsewhere.callbacks.extend(read.map(|item| (key(), item)));
            }
        }
    }

    /// One diagnostic per target, however many references name it.
    fn report_lost(&mut self) {
        let lost = std::mem::take(&mut self.wanted.lost);
        let mut said = HashSet::new();
        for ((file, target), lost) in lost {
            let mut places = lost.places.into_iter();
            let Some(first) = places.next() else {
                continue;
            };
            // The same thing by the same words in another file has the same reason, but other places.
            if !said.insert((file, target.clone())) {
                continue;
            }
            let mut diagnostic = explain(&target, &lost.why, first.child("$ref"));
            for place in places.by_ref().take(SHOWN - 1) {
                diagnostic = diagnostic.related(place.child("$ref"), "and here");
            }
            let more = places.count() + lost.uses.map_or(0, |(_, more)| more);
            if more > 0 {
                diagnostic
                    .message
                    .push_str(&format!(" (and {more} more references like it)"));
            }
            self.sink.push(diagnostic);
        }
    }
}

/// What to say of a reference that leads nowhere.
fn explain(target: &str, why: &Why, place: Place) -> Diagnostic {
    let shown = super::shorten(target);
    let leads = |code, why: String| {
        Diagnostic::new(
            code,
            place.clone(),
            format!("`{shown}` leads nowhere: {why}"),
        )
    };
    let correct = "add what it names, or correct the reference";
    match why {
        Why::Refused(Refusal::Remote) => Diagnostic::new(
            Code::REMOTE_REFERENCE,
            place,
            format!("`{shown}` is on another machine and is not read"),
        )
        .help("allow it with `--allow-remote`, or `allow-remote = true` in the configuration"),
        Why::Refused(Refusal::Unreadable(reason)) => leads(
            Code::UNRESOLVED_REFERENCE,
            format!("it cannot be read: {reason}"),
        )
        .help("correct the reference; it is relative to the file that it stands in"),
        Why::Refused(refusal) => {
            let (reason, help) = refused(refusal);
            let message = format!("`{shown}` is not read: {reason}");
            Diagnostic::new(Code::EXTERNAL_REFERENCE, place, message).help(help)
        }
        Why::Fragment => leads(
            Code::UNRESOLVED_REFERENCE,
            "the part after `#` is neither a JSON pointer nor the name of an anchor".to_owned(),
        )
        .help("write it like `#/components/schemas/Name`"),
        Why::Missing(Missing::Broken) => leads(
            Code::UNRESOLVED_REFERENCE,
            "the file that it leads to cannot be read".to_owned(),
        )
        .help("mend the file"),
        Why::Missing(Missing::Nothing(near)) => {
            let diagnostic = leads(
                Code::UNRESOLVED_REFERENCE,
                "nothing stands there".to_owned(),
            );
            match near {
                Some(near) => {
                    let (uri, _) = uri::split(target);
                    diagnostic.help(format!("is `{}#{}` meant?", super::shorten(uri), super::shorten(near)))
                }
                None => diagnostic.help(correct),
            }
        }
        Why::Missing(Missing::TooMuch) => Diagnostic::new(
            Code::TOO_LARGE,
            place,
            format!("`{shown}` is not read: references repeat more of the document than there is room for"),
        )
        .help("refer to components instead of the inner parts of other things"),
        Why::Kind => leads(
            Code::UNRESOLVED_REFERENCE,
            "nothing of the kind that is needed here stands there".to_owned(),
        )
        .help(correct),
        Why::Cycle => Diagnostic::new(
            Code::REFERENCE_CYCLE,
            place,
            format!("`{shown}` leads back to itself"),
        )
        .help("let one of the references in the circle be the thing itself"),
    }
}

fn refused(refusal: &Refusal) -> (String, &'static str) {
    match refusal {
        Refusal::NoFolder => (
            "the document was not read from a file, so no other is beside it".to_owned(),
            "read it from a file",
        ),
        Refusal::Outside => (
            "it is outside the document's folder".to_owned(),
            "run the generator in a folder that holds both, or move the file",
        ),
        Refusal::Scheme(scheme) => (
            format!("`{}:` is not spoken", super::shorten(scheme)),
            "refer to a file by a relative path",
        ),
        Refusal::Malformed => (
            "it is not a well-formed reference".to_owned(),
            "correct its percent-encoding",
        ),
        Refusal::TooMuch | Refusal::Remote | Refusal::Unreadable(_) => (
            format!(
                "the document has more than {} files, or {} MiB in them",
                crate::source::FILES_LIMIT,
                crate::source::TOTAL_LIMIT >> 20
            ),
            "split the API into several documents",
        ),
    }
}
