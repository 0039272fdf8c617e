//! Which values of a discriminator stand for which variant of a union.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use indexmap::IndexSet;

use crate::diag::{Code, Diagnostic, Place};
use crate::document::Discriminator;

use super::super::types::{Origin, Shape, TypeId};
use super::super::union::{Facts, Variant};
use super::Lower;
use super::facts::Found;

/// Unions within unions whose variants a discriminator may name.
const MAX_DEPTH: usize = 8;

/// Values of a discriminator by the place that they are mapped to.
pub(super) type Mapped = HashMap<Place, Vec<String>>;

/// What a discriminator says of one variant.
struct Tagged {
    /// Where its forms stand.
    forms: Range<usize>,
    /// The values that are mapped to it.
    mapped: Arc<IndexSet<String>>,
    /// The names of the components that it is, which stand for it without a mapping.
    names: Vec<String>,
    fallback: bool,
}

impl Lower<'_> {
    /// The forms of all variants.
    pub(super) fn forms(
        &self,
        variants: &[Variant],
        discriminator: Option<&Discriminator>,
        discriminators: &HashMap<TypeId, &Discriminator>,
        found: &Found,
    ) -> Vec<Facts> {
        let mut forms = Vec::new();
        let mut tagged = Vec::new();
        for (owner, variant) in variants.iter().enumerate() {
            let first = forms.len();
            self.forms_of(variant.ty, 0, found, &mut forms);
            for form in &mut forms[first..] {
                form.owner = owner;
            }
            if let Some(discriminator) = discriminator {
                let range = first..forms.len();
                tagged.push(self.tagged(variant, range, discriminator, discriminators, found));
            }
        }
        if let Some(discriminator) = discriminator {
            let tags = tags(&forms, &tagged, discriminator);
            for (form, tags) in forms.iter_mut().zip(tags) {
                form.tags = tags;
            }
            for tagged in &tagged {
                for form in &mut forms[tagged.forms.clone()] {
                    form.fallback = tagged.fallback;
                }
            }
        }
        forms
    }

    fn tagged(
        &self,
        variant: &Variant,
        forms: Range<usize>,
        discriminator: &Discriminator,
        discriminators: &HashMap<TypeId, &Discriminator>,
        found: &Found,
    ) -> Tagged {
        let place = self.place_of_variant(variant);
        let end = self.end_of(place);
        let mut names: Vec<String> = self.component_named(place).into_iter().collect();
        let fallback = discriminator
            .default_mapping
            .as_ref()
            .is_some_and(|target| self.mapped(&discriminator.place, target) == end)
            || discriminator.default_mapping.is_none() && self.children.themselves.contains(place);
        let mut mapped: IndexSet<String> = self.mapped_to(&end, discriminator, found);
        // A union that goes by the same property stands for the values of its own variants.
        if let Some(inner) = discriminators.get(&self.settled(variant.ty).0)
            && inner.property == discriminator.property
            && let Shape::Union(union) = self.shape_of(self.settled(variant.ty).0)
        {
            for inside in &union.variants {
                let place = self.place_of_variant(inside);
                let end = self.end_of(place);
                let own = self.mapped_to(&end, inner, found);
                if own.is_empty() {
                    names.extend(self.component_named(place));
                }
                mapped.extend(own);
            }
        }
        if mapped.is_empty() {
            mapped.extend(self.value_stated(&end));
        }
        Tagged {
            forms,
            mapped: Arc::new(mapped),
            names,
            fallback,
        }
    }

    /// The value that a schema itself says it goes by, as some generators of documents write it.
    fn value_stated(&self, place: &Place) -> Option<String> {
        let extensions = &self.document.schema_at(place)?.extensions;
        let value = ["x-ms-discriminator-value", "x-discriminator-value"]
            .iter()
            .find_map(|key| extensions.get(*key))?;
        value.as_str().map(str::to_owned)
    }

    fn place_of_variant<'s>(&'s self, variant: &'s Variant) -> &'s Place {
        if let Some(target) = &variant.target {
            return target;
        }
        let ty = &self.types[variant.ty.id.0 as usize];
        match ty.origin {
            Origin::Request(of) => &self.types[of.0 as usize].place,
            _ => &ty.place,
        }
    }

    /// The values that a discriminator maps to what stands at a place.
    fn mapped_to(
        &self,
        end: &Place,
        discriminator: &Discriminator,
        found: &Found,
    ) -> IndexSet<String> {
        let mut known = found.mapped.borrow_mut();
        let mapped = known.entry(discriminator.place.clone()).or_insert_with(|| {
            let mut mapped = Mapped::new();
            for (value, target) in &discriminator.mapping {
                let place = self.mapped(&discriminator.place, target);
                mapped.entry(place).or_default().push(value.clone());
            }
            Arc::new(mapped)
        });
        mapped.get(end).into_iter().flatten().cloned().collect()
    }

    /// Says which values a discriminator maps to what is none of the variants.
    pub(super) fn report_mapping(&mut self, variants: &[Variant], discriminator: &Discriminator) {
        if discriminator.mapping.is_empty() {
            return;
        }
        let mut ends = HashSet::new();
        self.ends(variants, 0, &mut ends);
        for (value, target) in &discriminator.mapping {
            let place = self.mapped(&discriminator.place, target);
            if ends.contains(&place) {
                continue;
            }
            let what = if place == discriminator.place {
                "names nothing"
            } else {
                "is none of the branches"
            };
            self.sink.push(
                Diagnostic::new(
                    Code::DISCRIMINATOR_MAPPING,
                    discriminator.place.child("mapping").child(value),
                    format!("`{target}` {what}: `{value}` stands for no variant"),
                )
                .help("name one of the branches, or take the value away"),
            );
        }
    }

    /// Where the variants of a union stand, and those of unions among them.
    fn ends(&self, variants: &[Variant], depth: usize, into: &mut HashSet<Place>) {
        for variant in variants {
            let new = into.insert(self.end_of(self.place_of_variant(variant)));
            if let Shape::Union(union) = self.shape_of(self.settled(variant.ty).0)
                && depth < MAX_DEPTH
                && new
            {
                self.ends(&union.variants, depth + 1, into);
            }
        }
    }
}

/// The values that stand for each form: those that are mapped to its variant, and those that it lists itself but for
/// such as are meant for another; else the name of its component.
fn tags(
    forms: &[Facts],
    tagged: &[Tagged],
    discriminator: &Discriminator,
) -> Vec<Arc<IndexSet<String>>> {
    let list = |form: &'_ Facts| {
        let object = form.object.as_ref()?;
        let property = object.properties.get(&discriminator.property)?;
        property.strings.clone()
    };
    let lists: Vec<Option<Arc<IndexSet<String>>>> = forms.iter().map(list).collect();
    // Whose name a value is.
    let mut named: HashMap<&str, usize> = HashMap::new();
    for (owner, tagged) in tagged.iter().enumerate() {
        for name in &tagged.names {
            named.entry(name).or_insert(owner);
        }
    }
    // Values that one lists to which nothing is mapped: they are rather its own than another's.
    let unmapped = tagged.iter().filter(|tagged| tagged.mapped.is_empty());
    let unmapped = unmapped.flat_map(|tagged| lists.get(tagged.forms.clone()).unwrap_or_default());
    let mut free: HashSet<&str> = HashSet::new();
    let mut seen: HashSet<*const IndexSet<String>> = HashSet::new();
    for list in unmapped.flatten() {
        if seen.insert(Arc::as_ptr(list)) {
            free.extend(list.iter().map(String::as_str));
        }
    }
    let mut tags = Vec::with_capacity(forms.len());
    for (owner, tagged) in tagged.iter().enumerate() {
        for list in lists.get(tagged.forms.clone()).unwrap_or_default() {
            let mine = |value: &&String| {
                !discriminator.mapping.contains_key(*value)
                    && named
                        .get(value.as_str())
                        .is_none_or(|named| *named == owner)
                    && (tagged.mapped.is_empty() || !free.contains(value.as_str()))
            };
            let own: Vec<&String> = list
                .iter()
                .flat_map(|list| list.iter())
                .filter(mine)
                .collect();
            let mut all = Arc::clone(&tagged.mapped);
            if !own.is_empty() {
                Arc::make_mut(&mut all).extend(own.into_iter().cloned());
            }
            if all.is_empty() && !tagged.fallback {
                all = Arc::new(tagged.names.iter().cloned().collect());
            }
            tags.push(all);
        }
    }
    tags
}
