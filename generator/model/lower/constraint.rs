//! What restricts a value beyond its shape.

use crate::diag::{Code, Diagnostic};
use crate::document::Schema;
use crate::pattern::Pattern;

use super::super::Constraints;
use super::Lower;
use super::enumeration::listed;

impl Lower<'_> {
    /// The assertions of one schema.
    pub(super) fn constraints(&mut self, schema: &Schema) -> Constraints {
        let written = schema.constraints();
        Constraints {
            min_length: written.min_length,
            max_length: written.max_length,
            patterns: self.patterns(schema),
            minimum: written.minimum,
            maximum: written.maximum,
            exclusive_minimum: written.exclusive_minimum,
            exclusive_maximum: written.exclusive_maximum,
            multiple_of: written.multiple_of,
            min_items: written.min_items,
            max_items: written.max_items,
            unique_items: written.unique_items,
            min_properties: written.min_properties,
            max_properties: written.max_properties,
            one_of: listed(schema),
        }
    }

    fn patterns(&mut self, schema: &Schema) -> Vec<Pattern> {
        let own = schema.constraints().pattern.iter();
        own.chain(&schema.rare().more_patterns)
            .filter_map(|written| self.pattern(schema, written))
            .collect()
    }

    fn pattern(&mut self, schema: &Schema, written: &str) -> Option<Pattern> {
        if !self.patterns.contains_key(written) {
            let pattern = Pattern::new(written).map_err(|why| why.to_string());
            self.patterns.insert(written.to_owned(), pattern);
        }
        match self.patterns.get(written)? {
            Ok(pattern) => Some(pattern.clone()),
            Err(why) => {
                let message = format!("this regular expression is not checked: {why}");
                self.sink.push(
                    Diagnostic::new(
                        Code::UNSUPPORTED_PATTERN,
                        schema.place.child("pattern"),
                        message,
                    )
                    .help("write it in the syntax of ECMAScript (ECMA-262), which JSON Schema has"),
                );
                None
            }
        }
    }
}
