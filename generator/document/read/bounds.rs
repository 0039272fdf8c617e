//! The keywords that bound numbers and counts.

use super::{At, Reader};
use crate::diag::Code;
use crate::document::{Constraints, Node, Number, Schema, Version};

/// 3.0's boolean `exclusiveMinimum` and `exclusiveMaximum`, until the bounds are known.
#[derive(Default)]
pub(super) struct Exclusive {
    pub(super) minimum: bool,
    pub(super) maximum: bool,
}

impl Reader<'_> {
    pub(super) fn bound(
        &mut self,
        key: &str,
        node: &Node,
        at: At<'_>,
        constraints: &mut Constraints,
    ) {
        let number: fn(&mut Constraints) -> &mut Option<Number> = match key {
            "minimum" => |all| &mut all.minimum,
            "maximum" => |all| &mut all.maximum,
            _ => |all| &mut all.multiple_of,
        };
        let count: fn(&mut Constraints) -> &mut Option<u64> = match key {
            "minLength" => |all| &mut all.min_length,
            "maxLength" => |all| &mut all.max_length,
            "minItems" => |all| &mut all.min_items,
            "maxItems" => |all| &mut all.max_items,
            "minContains" => |all| &mut all.min_contains,
            "maxContains" => |all| &mut all.max_contains,
            "minProperties" => |all| &mut all.min_properties,
            "maxProperties" => |all| &mut all.max_properties,
            "multipleOf" => {
                constraints.multiple_of = self.multiple_of(node, at);
                return;
            }
            _ => {
                *number(constraints) = self.number(node, at);
                return;
            }
        };
        *count(constraints) = self.count(node, at);
    }

    fn multiple_of(&mut self, node: &Node, at: At<'_>) -> Option<Number> {
        let number = self.number(node, at)?;
        if number.as_f64() > 0.0 {
            return Some(number);
        }
        let message = format!("`multipleOf` must be greater than 0, not {number}");
        self.report(Code::INVALID_VALUE, at, message);
        None
    }

    pub(super) fn exclusive(
        &mut self,
        key: &str,
        node: &Node,
        at: At<'_>,
        schema: &mut Schema,
        exclusive: &mut Exclusive,
    ) {
        if let Node::Bool(value) = node {
            self.until_v30(
                at,
                "write the bound itself here, in place of the other keyword",
            );
            match key {
                "exclusiveMinimum" => exclusive.minimum = *value,
                _ => exclusive.maximum = *value,
            }
            return;
        }
        self.since(Version::V31, at);
        let number = self.number(node, at);
        let constraints = schema.constraints_mut();
        match key {
            "exclusiveMinimum" => constraints.exclusive_minimum = number,
            _ => constraints.exclusive_maximum = number,
        }
    }
}
