//! Settings that name nothing in the document.

use std::borrow::Cow;

use super::api::is_within;
use super::{ApiConfig, KeepUndeclared, NumberType};
use crate::diag::{Code, Diagnostic, Place, Sink, closest, one_of};

/// The longest candidate of a suggestion, in bytes: comparing takes time with its length.
const LONGEST: usize = 128;
/// The most names that a help text lists.
const LISTED: usize = 8;

/// What the settings of an API can name.
#[derive(Debug, Clone)]
pub(crate) struct Names<'a> {
    /// Security schemes that the document declares.
    pub(crate) schemes: Vec<&'a str>,
    /// Operation ids.
    pub(crate) operations: Vec<&'a str>,
    /// Places of types.
    pub(crate) types: Vec<Cow<'a, str>>,
    /// Formats of strings.
    pub(crate) formats: Vec<&'a str>,
    /// Formats of numbers; `number` for those without.
    pub(crate) numbers: Vec<&'a str>,
}

impl ApiConfig {
    /// Warns of every setting that names nothing; `root` is the document.
    pub(crate) fn report_unused(&self, names: &Names<'_>, root: &Place, sink: &mut Sink) {
        let mut unused = |place: Place, message: String, help: Option<String>| {
            let mut diagnostic = Diagnostic::new(Code::UNUSED_CONFIGURATION, place, message);
            diagnostic.help = help;
            sink.push(diagnostic);
        };
        for name in self.security.keys() {
            if !names.schemes.contains(&name.as_str()) {
                let help = did_you_mean(name, names.schemes.iter().copied()).or_else(|| {
                    let listed = &names.schemes[..names.schemes.len().min(LISTED)];
                    (!listed.is_empty()).then(|| format!("it declares {}", one_of(listed)))
                });
                unused(
                    root.child("components").child("securitySchemes"),
                    format!(
                        "`security.{name}` in the configuration: the document declares no such security scheme"
                    ),
                    help,
                );
            }
        }
        for prefix in &self.names.operation_prefixes {
            if !names.operations.iter().any(|id| id.starts_with(prefix)) {
                unused(
                    root.child("paths"),
                    format!(
                        "`names.operation-prefixes` in the configuration: no operation id starts with `{prefix}`"
                    ),
                    did_you_mean(prefix, names.operations.iter().copied().flat_map(prefixes)),
                );
            }
        }
        for id in self.pagination.keys() {
            if !names.operations.contains(&id.as_str()) {
                unused(
                    root.child("paths"),
                    format!("`pagination` in the configuration: there is no operation `{id}`"),
                    did_you_mean(id, names.operations.iter().copied()),
                );
            }
        }
        for format in self.types.formats.keys() {
            if !names.formats.contains(&format.as_str()) {
                unused(
                    root.clone(),
                    format!("`types.{format}` in the configuration: no string has this format"),
                    did_you_mean(format, names.formats.iter().copied()),
                );
            }
        }
        let number = self.types.number != NumberType::default();
        for (key, is_set, used) in [
            ("number", number, !names.numbers.is_empty()),
            (
                "float",
                self.types.float.is_some(),
                names.numbers.contains(&"float"),
            ),
            (
                "double",
                self.types.double.is_some(),
                names.numbers.contains(&"double"),
            ),
        ] {
            if is_set && !used {
                unused(
                    root.clone(),
                    format!("`types.{key}` in the configuration: there is no such number"),
                    None,
                );
            }
        }
        for place in self.names.pins.keys() {
            if !names.types.iter().any(|known| known == place) {
                unused(
                    root.clone(),
                    format!("`names.pins` in the configuration: no type is made of `{place}`"),
                    did_you_mean(place, names.types.iter().map(Cow::as_ref)),
                );
            }
        }
        let KeepUndeclared::Under(kept) = &self.keep_undeclared else {
            return;
        };
        for place in kept {
            if !names.types.iter().any(|known| is_within(known, place)) {
                unused(
                    root.clone(),
                    format!(
                        "`keep-undeclared` in the configuration: there is no schema at `{place}`"
                    ),
                    did_you_mean(place, names.types.iter().map(Cow::as_ref)),
                );
            }
        }
    }
}

fn did_you_mean<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<String> {
    let candidates = candidates.filter(|candidate| candidate.len() <= LONGEST);
    closest(word, candidates).map(|candidate| format!("did you mean `{candidate}`?"))
}

/// What may be meant for the prefix of an operation id: it up to each of its separators.
fn prefixes(id: &str) -> impl Iterator<Item = &str> {
    let start = if id.len() <= LONGEST { id } else { "" };
    start
        .match_indices(['_', '-', '.', '/', ':'])
        .map(|(at, separator)| &start[..at + separator.len()])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::config::{FormatType, NamesConfig, SchemeConfig, TypesConfig};
    use crate::diag::FileId;

    fn reported(config: &ApiConfig) -> Vec<(String, Option<String>)> {
        let names = Names {
            schemes: vec!["secretKey"],
            operations: vec!["UsersController_list", "ping"],
            types: vec!["/components/schemas/Pet".into()],
            formats: vec!["date-time"],
            numbers: vec!["float"],
        };
        let mut sink = Sink::new();
        config.report_unused(&names, &Place::root(FileId(0)), &mut sink);
        let found = sink.diagnostics().iter();
        found
            .map(|one| (one.message.clone(), one.help.clone()))
            .collect()
    }

    fn config(scheme: &str, prefix: &str, pin: &str) -> ApiConfig {
        ApiConfig {
            security: BTreeMap::from([(scheme.to_owned(), SchemeConfig::default())]),
            names: NamesConfig {
                operation_prefixes: vec![prefix.to_owned()],
                pins: BTreeMap::from([(pin.to_owned(), "Name".to_owned())]),
                ..NamesConfig::default()
            },
            ..ApiConfig::default()
        }
    }

    #[test]
    fn what_names_something_is_not_reported() {
        let used = config("secretKey", "UsersController_", "/components/schemas/Pet");
        assert_eq!(reported(&used), []);
    }

    #[test]
    fn places_without_a_schema_are_reported() {
        let keeping = |place: &str| ApiConfig {
            keep_undeclared: KeepUndeclared::Under(vec![place.to_owned()]),
            ..ApiConfig::default()
        };
        assert_eq!(reported(&keeping("/components/schemas")), []);
        assert_eq!(
            reported(&keeping("/components/schemas/Pe")),
            [(
                "`keep-undeclared` in the configuration: there is no schema at `/components/schemas/Pe`"
                    .to_owned(),
                Some("did you mean `/components/schemas/Pet`?".to_owned())
            )]
        );
    }

    #[test]
    fn types_that_nothing_is_made_of_are_reported() {
        let types = |format: &str, float, double| ApiConfig {
            types: TypesConfig {
                formats: BTreeMap::from([(format.to_owned(), FormatType::String)]),
                float,
                double,
                ..TypesConfig::default()
            },
            ..ApiConfig::default()
        };
        let used = types("date-time", Some(NumberType::F32), None);
        assert_eq!(reported(&used), []);
        let unused = types("datetime", None, Some(NumberType::F64));
        assert_eq!(
            reported(&unused),
            [
                (
                    "`types.datetime` in the configuration: no string has this format".to_owned(),
                    Some("did you mean `date-time`?".to_owned())
                ),
                (
                    "`types.double` in the configuration: there is no such number".to_owned(),
                    None
                ),
            ]
        );
    }

    #[test]
    fn what_is_misspelt_is_reported_with_a_suggestion() {
        let text = |text: &str| text.to_owned();
        assert_eq!(
            reported(&config(
                "secretkeys",
                "UserController_",
                "/components/schemas/Pets"
            )),
            [
                (
                    text(
                        "`security.secretkeys` in the configuration: the document declares no such security scheme"
                    ),
                    Some(text("did you mean `secretKey`?"))
                ),
                (
                    text(
                        "`names.operation-prefixes` in the configuration: no operation id starts with `UserController_`"
                    ),
                    Some(text("did you mean `UsersController_`?"))
                ),
                (
                    text(
                        "`names.pins` in the configuration: no type is made of `/components/schemas/Pets`"
                    ),
                    Some(text("did you mean `/components/schemas/Pet`?"))
                ),
            ]
        );
        let far = reported(&config("nope", "zzz", "/x"));
        assert_eq!(far[0].1.as_deref(), Some("it declares `secretKey`"));
        assert_eq!((&far[1].1, &far[2].1), (&None, &None));
    }
}
