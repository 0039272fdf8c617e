//! Every type expression of a plan.

use super::{ExtraItem, RustPlan, RustType, TypeKind};

impl RustPlan {
    /// Calls `see` with each type that an item or operation names.
    pub fn each_type(&self, see: &mut impl FnMut(&RustType)) {
        for item in &self.types {
            match &item.kind {
                TypeKind::Struct(structure) => {
                    structure.fields.iter().for_each(|field| see(&field.ty));
                    structure.matching.iter().for_each(|item| see(&item.ty));
                    if let ExtraItem::Keep(_, map) = &structure.extra {
                        see(map);
                    }
                }
                TypeKind::Tuple(tuple) => {
                    tuple.parts.iter().for_each(|part| see(&part.ty));
                    tuple.rest.iter().for_each(|rest| see(&rest.ty));
                }
                TypeKind::Union(union) => {
                    union.variants.iter().for_each(|variant| see(&variant.ty));
                }
                TypeKind::Alias(target) | TypeKind::Wrapper(target, _) => see(target),
                TypeKind::Enum(_) => {}
            }
        }
        for operation in &self.operations {
            operation
                .parameters
                .iter()
                .for_each(|parameter| see(&parameter.ty));
            operation.body.iter().for_each(|body| see(&body.ty));
            let variants = operation.response.all();
            variants
                .filter_map(|variant| variant.body.as_ref())
                .for_each(|body| see(&body.ty));
        }
        for field in self.headers.iter().flat_map(|set| &set.fields) {
            see(&field.ty);
        }
    }
}
