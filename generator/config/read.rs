//! Reads the text of a configuration, keeping every fault's place.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::mount::is_identifier;
use super::outs::{self, Overlap};
use super::{
    ApiConfig, Config, Fault, Feature, KeepUndeclared, Level, Mount, NamesConfig, SchemeConfig,
    SeverityRule,
};
use crate::diag::{Code, Pointer, closest, one_of};

pub(super) type Value<'t> = Spanned<DeValue<'t>>;

const LEVELS: &[(&str, Level)] = &[
    ("allow", Level::Allow),
    ("note", Level::Note),
    ("warn", Level::Warn),
    ("deny", Level::Deny),
];
const FEATURES: &[(&str, Feature)] = &[("client", Feature::Client), ("server", Feature::Server)];

pub(super) fn config(text: &str, base: &Path) -> Result<Config, Vec<Fault>> {
    let (document, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let fault = |error: &toml::de::Error| {
            let offset = error.span().map_or(text.len(), |span| span.start);
            Fault::at(text, offset, error.message().to_owned(), None)
        };
        return Err(errors.iter().map(fault).collect());
    }
    let mut reader = Reader {
        text,
        base,
        faults: Vec::new(),
    };
    let mut config = Config::default();
    reader.table(document.get_ref(), &["api"], |reader, _, value| {
        config.apis = reader.list(value, "a table", |r, v| Some(r.api(v)));
        reader.outs(value, &config.apis);
    });
    if reader.faults.is_empty() {
        return Ok(config);
    }
    reader
        .faults
        .sort_by_key(|fault| (fault.line, fault.column));
    Err(reader.faults)
}

pub(super) struct Reader<'t> {
    text: &'t str,
    base: &'t Path,
    faults: Vec<Fault>,
}

impl<'t> Reader<'t> {
    fn api(&mut self, value: &Value<'t>) -> ApiConfig {
        let mut api = ApiConfig::default();
        let mut has_spec = false;
        let known = &[
            "spec",
            "out",
            "allow-remote",
            "name",
            "features",
            "mount",
            "mock",
            "tag-features",
            "names",
            "security",
            "keep-undeclared",
            "types",
            "envelope",
            "pagination",
            "diagnostics",
        ];
        self.value_table(value, known, |reader, key, value| match key {
            "spec" => {
                has_spec = true;
                if let Some(path) = reader.string(value) {
                    api.spec = reader.base.join(path);
                }
            }
            "out" => api.out = reader.string(value).map(|path| reader.base.join(path)),
            "allow-remote" => api.allow_remote = reader.boolean(value),
            "name" => api.name = reader.checked(value, crate_name),
            "mount" => {
                api.mount =
                    reader.checked(value, |text| Mount::parse(text).map_err(|e| e.to_string()));
            }
            "features" => {
                let features = reader.list(value, "a string", |r, v| r.choice(v, FEATURES));
                api.features = features.into_iter().collect::<BTreeSet<_>>();
            }
            "mock" => api.mock = Some(reader.boolean(value)),
            "tag-features" => api.tag_features = Some(reader.boolean(value)),
            "names" => api.names = reader.names(value),
            "keep-undeclared" => api.keep_undeclared = reader.keep_undeclared(value),
            "types" => api.types = reader.types(value),
            "envelope" => api.envelope = reader.owned_string(value),
            "pagination" => api.pagination = reader.map(value, Self::pagination),
            "security" => api.security = reader.map(value, |r, v| Some(r.scheme(v))),
            _ => api.diagnostics = reader.list(value, "a table", Reader::rule),
        });
        if !has_spec {
            self.fault(
                value.span().start,
                "an `[[api]]` needs `spec`, the path of its document",
                None,
            );
        }
        api
    }

    /// Finds APIs that would overwrite each other.
    fn outs(&mut self, value: &Value<'t>, apis: &[ApiConfig]) {
        let tables = value.get_ref().as_array();
        let mut earlier: Vec<(PathBuf, usize)> = Vec::new();
        for (api, value) in apis.iter().zip(tables.into_iter().flatten()) {
            let Some(out) = outs::directory(api, self.base) else {
                continue;
            };
            let offset = ["out", "name"]
                .into_iter()
                .find_map(|key| Some(value.get_ref().as_table()?.get(key)?.span().start))
                .unwrap_or(value.span().start);
            let found = earlier
                .iter()
                .find_map(|(other, at)| Some((outs::overlap(&out, other)?, *at)));
            if let Some((overlap, at)) = found {
                let how = match overlap {
                    Overlap::Same => "is the directory",
                    Overlap::Inside => "is inside the directory",
                    Overlap::Around => "is around the directory",
                };
                let place = Fault::at(self.text, at, String::new(), None);
                let shown = out.strip_prefix(self.base).unwrap_or(&out);
                self.fault(
                    offset,
                    format!(
                        "`{}` {how} that the `[[api]]` of line {} writes",
                        shown.display(),
                        place.line
                    ),
                    Some("give each `[[api]]` an `out` of its own, none inside another".to_owned()),
                );
            }
            earlier.push((out, offset));
        }
    }

    fn boolean(&mut self, value: &Value<'t>) -> bool {
        let known = value.get_ref().as_bool();
        if known.is_none() {
            let found = value.get_ref().type_str();
            let message = format!("`true` or `false` is expected here, not {found}");
            self.fault(value.span().start, &message, None);
        }
        known.unwrap_or_default()
    }

    /// `true`, or the pointers of objects.
    fn keep_undeclared(&mut self, value: &Value<'t>) -> KeepUndeclared {
        if let Some(all) = value.get_ref().as_bool() {
            return if all {
                KeepUndeclared::All
            } else {
                KeepUndeclared::None
            };
        }
        KeepUndeclared::Under(self.list(value, "a JSON pointer", |reader, value| {
            let text = reader.owned_string(value)?;
            reader.schema_place(value.span().start, &text);
            Some(text)
        }))
    }

    fn names(&mut self, value: &Value<'t>) -> NamesConfig {
        let mut names = NamesConfig::default();
        self.value_table(
            value,
            &["operation-prefixes", "acronyms", "pins"],
            |reader, key, value| match key {
                "operation-prefixes" => {
                    names.operation_prefixes = reader.list(value, "a string", Self::owned_string);
                }
                "acronyms" => {
                    names.acronyms = reader.list(value, "a string", |r, v| r.checked(v, acronym));
                }
                _ => {
                    names.pins = reader.map(value, |r, v| r.checked(v, identifier));
                    if let Some(table) = value.get_ref().as_table() {
                        for (key, _) in table {
                            reader.schema_place(key.span().start, key.get_ref());
                        }
                    }
                }
            },
        );
        names
    }

    fn scheme(&mut self, value: &Value<'t>) -> SchemeConfig {
        let mut scheme = SchemeConfig::default();
        self.value_table(value, &["prefix"], |reader, _, value| {
            scheme.prefix = reader.checked(value, prefix);
        });
        scheme
    }

    fn rule(&mut self, value: &Value<'t>) -> Option<SeverityRule> {
        let (mut code, mut under, mut level) = (None, None, None);
        self.value_table(
            value,
            &["code", "under", "level"],
            |reader, key, value| match key {
                "code" => {
                    code = reader.owned_string(value);
                    if let Some(name) = code.as_deref().filter(|name| Code::find(name).is_none()) {
                        let help = closest(name, Code::all().map(Code::name))
                            .map(|c| format!("did you mean `{c}`?"));
                        reader.fault(
                            value.span().start,
                            format!("there is no diagnostic `{name}`"),
                            help,
                        );
                    }
                }
                "under" => {
                    under = reader.owned_string(value);
                    if let Some(pointer) = &under {
                        reader.pointer(value.span().start, pointer);
                    }
                }
                _ => level = reader.choice(value, LEVELS),
            },
        );
        let has = |key: &str| {
            value
                .get_ref()
                .as_table()
                .is_some_and(|table| table.iter().any(|(k, _)| k.get_ref() == key))
        };
        for key in ["code", "level"] {
            if !has(key) {
                self.fault(
                    value.span().start,
                    format!("a `diagnostics` entry needs `{key}`"),
                    None,
                );
            }
        }
        Some(SeverityRule {
            code: code?,
            under,
            level: level?,
        })
    }

    /// A pointer into the document, or a file of it and a pointer into that.
    fn schema_place(&mut self, offset: usize, text: &str) {
        let inner = match text.split_once('#') {
            Some((file, pointer)) if !file.is_empty() && !file.starts_with('/') => pointer,
            _ => text,
        };
        self.pointer(offset, inner);
    }

    pub(super) fn pointer(&mut self, offset: usize, text: &str) {
        if Pointer::parse(text).is_none() {
            let help = Some(
                "write `/components/schemas/Pet`, with `~1` for `/` and `~0` for `~` in a key"
                    .to_owned(),
            );
            self.fault(offset, format!("`{text}` is not a JSON pointer"), help);
        }
    }

    pub(super) fn value_table(
        &mut self,
        value: &Value<'t>,
        known: &[&str],
        each: impl FnMut(&mut Self, &str, &Value<'t>),
    ) {
        match value.get_ref().as_table() {
            Some(table) => self.table(table, known, each),
            None => self.wrong_kind(value, "a table"),
        }
    }

    fn table(
        &mut self,
        table: &DeTable<'t>,
        known: &[&str],
        mut each: impl FnMut(&mut Self, &str, &Value<'t>),
    ) {
        for (key, value) in table {
            if known.contains(&key.get_ref().as_ref()) {
                each(self, key.get_ref(), value);
            } else {
                let help = closest(key.get_ref(), known.iter().copied()).map_or_else(
                    || format!("known here: {}", one_of(known)),
                    |c| format!("did you mean `{c}`?"),
                );
                self.fault(
                    key.span().start,
                    format!("unknown key `{}`", key.get_ref()),
                    Some(help),
                );
            }
        }
    }

    /// A table with keys of the user's choosing.
    fn map<T>(
        &mut self,
        value: &Value<'t>,
        mut each: impl FnMut(&mut Self, &Value<'t>) -> Option<T>,
    ) -> BTreeMap<String, T> {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_kind(value, "a table");
            return BTreeMap::new();
        };
        table
            .iter()
            .filter_map(|(key, value)| Some((key.get_ref().to_string(), each(self, value)?)))
            .collect()
    }

    pub(super) fn list<T>(
        &mut self,
        value: &Value<'t>,
        of: &str,
        mut each: impl FnMut(&mut Self, &Value<'t>) -> Option<T>,
    ) -> Vec<T> {
        let Some(array) = value.get_ref().as_array() else {
            self.wrong_kind(value, &format!("an array, each entry {of}"));
            return Vec::new();
        };
        array.iter().filter_map(|value| each(self, value)).collect()
    }

    pub(super) fn choice<T: Copy>(
        &mut self,
        value: &Value<'t>,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let text = self.string(value)?;
        if let Some((_, choice)) = choices.iter().find(|(name, _)| *name == text) {
            return Some(*choice);
        }
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        self.fault(
            value.span().start,
            format!("`{text}` is not {}", one_of(&names)),
            None,
        );
        None
    }

    pub(super) fn checked<T>(
        &mut self,
        value: &Value<'t>,
        check: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        match check(self.string(value)?) {
            Ok(checked) => Some(checked),
            Err(message) => {
                self.fault(value.span().start, message, None);
                None
            }
        }
    }

    pub(super) fn owned_string(&mut self, value: &Value<'t>) -> Option<String> {
        self.string(value).map(str::to_owned)
    }

    fn string<'v>(&mut self, value: &'v Value<'t>) -> Option<&'v str> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong_kind(value, "a string");
        }
        text
    }

    pub(super) fn wrong_kind(&mut self, value: &Value<'t>, wanted: &str) {
        let message = format!(
            "expected {wanted}, found a value of type {}",
            value.get_ref().type_str()
        );
        self.fault(value.span().start, message, None);
    }

    pub(super) fn fault(
        &mut self,
        offset: usize,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        self.faults
            .push(Fault::at(self.text, offset, message.into(), help));
    }
}

/// A crate name as cargo takes it, and that is a module name with `-` read as `_`.
pub(crate) fn crate_name(text: &str) -> Result<String, String> {
    let ident = text.replace('-', "_");
    let well_formed = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.len() <= 64
        && ident
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if !well_formed {
        Err(format!(
            "`{text}` is not a crate name: ASCII letters, digits, `-` and `_`, a letter first, 64 at most"
        ))
    } else if matches!(
        ident.as_str(),
        "test" | "core" | "std" | "alloc" | "proc_macro"
    ) {
        Err(format!(
            "`{text}` is reserved: a crate of that name comes with Rust"
        ))
    } else if !is_identifier(&ident) {
        Err(format!("`{text}` is reserved: it is a keyword of Rust"))
    } else {
        Ok(text.to_owned())
    }
}

fn identifier(text: &str) -> Result<String, String> {
    if is_identifier(text) {
        Ok(text.to_owned())
    } else {
        Err(format!("`{text}` is not a Rust name"))
    }
}

fn acronym(text: &str) -> Result<String, String> {
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric()) {
        Ok(text.to_owned())
    } else {
        Err(format!(
            "`{text}` is not a word of ASCII letters and digits"
        ))
    }
}

/// It stands in a header's value or beside it.
fn prefix(text: &str) -> Result<String, String> {
    if text.bytes().all(|b| (0x20..0x7f).contains(&b)) {
        Ok(text.to_owned())
    } else {
        Err("a prefix is visible ASCII and spaces".to_owned())
    }
}
