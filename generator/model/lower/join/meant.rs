//! A `type` that excludes what stands beside it.

use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Place};
use crate::document::{JsonType, Schema};

use super::super::Lower;
use super::super::schema::allows_null;
use super::branches::Group;
use super::words::{both, restricts_unseen, says_more_than_types, stated};

impl<'a> Lower<'a> {
    /// Says which branches the types beside them exclude. Where those are all branches, the types are not meant to hold
    /// with them; answers whether they say of a value what it may be instead.
    pub(super) fn excluded(&mut self, base: &mut Schema, groups: &[Group<'a>]) -> bool {
        let Some(types) = base.types.map(|types| types.without(JsonType::Null)) else {
            return false;
        };
        if types.is_empty() {
            return false;
        }
        let branches = groups.iter().flat_map(|group| &group.branches);
        let (out, rest) = branches.partition::<Vec<&Arc<Schema>>, _>(|branch| {
            let kinds = self.kinds_stated(branch, 0);
            let kinds = kinds.map(|kinds| kinds.without(JsonType::Null));
            kinds.is_some_and(|kinds| !kinds.is_empty() && both(kinds, types).is_empty())
        });
        let says_more = says_more_than_types(base);
        let structural = types.contains(JsonType::Object) || types.contains(JsonType::Array);
        if out.is_empty() {
            false
        } else if rest.is_empty() && (says_more || !structural) {
            self.excludes(
                base,
                "excludes all of the branches; it is carried as one more",
            );
            true
        } else if says_more {
            for branch in out {
                let what = "the `type` beside the branches excludes this one; it is left out";
                self.sink.push(
                    Diagnostic::new(Code::EXCLUDED_BRANCH, branch.place.clone(), what)
                        .related(base.place.child("type"), "the type")
                        .help("take the `type` away, or the branch"),
                );
            }
            false
        } else {
            self.excludes(
                base,
                "excludes branches that stand beside it; it is left out",
            );
            base.types = None;
            false
        }
    }

    fn excludes(&mut self, base: &Schema, what: &str) {
        let place = base.place.child("type");
        self.sink.push(
            Diagnostic::new(Code::EXCLUDING_TYPE, place, format!("the `type` {what}"))
                .help("take the `type` away, or state all that there is in one `oneOf`"),
        );
    }

    /// A value of the branches, or of what stands beside them.
    pub(super) fn either(&mut self, base: Schema, group: &Group<'a>) -> &'a Schema {
        let place: Place = base.place.child("allOf").child("base");
        let own = Schema {
            place: place.clone(),
            title: None,
            description: None,
            default: None,
            nullable: false,
            types: base.types.map(|types| types.without(JsonType::Null)),
            ..base.clone()
        };
        self.made.insert(place);
        let branches = group.branches.iter().map(|branch| Arc::clone(branch));
        self.keep(Schema {
            nullable: allows_null(&base) || group.null,
            discriminator: group.discriminator.clone(),
            one_of: std::iter::once(Arc::new(own)).chain(branches).collect(),
            place: base.place,
            title: base.title,
            description: base.description,
            deprecated: base.deprecated,
            default: base.default,
            ..Schema::default()
        })
    }

    /// Leaves out of `parts` the types of `schema` itself where it says no more than those, and they exclude all that
    /// the others hold: editors put a `type` beside every reference, and readers of OpenAPI 3.0 overlook it.
    pub(super) fn drop_unmeant(&mut self, parts: &mut Vec<&Schema>, schema: &Schema) {
        let own = parts.iter().position(|part| std::ptr::eq(*part, schema));
        let Some(own) = own.filter(|_| parts.len() > 1) else {
            return;
        };
        if says_more_than_types(schema) || restricts_unseen(schema) {
            return;
        }
        let others = parts.iter().enumerate().filter(|(at, _)| *at != own);
        let meant = others.filter_map(|(_, part)| stated(part)).reduce(both);
        let meant = meant.map(|types| types.without(JsonType::Null));
        let (Some(types), Some(meant)) = (schema.types, meant) else {
            return;
        };
        if meant.is_empty() || !both(types, meant).without(JsonType::Null).is_empty() {
            return;
        }
        let what = if schema.reference.is_some() {
            "the reference"
        } else {
            "the `allOf`"
        };
        self.sink.push(
            Diagnostic::new(
                Code::EXCLUDING_TYPE,
                schema.place.child("type"),
                format!("the `type` beside {what} excludes what it names; it is left out"),
            )
            .help("take the `type` away"),
        );
        parts.remove(own);
    }
}
