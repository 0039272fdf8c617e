//! Constraints on an object as a whole: which properties it has.

use serde::{Serialize, ser::SerializeMap};
use serde_json::{Error, Value};

use crate::support::{
    codec::Encode,
    object::Writer,
    properties::{check_count, check_name, check_required},
    report::Report,
    rules::Rules,
};

/// Checks an object against the rules of the whole.
pub(crate) fn check<T: Encode>(object: &T, rules: &Rules, report: &Report) {
    let mut writer = Writer::new(Names(Vec::new()));
    object.write(&mut writer);
    let Ok(Names(names)) = writer.finish() else {
        return;
    };
    check_count(names.len(), rules, report);
    check_required(|name| names.iter().any(|own| own == name), rules, report);
    for name in &names {
        report.at(name, |report| check_name(name, rules, report));
    }
}

/// The names of the properties that are written.
struct Names(Vec<String>);

impl SerializeMap for Names {
    type Ok = ();
    type Error = Error;

    fn serialize_key<K: Serialize + ?Sized>(&mut self, key: &K) -> Result<(), Error> {
        if let Value::String(name) = serde_json::to_value(key)? {
            self.0.push(name);
        }
        Ok(())
    }

    fn serialize_value<V: Serialize + ?Sized>(&mut self, _: &V) -> Result<(), Error> {
        Ok(())
    }

    fn end(self) -> Result<(), Error> {
        Ok(())
    }
}
