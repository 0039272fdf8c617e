//! What the package says of itself.

use crate::config::ApiConfig;
use crate::output::{OperationLine, Package, TagFeature};

use super::{FULL, OperationItem, Parts, RustPlan, TagItem};

impl RustPlan {
    /// The package's name, title and table of contents.
    #[must_use]
    pub fn package<'a>(&'a self, config: &'a ApiConfig, parts: Option<&'a Parts>) -> Package<'a> {
        let parts = parts.iter().flat_map(|parts| &parts.parts);
        let features = parts.filter(|part| part.feature != FULL).map(|part| {
            let tag = part.plan.tags.first();
            TagFeature {
                name: &part.feature,
                tag: tag.and_then(|tag| tag.name.as_deref()),
                view: tag.map_or("", |tag| &tag.trait_name),
            }
        });
        let lines = self.tags.iter().flat_map(|tag| {
            let operations = tag
                .operations
                .iter()
                .filter_map(|index| self.operations.get(*index));
            operations.map(move |operation| line(tag, operation))
        });
        Package {
            name: &self.crate_name,
            title: &self.title,
            version: &self.version,
            openapi: &self.openapi,
            base_url: self.servers.first().map(String::as_str),
            groups: self.tags.iter().map(|tag| tag.ident.clone()).collect(),
            operations: lines.collect(),
            tags: features.collect(),
            config,
        }
    }
}

fn line<'a>(tag: &TagItem, operation: &'a OperationItem) -> OperationLine<'a> {
    let parameters = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.required);
    let body = operation
        .body
        .iter()
        .filter(|body| body.required)
        .map(|body| body.ident.as_str());
    let arguments: Vec<&str> = parameters
        .map(|parameter| parameter.ident.as_str())
        .chain(body)
        .collect();
    OperationLine {
        method: &operation.method,
        path: &operation.path,
        client: format!(
            "client.{}().{}({})",
            tag.ident,
            operation.ident,
            arguments.join(", ")
        ),
        server: format!("{}::{}", tag.trait_name, operation.ident),
    }
}
