//! `specwright explain`: the catalogue of diagnostics.

use specwright::diag::{Code, closest};

use super::Outcome;
use super::args::ExplainArgs;
use super::console::Console;

pub(super) fn run(args: &ExplainArgs, console: &mut Console) -> Outcome {
    let Some(name) = &args.code else {
        for code in Code::all() {
            console.say(format_args!(
                "{:<28} {:<8} {}",
                code.name(),
                code.severity(),
                code.summary()
            ));
        }
        return Outcome::Done;
    };
    if let Some(code) = Code::find(name) {
        console.say(code.explanation().trim_end());
        return Outcome::Done;
    }
    let hint = closest(name, Code::all().map(Code::name)).map_or_else(
        || "`specwright explain` lists them all".to_owned(),
        |code| format!("did you mean `{code}`?"),
    );
    console.complain(format_args!("there is no diagnostic `{name}`; {hint}"));
    Outcome::Unusable
}
