//! Matches methods and paths to routes.
//!
//! The templates form a tree of segments. Literal text beats parameters, longer literal text beats
//! shorter, and a branch that leads nowhere is left for the next, so no set of templates is an
//! error. A search visits each node of the tree at most once.
//!
//! A path that is written out in the document is that path, whatever the method: beside `GET /pets/mine`,
//! `DELETE /pets/mine` is not `DELETE /pets/{id}` (OpenAPI: concrete paths are matched before templated ones).

use std::borrow::Cow;
use std::ops::Range;

use crate::support::params::decode_segment;
use crate::support::template::{self, Piece};

/// A set of routes, each with a value.
#[derive(Debug)]
pub struct Router<T> {
    /// The tree; the root is the first.
    nodes: Vec<Node<T>>,
}

#[derive(Debug)]
struct Node<T> {
    /// Children below literal segments, sorted.
    literals: Vec<(&'static str, usize)>,
    /// Children below segments with parameters, most specific first.
    patterns: Vec<(Pattern, usize)>,
    routes: Vec<Route<T>>,
}

impl<T> Default for Node<T> {
    fn default() -> Self {
        Self {
            literals: Vec::new(),
            patterns: Vec::new(),
            routes: Vec::new(),
        }
    }
}

#[derive(Debug)]
struct Route<T> {
    method: &'static str,
    names: Vec<&'static str>,
    value: T,
}

/// The literal text of a segment with parameters: what comes before the first, then what follows each.
#[derive(Debug, PartialEq, Eq)]
struct Pattern {
    before: &'static str,
    after: Vec<&'static str>,
}

impl Pattern {
    /// How specific the pattern is: the most literal text first, then the fewest parameters.
    fn rank(&self) -> (usize, std::cmp::Reverse<usize>) {
        let literal = self.before.len() + self.after.iter().map(|text| text.len()).sum::<usize>();
        (literal, std::cmp::Reverse(self.after.len()))
    }

    /// Matches `segment`, which starts at `offset` of the path, and appends the ranges of the values.
    ///
    /// A value is never empty. Where the text between two parameters occurs more than once, its
    /// last occurrence counts: `{name}.{extension}` reads `a.tar.gz` as `a.tar` and `gz`.
    fn matches(&self, segment: &str, offset: usize, values: &mut Vec<Range<usize>>) -> bool {
        let depth = values.len();
        let found = self.values(segment, offset + self.before.len(), values);
        if found.is_none() {
            values.truncate(depth);
        } else if let Some(found) = values.get_mut(depth..) {
            found.reverse();
        }
        found.is_some()
    }

    /// Appends the ranges of the values, last first; the text between two is looked for from the end.
    fn values(&self, segment: &str, offset: usize, values: &mut Vec<Range<usize>>) -> Option<()> {
        let (last, between) = self.after.split_last()?;
        let mut rest = segment.strip_prefix(self.before)?.strip_suffix(last)?;
        for separator in between.iter().rev() {
            let last = rest.char_indices().next_back()?.0;
            let cut = rest.get(..last)?.rfind(separator)?;
            values.push(offset + cut + separator.len()..offset + rest.len());
            rest = rest.get(..cut)?;
        }
        values.push(offset..offset + rest.len());
        (!rest.is_empty()).then_some(())
    }
}

/// What a search found.
#[derive(Debug)]
pub enum Match<'r, T> {
    /// A route, and the names of its parameters with the ranges of their raw values in the path.
    Route(&'r T, Vec<(&'static str, Range<usize>)>),
    /// The path has routes, with these methods only.
    OtherMethods(Vec<&'static str>),
    /// No route has this path.
    Nothing,
}

impl<T> Default for Router<T> {
    fn default() -> Self {
        Self {
            nodes: vec![Node::default()],
        }
    }
}

impl<T> Router<T> {
    /// Adds a route. The first of several with the same method and an equal path is the one that answers.
    pub fn insert(&mut self, method: &'static str, template: &'static str, value: T) {
        let mut names = Vec::new();
        let mut node = 0;
        for segment in segments(template::path(template)) {
            node = self.child(node, segment.1, &mut names);
        }
        if let Some(node) = self.nodes.get_mut(node) {
            node.routes.push(Route {
                method,
                names,
                value,
            });
        }
    }

    /// Returns the child of `parent` below `segment`, made if need be.
    fn child(
        &mut self,
        parent: usize,
        segment: &'static str,
        names: &mut Vec<&'static str>,
    ) -> usize {
        let next = self.nodes.len();
        let Some(node) = self.nodes.get_mut(parent) else {
            return parent;
        };
        let mut pattern = Pattern {
            before: "",
            after: Vec::new(),
        };
        for piece in template::pieces(segment) {
            match piece {
                Piece::Parameter(name) => {
                    names.push(name);
                    pattern.after.push("");
                }
                Piece::Literal(text) => {
                    *pattern.after.last_mut().unwrap_or(&mut pattern.before) = text;
                }
            }
        }
        if pattern.after.is_empty() {
            match node
                .literals
                .binary_search_by_key(&segment, |(literal, _)| literal)
            {
                Ok(found) => return node.literals.get(found).map_or(parent, |child| child.1),
                Err(place) => node.literals.insert(place, (segment, next)),
            }
        } else {
            if let Some((_, child)) = node.patterns.iter().find(|(known, _)| *known == pattern) {
                return *child;
            }
            let place = node
                .patterns
                .partition_point(|(known, _)| known.rank() >= pattern.rank());
            node.patterns.insert(place, (pattern, next));
        }
        self.nodes.push(Node::default());
        next
    }

    /// Finds the route for a method and the raw path of a request. `HEAD` falls back to `GET`.
    pub fn find(&self, method: &str, path: &str) -> Match<'_, T> {
        let segments: Vec<(usize, &str)> = segments(path).collect();
        let mut search = Search {
            router: self,
            method,
            values: Vec::new(),
            allow: Vec::new(),
            arrivals: 0,
        };
        if let Some(found) = search.descend(0, &segments) {
            return found;
        }
        let mut allow = search.allow;
        if allow.is_empty() {
            return Match::Nothing;
        }
        if method == "HEAD" && allow.contains(&"GET") {
            return self.find("GET", path);
        }
        if allow.contains(&"GET") && !allow.contains(&"HEAD") {
            allow.push("HEAD");
        }
        if !allow.contains(&"OPTIONS") {
            allow.push("OPTIONS");
        }
        Match::OtherMethods(allow)
    }
}

/// Iterates over the segments of a path, each with its offset; a trailing slash makes an empty last one.
fn segments(path: &str) -> impl Iterator<Item = (usize, &str)> {
    let skipped = usize::from(path.starts_with('/'));
    let mut offset = skipped;
    path.get(skipped..)
        .unwrap_or_default()
        .split('/')
        .map(move |segment| {
            let start = offset;
            offset += segment.len() + 1;
            (start, segment)
        })
}

struct Search<'r, 'm, T> {
    router: &'r Router<T>,
    method: &'m str,
    values: Vec<Range<usize>>,
    allow: Vec<&'static str>,
    /// How many places with routes were come to, none of them with the method.
    arrivals: usize,
}

impl<'r, T> Search<'r, '_, T> {
    /// Searches below a node; as deep as the longest template at most.
    fn descend(&mut self, node: usize, segments: &[(usize, &str)]) -> Option<Match<'r, T>> {
        let node = self.router.nodes.get(node)?;
        let Some(((offset, segment), rest)) = segments.split_first() else {
            return self.arrive(node);
        };
        for literal in spellings(segment) {
            let child = node
                .literals
                .binary_search_by_key(&literal.as_ref(), |(known, _)| known);
            if let Some((_, child)) = child.ok().and_then(|child| node.literals.get(child)) {
                let before = self.arrivals;
                let found = self.descend(*child, rest);
                if found.is_some() || self.arrivals > before {
                    return found;
                }
            }
        }
        for (pattern, child) in &node.patterns {
            let depth = self.values.len();
            if pattern.matches(segment, *offset, &mut self.values)
                && let Some(found) = self.descend(*child, rest)
            {
                return Some(found);
            }
            self.values.truncate(depth);
        }
        None
    }

    /// The path is matched whole: is there a route with the method?
    fn arrive(&mut self, node: &'r Node<T>) -> Option<Match<'r, T>> {
        if let Some(route) = node.routes.iter().find(|route| route.method == self.method) {
            let values = route
                .names
                .iter()
                .copied()
                .zip(self.values.drain(..))
                .collect();
            return Some(Match::Route(&route.value, values));
        }
        self.arrivals += usize::from(!node.routes.is_empty());
        for route in &node.routes {
            if !self.allow.contains(&route.method) {
                self.allow.push(route.method);
            }
        }
        None
    }
}

/// The segment as it came, then decoded if that differs: `%7Euser` is `~user` (RFC 3986 §6.2.2.2).
fn spellings(segment: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let decoded = segment
        .contains('%')
        .then(|| decode_segment(segment))
        .flatten();
    std::iter::once(Cow::Borrowed(segment)).chain(decoded)
}
