//! Branches beside other words, and several lists of branches: one list, in which each branch says everything.

use std::sync::Arc;

use indexmap::IndexMap;

use crate::diag::{Code, Diagnostic, Place};
use crate::document::{Discriminator, JsonType, KeyRule, KeySets, Node, Schema, TypeSet};

use super::super::Lower;
use super::super::schema::allows_null;
use super::Joined;
use super::merge::merge;
use super::words::{
    both, has_union, is_null, only_restricts, restricts_unseen, says_anything,
    says_more_than_types, stated, within,
};

/// Branches that several lists may come to together.
const MAX_BRANCHES: usize = 256;

/// References that are followed to see what kind of value a branch is.
const MAX_STEPS: usize = 8;

/// One `oneOf` or `anyOf`.
pub(super) struct Group<'a> {
    keyword: &'static str,
    /// But for those that are `null`.
    pub(super) branches: Vec<&'a Arc<Schema>>,
    pub(super) null: bool,
    pub(super) discriminator: Option<Box<Discriminator>>,
}

impl<'a> Lower<'a> {
    /// `parts` joined, of which some have branches; `schema` is the one that they are joined for.
    pub(super) fn branches(&mut self, parts: &[&'a Schema], schema: &'a Schema) -> Joined<'a> {
        let groups: Vec<Group<'a>> = parts.iter().flat_map(|part| groups(part)).collect();
        let own = [schema];
        let alone = parts.len() == 1;
        // What was joined already has no branches, and comes first.
        let joined = if alone { &own[..] } else { &parts[..1] };
        let mut base = merge(joined, schema);
        base.nullable |= joined.iter().any(|part| part.nullable);
        let mut open = Vec::new();
        for group in groups {
            match settled(&group) {
                Some(said) => {
                    let null = group.null;
                    base = merge(&[&base, &said], &base);
                    if null {
                        base.nullable = true;
                        base.types = match base.types {
                            None if group.branches.is_empty() => {
                                Some(TypeSet::only(JsonType::Null))
                            }
                            types => types.map(|types| types.with(JsonType::Null)),
                        };
                    }
                }
                None => open.push(group),
            }
        }
        self.note_made(&base);
        if alone
            && self.excluded(&mut base, &open)
            && let [only] = open.as_slice()
        {
            return Joined::Schema(self.either(base, only));
        }
        match open.as_slice() {
            [] => Joined::Schema(self.keep(base)),
            [only] if self.adds_nothing(&base, only) => {
                if alone && schema.any_of.is_empty() != schema.one_of.is_empty() {
                    return Joined::Schema(schema);
                }
                let united = Schema {
                    one_of: only
                        .branches
                        .iter()
                        .map(|branch| Arc::clone(branch))
                        .collect(),
                    nullable: allows_null(&base) || only.null,
                    types: None,
                    discriminator: only.discriminator.clone().or(base.discriminator.clone()),
                    ..base
                };
                Joined::Schema(self.keep(united))
            }
            _ => self.product(&base, &open, schema),
        }
    }

    /// Whether each branch says as much without the words beside it.
    fn adds_nothing(&mut self, base: &Schema, group: &Group<'a>) -> bool {
        if says_more_than_types(base) || base.boolean == Some(false) {
            return false;
        }
        let Some(types) = base.types else { return true };
        group.branches.iter().all(|branch| {
            self.kinds_stated(branch, 0)
                .is_some_and(|stated| within(stated.without(JsonType::Null), types))
        })
    }

    /// The types of a schema's values, references followed.
    pub(super) fn kinds_stated(&self, schema: &'a Schema, steps: usize) -> Option<TypeSet> {
        if steps > MAX_STEPS {
            return None;
        }
        let target = schema
            .reference
            .as_ref()
            .and_then(|reference| self.document.resolve(reference))
            .and_then(|place| self.document.schema_at(&place));
        let all = schema
            .all_of
            .iter()
            .map(|branch| &**branch)
            .chain(target)
            .filter_map(|part| self.kinds_stated(part, steps + 1));
        let own = stated(schema);
        let any = |branches: &'a [Arc<Schema>]| {
            let mut kinds = TypeSet::EMPTY;
            for branch in branches {
                for kind in self.kinds_stated(branch, steps + 1)?.iter() {
                    kinds = kinds.with(kind);
                }
            }
            (!branches.is_empty()).then_some(kinds)
        };
        all.chain(own)
            .chain(any(&schema.one_of))
            .chain(any(&schema.any_of))
            .reduce(both)
    }

    /// Every combination of a branch from each group, joined with what stands beside them.
    fn product(&mut self, base: &Schema, groups: &[Group<'a>], schema: &'a Schema) -> Joined<'a> {
        let place = schema.place.child("allOf");
        let nullable = allows_null(base) || groups.iter().all(|group| group.null);
        // Said here once, rather than for each combination.
        self.note_restrictions(base);
        let mut shared = Schema {
            place: place.child("base"),
            title: None,
            description: None,
            default: None,
            nullable: false,
            types: base
                .types
                .map(|types| types.without(JsonType::Null))
                .filter(|types| !types.is_empty()),
            ..base.clone()
        };
        if restricts_unseen(&shared) {
            let rare = shared.rare_mut();
            rare.not = None;
            rare.restrictions.clear();
        }
        let shared = Arc::new(shared);
        let mut groups = groups;
        let count = groups.iter().try_fold(1_usize, |count, group| {
            count.checked_mul(group.branches.len())
        });
        if count.is_none_or(|count| count > MAX_BRANCHES) && groups.len() > 1 {
            self.sink.push(
                Diagnostic::new(
                    Code::UNSUPPORTED_UNION,
                    schema.place.clone(),
                    "the unions that meet here have too many combinations; the first alone is carried",
                )
                .help("write out the combinations that there are"),
            );
            groups = &groups[..1];
        }
        let mut rows: Vec<Vec<&'a Arc<Schema>>> = vec![Vec::new()];
        for group in groups {
            rows = rows
                .iter()
                .flat_map(|row| {
                    group.branches.iter().map(|branch| {
                        let mut row = row.clone();
                        row.push(*branch);
                        row
                    })
                })
                .collect();
        }
        rows.retain(|row| {
            let kinds = row.iter().filter_map(|branch| self.kinds_stated(branch, 0));
            kinds
                .chain(shared.types)
                .reduce(both)
                .is_none_or(|kinds| !kinds.without(JsonType::Null).is_empty())
        });
        let discriminator = groups
            .iter()
            .find_map(|group| group.discriminator.clone())
            .or(base.discriminator.clone());
        let mut one_of = Vec::with_capacity(rows.len());
        for (index, row) in rows.iter().enumerate() {
            let extends = row.iter().any(|branch| self.extends(branch, schema));
            let shared = Some(&shared).filter(|shared| !extends && says_anything(shared));
            one_of.push(match row.as_slice() {
                [only] if shared.is_none() => Arc::clone(*only),
                row => {
                    let made = combination(place.child("oneOf").index(index), row, shared);
                    self.made.insert(made.place.clone());
                    Arc::new(made)
                }
            });
        }
        let united = Schema {
            place: schema.place.clone(),
            title: base.title.clone(),
            description: base.description.clone(),
            deprecated: base.deprecated,
            default: base.default.clone(),
            nullable,
            discriminator,
            one_of,
            ..Schema::default()
        };
        Joined::Schema(self.keep(united))
    }
}

/// The schema of a branch of each group, and of what stands beside them.
fn combination(place: Place, row: &[&Arc<Schema>], shared: Option<&Arc<Schema>>) -> Schema {
    let told: Vec<&Arc<Schema>> = row.iter().copied().filter(|branch| tells(branch)).collect();
    let title = match told.as_slice() {
        [only] => only.title.clone(),
        _ => None,
    };
    let all = shared.into_iter().chain(row.iter().copied());
    Schema {
        place,
        title,
        all_of: all.cloned().collect(),
        ..Schema::default()
    }
}

/// Whether a branch says what it is, and not only what must be there.
fn tells(branch: &Schema) -> bool {
    branch.reference.is_some() || branch.title.is_some() || !only_restricts(branch)
}

fn groups(part: &Schema) -> Vec<Group<'_>> {
    [("oneOf", &part.one_of), ("anyOf", &part.any_of)]
        .into_iter()
        .filter(|(_, branches)| !branches.is_empty())
        .map(|(keyword, branches)| Group {
            keyword,
            branches: branches.iter().filter(|branch| !is_null(branch)).collect(),
            null: branches.iter().any(|branch| is_null(branch)),
            discriminator: part.discriminator.clone(),
        })
        .collect()
}

/// What a group says in the words of one schema, where it can: all of its branches list scalars, or none of them says
/// what a value looks like.
fn settled(group: &Group<'_>) -> Option<Schema> {
    match group.branches.as_slice() {
        [] => Some(Schema::default()),
        branches if branches.iter().all(|branch| only_restricts(branch)) => {
            Some(restriction(group))
        }
        [_] => None,
        branches => listed(branches),
    }
}

/// Branches that say nothing but which properties must be there, or which texts fit: one of them has to hold.
fn restriction(group: &Group<'_>) -> Schema {
    if let [only] = group.branches.as_slice() {
        return (***only).clone();
    }
    let mut schema = Schema::default();
    let objects = group.branches.iter().any(|branch| {
        !branch.required.is_empty() || !branch.properties.is_empty() || branch.types.is_some()
    });
    if objects {
        schema.types = Some(TypeSet::only(JsonType::Object).with(JsonType::Null));
    }
    let sets = group.branches.iter().map(|branch| only_requires(branch));
    if let Some(sets) = sets.collect() {
        schema.rare_mut().key_sets.push(KeySets {
            rule: if group.keyword == "oneOf" {
                KeyRule::One
            } else {
                KeyRule::Any
            },
            sets,
        });
        return schema;
    }
    // Branches without a word are all true.
    if group
        .branches
        .iter()
        .all(|branch| says_anything(branch) || restricts_unseen(branch))
    {
        schema
            .rare_mut()
            .restrictions
            .push(group.keyword.to_owned());
    }
    schema
}

/// The properties that a branch requires, where that is all it does.
fn only_requires(branch: &Schema) -> Option<Vec<String>> {
    let requires = !branch.required.is_empty()
        && branch.format.is_none()
        && branch.constraints.is_none()
        && branch.rare.is_none()
        && branch
            .properties
            .values()
            .all(|property| property.boolean != Some(false) && property.rare.is_none());
    requires.then(|| branch.required.clone())
}

/// Branches that list scalars, each with a text of its own perhaps: one list.
fn listed(branches: &[&Arc<Schema>]) -> Option<Schema> {
    let mut values: IndexMap<String, (Node, Node, Node)> = IndexMap::new();
    let mut types: Option<TypeSet> = None;
    for branch in branches {
        let list = match (&branch.constant, &branch.enumeration) {
            (Some(constant), _) => std::slice::from_ref(constant),
            (None, Some(list)) => list.as_slice(),
            (None, None) => return None,
        };
        let plain = branch.reference.is_none()
            && branch.all_of.is_empty()
            && !has_union(branch)
            && branch.properties.is_empty()
            && list
                .iter()
                .all(|value| !matches!(value, Node::Array(_) | Node::Object(_)));
        if !plain {
            return None;
        }
        for kind in stated(branch)?.iter() {
            types = Some(types.unwrap_or_default().with(kind));
        }
        let text = |text: &Option<String>| {
            text.clone()
                .filter(|_| list.len() == 1)
                .map_or(Node::Null, Node::String)
        };
        for value in list {
            let key = format!("{}{value:?}", value.kind_name());
            values.entry(key).or_insert_with(|| {
                (
                    value.clone(),
                    text(&branch.title),
                    text(&branch.description),
                )
            });
        }
    }
    let mut schema = Schema {
        types,
        ..Schema::default()
    };
    let mut lists = [
        ("x-enum-varnames", Vec::new()),
        ("x-enum-descriptions", Vec::new()),
    ];
    let mut enumeration = Vec::with_capacity(values.len());
    for (value, title, description) in values.into_values() {
        enumeration.push(value);
        lists[0].1.push(title);
        lists[1].1.push(description);
    }
    schema.enumeration = Some(enumeration);
    for (name, list) in lists {
        if list.iter().any(|text| !text.is_null()) {
            schema.extensions.insert(name.to_owned(), Node::Array(list));
        }
    }
    Some(schema)
}
