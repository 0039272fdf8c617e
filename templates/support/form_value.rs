//! The value of a form: put together from pairs of a name and a text, and files; and taken apart into them.

use serde::{
    Deserializer,
    de::{self, DeserializeSeed, IntoDeserializer, MapAccess, Visitor, value::SeqDeserializer},
};

use crate::support::codec::{Cx, Decode, Encode};
use crate::support::deep::{Deep, brackets};
use crate::support::file_part::{FilePart, with_files};
use crate::support::form::held;
use crate::support::media;
use crate::support::parameter::{Parameter, Style};
use crate::support::params::{decode_query, encode_component};
use crate::support::parts::{Part, PartKind};
use crate::support::plain::{Fault, Nested, Plain, Wanted, by_kind};
use crate::support::read_text::{Source, Spelled, strict};
use crate::support::report::Report;
use crate::support::rules::Check;
use crate::support::to_tree::to_tree;
use crate::support::tree::{Reader, Tree};
use crate::support::violation::Violation;
use crate::support::write_text::spell;

/// A name, and the text that stands for its value, both percent-encoded.
#[derive(Debug)]
pub(crate) struct Pair {
    pub(crate) name: String,
    pub(crate) text: String,
    /// Whether the text says of itself that it is JSON.
    pub(crate) json: bool,
}

/// What stands for one property of a form.
#[derive(Debug)]
pub struct Raw {
    part: &'static Part,
    pairs: Vec<Pair>,
    file: Option<FilePart>,
}

impl Raw {
    pub(crate) fn file(part: &'static Part, file: FilePart) -> Self {
        Self {
            part,
            pairs: Vec::new(),
            file: Some(file),
        }
    }

    pub(crate) fn text(part: &'static Part, pair: Pair) -> Self {
        Self {
            part,
            pairs: vec![pair],
            file: None,
        }
    }

    /// Adds a further pair of the same value.
    pub(crate) fn push(&mut self, pair: Pair) {
        self.pairs.push(pair);
    }

    /// Whether it is a file.
    #[must_use]
    pub fn is_file(&self) -> bool {
        self.file.is_some()
    }

    pub(crate) fn into_pieces(self) -> (Vec<Pair>, Option<FilePart>) {
        (self.pairs, self.file)
    }

    /// The name of the property.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.part.parameter.name
    }

    /// Reads the value.
    ///
    /// # Errors
    ///
    /// Every violation.
    pub fn read<T: Decode + Check>(&self) -> Result<T, Vec<Violation>> {
        if let Some(file) = &self.file {
            return with_files(vec![file.clone()], || held(|cx| T::decode(Index(0), cx))).0;
        }
        let json = self.pairs.iter().any(|pair| pair.json);
        let parameter = if json && (self.part.is_list() || !self.part.is_styled()) {
            self.part.parameter.json()
        } else {
            self.part.parameter
        };
        let pairs = self.pairs.iter();
        let pairs: Vec<String> = pairs
            .map(|pair| format!("{}={}", pair.name, pair.text))
            .collect();
        strict(&Source::form(&parameter, &pairs.join("&")))
    }
}

/// A file on the desk, by its index.
#[derive(Clone, Copy)]
struct Index(usize);

impl<'de> Deserializer<'de> for Index {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_u64(u64::try_from(self.0).unwrap_or(u64::MAX))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_some(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl IntoDeserializer<'_, Fault> for Index {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// What a property is read from.
enum Entry<'p> {
    Tree(Tree),
    /// The pairs of a property of a style of its own.
    Styled(&'p Parameter, String),
    Json(Tree),
    File(usize),
    Files(Vec<usize>),
}

/// What a form is read from.
pub(crate) struct Form<'p>(Vec<(String, Entry<'p>)>);

impl<'p> Form<'p> {
    /// Sorts pairs and files, the latter by the names of their properties, to the properties of a form. A name that one of
    /// `fields` is stands for itself.
    pub(crate) fn new(
        parts: &'p [Part],
        fields: &[&str],
        pairs: &[Pair],
        files: &[String],
    ) -> Result<Self, Fault> {
        let mut entries: Vec<(String, Entry<'p>)> = Vec::new();
        for part in parts.iter().filter(|part| part.is_file()) {
            let name = part.parameter.name;
            let named = |(_, file): &(usize, &String)| *file == name;
            let own: Vec<usize> = files
                .iter()
                .enumerate()
                .filter(named)
                .map(|it| it.0)
                .collect();
            match own.as_slice() {
                [] => {}
                [one] if part.kind == PartKind::File => {
                    entries.push((name.to_owned(), Entry::File(*one)));
                }
                _ if part.kind == PartKind::File => {
                    // Two files where one is meant are two properties of one name.
                    let all = own.into_iter();
                    entries.extend(all.map(|index| (name.to_owned(), Entry::File(index))));
                }
                _ => entries.push((name.to_owned(), Entry::Files(own))),
            }
        }
        let mut styled = vec![String::new(); parts.len()];
        let mut deep = Deep::default();
        let mut items: Vec<(String, Vec<Tree>)> = Vec::new();
        for pair in pairs {
            let name = decode_query(&pair.name).ok_or_else(not_utf8)?.into_owned();
            let own = parts.iter().position(|part| {
                part.is_styled() && Source::form(&part.parameter, "").belongs(&name)
            });
            if let Some(styled) = own.and_then(|own| styled.get_mut(own)) {
                let separator = if styled.is_empty() { "" } else { "&" };
                for piece in [separator, &pair.name, "=", &pair.text] {
                    styled.push_str(piece);
                }
                continue;
            }
            let text = decode_query(&pair.text).ok_or_else(not_utf8)?.into_owned();
            if let Some(tree) = pair
                .json
                .then(|| serde_json::from_str(&text).ok())
                .flatten()
            {
                match items.iter_mut().find(|(known, _)| *known == name) {
                    Some((_, known)) => known.push(tree),
                    None => items.push((name, vec![tree])),
                }
                continue;
            }
            let own = name.split_once('[').map_or(&*name, |(own, _)| own);
            let mut keys = vec![own];
            match brackets(own, &name) {
                Some(inner) if !fields.contains(&&*name) => keys.extend(inner),
                _ => keys = vec![&*name],
            }
            deep.insert(&keys, text)?;
        }
        for (part, pairs) in parts.iter().zip(styled) {
            if !pairs.is_empty() {
                let name = part.parameter.name.to_owned();
                entries.push((name, Entry::Styled(&part.parameter, pairs)));
            }
        }
        for (name, mut trees) in items {
            let is_list = parts
                .iter()
                .any(|part| part.parameter.name == name && part.is_list());
            let tree = match (trees.len(), is_list) {
                (1, false) => trees.pop().unwrap_or(Tree::Null),
                // One text may be the whole list.
                (1, true) if matches!(trees.as_slice(), [Tree::Array(_)]) => {
                    trees.pop().unwrap_or(Tree::Null)
                }
                _ => Tree::Array(trees),
            };
            entries.push((name, Entry::Json(tree)));
        }
        if let Tree::Object(rest) = deep.finish() {
            entries.extend(
                rest.into_iter()
                    .map(|(name, tree)| (name, Entry::Tree(tree))),
            );
        }
        Ok(Self(entries))
    }

    /// Reads the form as a server does, or finds every violation.
    pub(crate) fn strict<T: Decode + Check>(
        &self,
        files: Vec<FilePart>,
    ) -> Result<T, Vec<Violation>> {
        with_files(files, || held(|cx| self.decode(cx))).0
    }

    /// Reads the form as a client does.
    pub(crate) fn lenient<T: Decode>(&self) -> Result<T, Fault> {
        self.decode(Cx::LENIENT)
    }

    fn decode<T: Decode>(&self, cx: Cx<'_>) -> Result<T, Fault> {
        T::decode(
            Whole {
                rest: self.0.iter(),
                value: None,
                report: cx.report(),
            },
            cx,
        )
    }
}

fn not_utf8() -> Fault {
    Fault("must be UTF-8".to_owned())
}

struct Whole<'f> {
    rest: std::slice::Iter<'f, (String, Entry<'f>)>,
    value: Option<&'f Entry<'f>>,
    report: Option<&'f Report>,
}

impl<'de> Deserializer<'de> for Whole<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_map(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> MapAccess<'de> for Whole<'_> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let Some((name, value)) = self.rest.next() else {
            return Ok(None);
        };
        self.value = Some(value);
        seed.deserialize(de::value::StrDeserializer::new(name))
            .map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let value = self.value.take();
        let value = value.ok_or_else(|| Fault("a value was read before its key".to_owned()))?;
        match value {
            Entry::Tree(tree) => seed
                .deserialize(Plain::new(tree, Nested::Repeated, self.report))
                .inspect_err(|_| {
                    if let Some(report) = self.report {
                        report.offer(tree.scalar());
                    }
                }),
            Entry::Json(tree) => seed.deserialize(Item {
                tree,
                report: self.report,
            }),
            Entry::Styled(parameter, pairs) => {
                let source = Source::form(parameter, pairs);
                if let Some(tree) = source.json()? {
                    return seed.deserialize(Reader::new(&tree, self.report));
                }
                let report = self.report;
                seed.deserialize(Spelled {
                    source: &source,
                    report,
                })
            }
            Entry::File(file) => seed.deserialize(Index(*file)),
            Entry::Files(files) => {
                let files = files.iter().map(|file| Index(*file));
                seed.deserialize(SeqDeserializer::new(files))
            }
        }
    }
}

/// A JSON text, which may be the only item of a list.
struct Item<'t> {
    tree: &'t Tree,
    report: Option<&'t Report>,
}

impl Item<'_> {
    fn hand<'de, V: Visitor<'de>>(self, visitor: V, wanted: Wanted) -> Result<V::Value, Fault> {
        if wanted == Wanted::ARRAY && !matches!(self.tree, Tree::Array(_)) {
            let list = Tree::Array(vec![self.tree.clone()]);
            return Reader::new(&list, self.report).deserialize_any(visitor);
        }
        Reader::new(self.tree, self.report).deserialize_any(visitor)
    }
}

impl<'de> Deserializer<'de> for Item<'_> {
    by_kind! {}
}

/// Where the parts of a form go.
pub(crate) trait Target {
    /// A pair that is percent-encoded.
    fn pair(&mut self, name: &str, text: &str);

    /// A text, and the media type that is told of it.
    fn text(&mut self, name: &str, text: String, media_type: Option<&'static str>);

    /// A file.
    fn file(&mut self, part: &Part, file: FilePart) -> Result<(), Fault>;
}

/// Takes the value of a form apart.
pub struct Spelling<'t> {
    parts: &'static [Part],
    target: &'t mut dyn Target,
    fault: Option<Fault>,
}

impl<'t> Spelling<'t> {
    pub(crate) fn new(parts: &'static [Part], target: &'t mut dyn Target) -> Self {
        Self {
            parts,
            target,
            fault: None,
        }
    }

    /// Returns what was at fault with a part.
    pub(crate) fn finish(self) -> Result<(), Fault> {
        self.fault.map_or(Ok(()), Err)
    }

    /// Writes all of a form: files after the rest, so that who reads them knows it.
    pub(crate) fn whole<T: Encode>(&mut self, value: &T) -> Result<(), Fault> {
        let (tree, files) = with_files(Vec::new(), || to_tree(value));
        let Tree::Object(entries) = tree? else {
            return Err(Fault("a form is an object".to_owned()));
        };
        let parts = self.parts;
        let is_file = |name: &str| {
            let mut parts = parts.iter();
            parts.any(|part| part.is_file() && part.parameter.name == name)
        };
        let (last, first): (Vec<_>, Vec<_>) = entries.iter().partition(|(name, _)| is_file(name));
        for (name, tree) in first.into_iter().chain(last) {
            self.property(name, tree, &files)?;
        }
        Ok(())
    }

    /// Writes one of its parts; of a list, one item.
    pub(crate) fn part<T: Encode>(&mut self, name: &str, value: &T) {
        let (tree, files) = with_files(Vec::new(), || to_tree(value));
        let written = tree.and_then(|tree| self.property(name, &tree, &files));
        if let Err(fault) = written {
            self.fault.get_or_insert(fault);
        }
    }

    fn property(&mut self, name: &str, tree: &Tree, files: &[FilePart]) -> Result<(), Fault> {
        let part = self.parts.iter().find(|part| part.parameter.name == name);
        let given = part.and_then(|part| part.media.first().copied());
        match (part, tree) {
            (_, Tree::Null) => Ok(()),
            (Some(part), Tree::Array(items)) if part.is_file() => {
                let mut items = items.iter();
                items.try_for_each(|item| self.file(part, item, files))
            }
            (Some(part), tree) if part.is_file() => self.file(part, tree, files),
            (Some(part), tree) if part.is_styled() => {
                let is_json = part.parameter.style == Style::Json;
                let given = given.or(is_json.then_some(media::JSON));
                for (name, text) in spell(&part.parameter, tree)? {
                    match given {
                        Some(_) => {
                            let text = decode_query(&text).ok_or_else(not_utf8)?.into_owned();
                            self.target.text(part.parameter.name, text, given);
                        }
                        None => self.target.pair(&name, &text),
                    }
                }
                Ok(())
            }
            (_, Tree::Array(items)) => {
                let mut items = items.iter();
                items.try_for_each(|item| self.value(name, item, given))
            }
            (_, value) => self.value(name, value, given),
        }
    }

    fn file(&mut self, part: &Part, tree: &Tree, files: &[FilePart]) -> Result<(), Fault> {
        let index = match tree {
            Tree::Unsigned(index) => usize::try_from(*index).ok(),
            _ => None,
        };
        let file = index.and_then(|index| files.get(index));
        let file = file.ok_or_else(|| Fault("expected a file".to_owned()))?;
        self.target.file(part, file.clone())
    }

    fn value(
        &mut self,
        name: &str,
        value: &Tree,
        given: Option<&'static str>,
    ) -> Result<(), Fault> {
        let json = || serde_json::to_string(value).map_err(|error| Fault(error.to_string()));
        let (text, usual) = match value {
            Tree::Null => (String::new(), None),
            Tree::String(text) if given.is_none_or(|given| !media::is_json(given)) => {
                (text.clone(), None)
            }
            Tree::Array(_) | Tree::Object(_) => (json()?, Some(media::JSON)),
            _ => (json()?, None),
        };
        self.target.text(name, text, given.or(usual));
        Ok(())
    }
}

/// A text as it stands in a query.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    encode_component(text, &mut out);
    out
}
