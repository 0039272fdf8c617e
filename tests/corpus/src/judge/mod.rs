//! Judges values by the schemas of the raw document, with the `jsonschema` crate.

mod dialect;
mod tidy;

use std::cell::RefCell;
use std::collections::HashMap;
use std::net::IpAddr;
use std::rc::Rc;

use jsonschema::{Draft, Registry, Validator};
use serde_json::{Value, json};

use crate::fault::Fault;
use crate::raw::{Files, Node, Site};

use dialect::Reading;
pub(crate) use dialect::{Written, uri};

/// What a schema says of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    Valid,
    /// The first thing that is wrong: the keyword that says so, and in words.
    Invalid {
        keyword: String,
        text: String,
    },
    /// The schema itself is not one: why.
    Unjudged(String),
}

/// The document's schemas in the dialect of JSON Schema 2020-12.
pub(crate) struct Judge {
    registry: Registry<'static>,
    dialect: dialect::Dialect,
    /// Whether `format` is checked, and what a discriminator says.
    strict: bool,
    validators: RefCell<HashMap<Site, Rc<Result<Validator, String>>>>,
}

impl Judge {
    pub(crate) fn new(files: &Files, nodes: &[Node], strict: bool) -> Result<Self, Fault> {
        Self::reading(files, nodes, strict, None)
    }

    /// A judge to whom each schema is what `reading` makes of it.
    pub(crate) fn reading(
        files: &Files,
        nodes: &[Node],
        strict: bool,
        reading: Option<Reading<'_>>,
    ) -> Result<Self, Fault> {
        let (trees, dialect) = dialect::translate(files, nodes, strict, reading);
        let mut builder = Registry::new().draft(Draft::Draft202012);
        for (file, tree) in trees.into_iter().enumerate() {
            builder = builder
                .add(uri(file), tree)
                .map_err(|error| Fault::new(error.to_string()))?;
        }
        let registry = builder
            .prepare()
            .map_err(|error| Fault::new(error.to_string()))?;
        Ok(Self {
            registry,
            dialect,
            strict,
            validators: RefCell::default(),
        })
    }

    /// Judges a value by the schema at `site`.
    pub(crate) fn judge(&self, site: &Site, value: &Value) -> Verdict {
        match &*self.validator(site) {
            Err(reason) => Verdict::Unjudged(reason.clone()),
            Ok(validator) => match validator.validate(value) {
                Ok(()) => Verdict::Valid,
                Err(error) => {
                    let mut text = error.to_string();
                    if let Some((end, _)) = text.char_indices().nth(200) {
                        text.truncate(end);
                    }
                    Verdict::Invalid {
                        keyword: error.kind().keyword().to_owned(),
                        text: format!("{}: {text}", error.instance_path()),
                    }
                }
            },
        }
    }

    fn validator(&self, site: &Site) -> Rc<Result<Validator, String>> {
        if let Some(known) = self.validators.borrow().get(site) {
            return Rc::clone(known);
        }
        let schema = json!({ "$ref": self.dialect.reference(site) });
        let built = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .with_registry(&self.registry)
            .should_validate_formats(self.strict)
            .with_format("ip", |text: &str| text.parse::<IpAddr>().is_ok())
            .build(&schema)
            .map_err(|error| error.to_string());
        let built = Rc::new(built);
        self.validators
            .borrow_mut()
            .insert(site.clone(), Rc::clone(&built));
        built
    }
}

#[cfg(test)]
#[path = "judge_tests.rs"]
mod tests;
