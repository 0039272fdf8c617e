//! Reads `types`.

use super::read::{Reader, Value, crate_name};
use super::types::{
    CrateConfig, CustomType, FormatType, NumberType, TypesConfig, rust_path, version, word,
};

const NUMBERS: &[(&str, NumberType)] = &[
    ("f32", NumberType::F32),
    ("f64", NumberType::F64),
    ("decimal", NumberType::Decimal),
    ("exact", NumberType::Exact),
];

impl<'t> Reader<'t> {
    pub(super) fn types(&mut self, value: &Value<'t>) -> TypesConfig {
        let mut types = TypesConfig::default();
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_kind(value, "a table");
            return types;
        };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "number" => types.number = self.choice(value, NUMBERS).unwrap_or_default(),
                "float" => types.float = self.choice(value, NUMBERS),
                "double" => types.double = self.choice(value, NUMBERS),
                format => {
                    if let Some(of) = self.format_type(value) {
                        types.formats.insert(format.to_owned(), of);
                    }
                }
            }
        }
        types
    }

    fn format_type(&mut self, value: &Value<'t>) -> Option<FormatType> {
        if value.get_ref().as_table().is_none() {
            let choices = [("String", 0_u8), ("built-in", 1)];
            return Some(match self.choice(value, &choices)? {
                0 => FormatType::String,
                _ => FormatType::BuiltIn,
            });
        }
        let (mut path, mut krate) = (None, None);
        self.value_table(value, &["rust", "crate"], |reader, key, value| match key {
            "rust" => {
                path = reader
                    .checked(value, rust_path)
                    .map(|path| (path, value.span().start));
            }
            _ => krate = reader.krate(value),
        });
        let Some((path, offset)) = path else {
            if value
                .get_ref()
                .as_table()
                .is_some_and(|table| !table.contains_key("rust"))
            {
                self.fault(value.span().start, "a type needs `rust`, its path", None);
            }
            return None;
        };
        let root = path.split("::").next().unwrap_or_default().to_owned();
        let ident = krate.as_ref().map_or("std".to_owned(), CrateConfig::ident);
        if root != ident {
            self.fault(
                offset,
                format!("`{path}` does not start with `{ident}`"),
                Some("say under `crate` where the type comes from: `crate = { name = \"time\", version = \"0.3\" }`".to_owned()),
            );
            return None;
        }
        Some(FormatType::Rust(CustomType { path, krate }))
    }

    fn krate(&mut self, value: &Value<'t>) -> Option<CrateConfig> {
        let (mut name, mut required, mut features, mut defaults) = (None, None, Vec::new(), true);
        let known = &["name", "version", "features", "default-features"];
        self.value_table(value, known, |reader, key, value| match key {
            "name" => name = reader.checked(value, crate_name),
            "version" => required = reader.checked(value, version),
            "features" => {
                features = reader.list(value, "a string", |r, v| r.checked(v, word));
            }
            _ => match value.get_ref().as_bool() {
                Some(of) => defaults = of,
                None => reader.wrong_kind(value, "`true` or `false`"),
            },
        });
        for key in ["name", "version"] {
            if value
                .get_ref()
                .as_table()
                .is_some_and(|table| !table.contains_key(key))
            {
                self.fault(value.span().start, format!("`crate` needs `{key}`"), None);
            }
        }
        Some(CrateConfig {
            name: name?,
            version: required?,
            features,
            default_features: defaults,
        })
    }
}
