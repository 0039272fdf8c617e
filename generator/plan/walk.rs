//! Every type expression of a plan.

use super::{
    BodyForm, ExtraItem, OperationItem, ResponseVariant, RustPlan, RustType, TypeItem, TypeKind,
    Written,
};

impl RustPlan {
    /// Calls `see` with each type that an item or operation names.
    pub fn each_type(&self, see: &mut impl FnMut(&RustType)) {
        self.types.iter().for_each(|item| item.each_type(see));
        let operations = self.operations.iter();
        operations.for_each(|operation| operation.each_type(see));
        for field in self.headers.iter().flat_map(|set| &set.fields) {
            see(&field.ty);
        }
    }
}

impl TypeItem {
    /// Calls `see` with each type that it names.
    pub fn each_type(&self, see: &mut impl FnMut(&RustType)) {
        match &self.kind {
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
}

impl OperationItem {
    /// Calls `see` with each type that it names, those of its headers aside.
    pub fn each_type(&self, see: &mut impl FnMut(&RustType)) {
        for parameter in &self.parameters {
            see(&parameter.ty);
        }
        if let Some(body) = &self.body {
            see(&body.ty);
            body.form.each_type(see);
        }
        for variant in self.response.all() {
            variant.each_type(see);
        }
    }
}

impl ResponseVariant {
    /// Calls `see` with each type of its body.
    pub fn each_type(&self, see: &mut impl FnMut(&RustType)) {
        if let Some(body) = &self.body {
            see(&body.ty);
            body.form.each_type(see);
        }
    }
}

impl BodyForm {
    /// Calls `see` with each type of its variants and of its forms.
    fn each_type(&self, see: &mut impl FnMut(&RustType)) {
        match self {
            Self::One(written) => written.each_type(see),
            Self::Choice(choice) => choice.variants.iter().for_each(|it| {
                see(&it.ty);
                it.written.each_type(see);
            }),
        }
    }
}

impl Written {
    fn each_type(&self, see: &mut impl FnMut(&RustType)) {
        if let Some(form) = &self.form {
            see(&form.whole);
            form.parts.iter().for_each(|part| see(&part.ty));
        }
    }
}
