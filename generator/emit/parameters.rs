//! Lines of tables for parameters.

use crate::plan::{Mode, ParameterItem, Rule};

use super::initial;
use super::literal::string;
use super::rules::joined;

/// `optional query "ids" as (joined) where { max_items(9) } => ids;`
pub(super) fn line(parameter: &ParameterItem) -> String {
    let presence = match (&parameter.default, parameter.required) {
        (Some(_), _) => "defaulted",
        (None, true) => "required",
        (None, false) => "optional",
    };
    let place = parameter.location.as_str();
    let modes = modes(&parameter.modes);
    let rules = rules(&parameter.rules);
    let default = parameter.default.as_ref().map(initial::outer_text);
    let default = default
        .map(|value| format!(" = {value}"))
        .unwrap_or_default();
    format!(
        "{presence} {place} {}{modes}{rules} => {}{default};",
        string(&parameter.wire),
        parameter.ident
    )
}

/// ` as (label, exploded)`, or nothing.
pub(super) fn modes(modes: &[Mode]) -> String {
    if modes.is_empty() {
        return String::new();
    }
    let names = |names: &[String]| {
        let names: Vec<String> = names.iter().map(|name| string(name)).collect();
        names.join(", ")
    };
    let words: Vec<String> = modes
        .iter()
        .map(|mode| match mode {
            Mode::Word(word) => (*word).to_owned(),
            Mode::Only(all) => format!("only(&[{}])", names(all)),
            Mode::Except(all) => format!("except(&[{}])", names(all)),
        })
        .collect();
    format!(" as ({})", words.join(", "))
}

/// ` where { max_items(9) }`, or nothing.
fn rules(rules: &[Rule]) -> String {
    if rules.is_empty() {
        return String::new();
    }
    format!(" where {{ {} }}", joined(rules))
}
