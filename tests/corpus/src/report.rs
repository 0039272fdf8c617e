//! Lays the rows out as Markdown.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use crate::compile::Findings;
use crate::examples::{self, Examples};
use crate::items::{Count, Item};
use crate::listing::lists;
use crate::row::Row;

const INTRODUCTION: &str = "\
# The corpus

What becomes of a folder of real documents. Printed by

```sh
SPECWRIGHT_DATA=DATA cargo run --release -p corpus -- table --out docs/corpus.md
```

where `DATA/corpus` holds the documents; `--folder` names any other folder, `--only` some of its documents,
`--stages generate` gives all but what has to be compiled, in seconds. Everything that is counted is listed
in full in the file of the same name that ends in `.txt`.

Items are counted in the document as it is written: operations (webhooks and callbacks too), schema positions,
parameters, headers, request bodies, responses, and keywords that restrict. References are not counted, nor is
anything twice. An item is skipped where a diagnostic says that it is not carried into Rust. Examples are judged
by the `jsonschema` crate and the raw schema; those that it allows have to decode as a client does, and to
encode to an equal value, keys that the schema does not declare aside. Set aside are those of places that are
no JSON value of a type, by classes that are listed with their reasons.

| goal | found | wanted | |
|---|--:|--:|---|
";

/// Lines of a list that the page shows; `details` has all of them.
const LINES: usize = 40;

/// The page, and whether it is as it should be.
pub(crate) struct Report {
    pub(crate) text: String,
    pub(crate) met: bool,
}

/// A goal of the table.
struct Goal {
    what: String,
    found: String,
    wanted: &'static str,
    met: bool,
}

pub(crate) fn markdown(rows: &[Row]) -> Report {
    let goals = goals(rows);
    let mut text = String::from(INTRODUCTION);
    for goal in &goals {
        let met = if goal.met { "met" } else { "**not met**" };
        let _ = writeln!(
            text,
            "| {} | {} | {} | {met} |",
            goal.what, goal.found, goal.wanted
        );
    }
    documents(&mut text, rows);
    codes(&mut text, rows);
    if rows
        .iter()
        .any(|row| row.check.is_some() || row.examples.is_some())
    {
        stages(&mut text, rows);
    }
    for list in lists(rows) {
        list.append(&mut text, LINES);
    }
    Report {
        text,
        met: goals.iter().all(|goal| goal.met),
    }
}

/// Everything that is listed, in full.
pub(crate) fn details(rows: &[Row]) -> String {
    let mut text = String::new();
    for list in lists(rows) {
        list.append(&mut text, usize::MAX);
    }
    text
}

fn goals(rows: &[Row]) -> Vec<Goal> {
    let failed = rows.iter().filter(|row| row.failure.is_some()).count();
    let (mut items, mut skipped) = (Count::default(), Count::default());
    for row in rows {
        items += row.items;
        skipped += row.skipped;
    }
    let needless: usize = rows.iter().map(|row| row.needless.len()).sum();
    let unions: usize = rows.iter().map(|row| row.unions).sum();
    let trials: usize = rows.iter().map(|row| row.trials.len()).sum();
    let mut goals = vec![
        Goal {
            what: "documents that generate".to_owned(),
            found: format!("{} of {}", rows.len() - failed, rows.len()),
            wanted: "all",
            met: failed == 0,
        },
        Goal {
            what: "items that are not carried".to_owned(),
            found: format!(
                "{} of {} ({})",
                skipped.total(),
                items.total(),
                percent(skipped.total(), items.total())
            ),
            wanted: "0.1 %",
            met: skipped.total() * 1000 <= items.total(),
        },
        Goal {
            what: "operations that are not carried".to_owned(),
            found: format!("{} of {}", skipped[Item::Operation], items[Item::Operation]),
            wanted: "0",
            met: skipped[Item::Operation] == 0,
        },
        Goal {
            what: "`Value` where the schema is not free-form".to_owned(),
            found: needless.to_string(),
            wanted: "0",
            met: needless == 0,
        },
        Goal {
            what: "unions that end in trial".to_owned(),
            found: format!("{trials} of {unions} ({})", percent(trials, unions)),
            wanted: "5 %",
            met: trials * 20 <= unions,
        },
    ];
    goals.extend(compiled("`cargo check`", rows, |row| row.check.as_ref()));
    goals.extend(compiled("`cargo clippy`", rows, |row| row.clippy.as_ref()));
    let smoke: Vec<bool> = rows
        .iter()
        .filter_map(|row| Some(row.smoke.as_ref()?.is_ok()))
        .collect();
    if !smoke.is_empty() {
        goals.push(Goal {
            what: "programs over a crate that run".to_owned(),
            found: format!(
                "{} of {}",
                smoke.iter().filter(|ran| **ran).count(),
                smoke.len()
            ),
            wanted: "all",
            met: smoke.iter().all(|ran| *ran),
        });
    }
    goals.extend(round_trip(rows));
    goals
}

/// What the compiler has to say, where it was asked.
fn compiled(what: &str, rows: &[Row], of: impl Fn(&Row) -> Option<&Findings>) -> Option<Goal> {
    let asked: Vec<&Findings> = rows.iter().filter_map(of).collect();
    let clean = asked
        .iter()
        .filter(|it| it.warnings + it.errors == 0)
        .count();
    let broken = asked.iter().filter(|it| it.errors > 0).count();
    (!asked.is_empty()).then(|| Goal {
        what: format!("crates that pass {what} without a warning"),
        found: format!("{clean} of {} ({broken} do not compile)", asked.len()),
        wanted: "all",
        met: clean == asked.len(),
    })
}

fn round_trip(rows: &[Row]) -> Option<Goal> {
    let found: Vec<&Examples> = rows
        .iter()
        .filter_map(|row| row.examples.as_ref())
        .collect();
    let valid: usize = found.iter().map(|it| it.valid).sum();
    let passed: usize = found.iter().map(|it| it.passed).sum();
    (!found.is_empty()).then(|| Goal {
        what: "valid examples that come back equal".to_owned(),
        found: format!("{passed} of {valid} ({})", percent(passed, valid)),
        wanted: "99.9 %",
        met: (valid - passed) * 1000 <= valid,
    })
}

fn documents(text: &mut String, rows: &[Row]) {
    text.push_str("\n## Documents\n\nSkipped items are listed by kind: operations, schemas, parameters, headers, request bodies, responses, constraints.\n\n");
    text.push_str(
        "| document | OpenAPI | ms | items | skipped | % | by kind | `Value` | unions | trial |\n",
    );
    text.push_str("|---|---|--:|--:|--:|--:|---|--:|--:|--:|\n");
    let mut total = (Count::default(), Count::default(), Duration::ZERO, 0, 0, 0);
    for row in rows {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            row.name,
            row.failure.as_deref().unwrap_or(&row.openapi),
            row.time.as_millis(),
            row.items.total(),
            row.skipped.total(),
            percent(row.skipped.total(), row.items.total()),
            kinds(row.skipped),
            row.needless.len(),
            row.unions,
            row.trials.len(),
        );
        total.0 += row.items;
        total.1 += row.skipped;
        total.2 += row.time;
        total.3 += row.needless.len();
        total.4 += row.unions;
        total.5 += row.trials.len();
    }
    let _ = writeln!(
        text,
        "| **all {}** | | {} | {} | {} | {} | {} | {} | {} | {} |",
        rows.len(),
        total.2.as_millis(),
        total.0.total(),
        total.1.total(),
        percent(total.1.total(), total.0.total()),
        kinds(total.1),
        total.3,
        total.4,
        total.5,
    );
    let _ = writeln!(
        text,
        "\nItems of all documents by kind: {}.",
        kinds(total.0)
    );
}

/// What the compiler said, and what came of the examples.
fn stages(text: &mut String, rows: &[Row]) {
    text.push_str("\n## Compiled and run\n\n");
    text.push_str("| document | check: warnings | errors | clippy | examples | forbidden | unjudged | aside | valid | come back | % |\n");
    text.push_str("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    for row in rows {
        let count = |findings: Option<&Findings>, of: fn(&Findings) -> usize| {
            findings.map_or_else(|| "-".to_owned(), |it| of(it).to_string())
        };
        let _ = write!(
            text,
            "| {} | {} | {} | {} ",
            row.name,
            count(row.check.as_ref(), |it| it.warnings),
            count(row.check.as_ref(), |it| it.errors),
            count(row.clippy.as_ref(), |it| it.warnings + it.errors),
        );
        match &row.examples {
            Some(it) => {
                let _ = writeln!(
                    text,
                    "| {} | {} | {} | {} | {} | {} | {} |",
                    it.valid + it.forbidden.len() + it.unjudged.len() + it.aside.len(),
                    it.forbidden.len(),
                    it.unjudged.len(),
                    it.aside.len(),
                    it.valid,
                    it.passed,
                    if it.valid == 0 {
                        String::new()
                    } else {
                        percent(it.passed, it.valid)
                    },
                );
            }
            None => text.push_str("| - | - | - | - | - | - | - |\n"),
        }
    }
    classes(text, rows);
}

/// Why examples do not come back, or cannot be judged by whether they do.
fn classes(text: &mut String, rows: &[Row]) {
    type Classed = Vec<(&'static str, String)>;
    let mut table = |title: &str, of: fn(&Examples) -> &Classed| {
        let mut by_class: BTreeMap<&str, usize> = BTreeMap::new();
        let all = rows.iter().filter_map(|row| row.examples.as_ref());
        for (class, _) in all.flat_map(of) {
            *by_class.entry(class).or_default() += 1;
        }
        if by_class.is_empty() {
            return;
        }
        let _ = writeln!(
            text,
            "\n## {title}\n\n| class | examples | why |\n|---|--:|---|"
        );
        for (class, count) in by_class {
            let why = examples::reason(class).unwrap_or("**not explained**");
            let _ = writeln!(text, "| {class} | {count} | {why} |");
        }
    };
    table("Valid examples that do not come back, by class", |it| {
        &it.failures
    });
    table("Examples of places without a JSON type, by class", |it| {
        &it.aside
    });
}

fn kinds(count: Count) -> String {
    if count.total() == 0 {
        return String::new();
    }
    Item::ALL.map(|item| count[item].to_string()).join(" / ")
}

fn codes(text: &mut String, rows: &[Row]) {
    let mut by_code: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for row in rows {
        for code in &row.codes {
            *by_code
                .entry(code)
                .or_default()
                .entry(&row.name)
                .or_default() += 1;
        }
    }
    text.push_str("\n## What is skipped, by code\n\n| code | items | documents | most in |\n|---|--:|--:|---|\n");
    let mut lines: Vec<_> = by_code
        .iter()
        .map(|(code, by)| (by.values().sum::<usize>(), code, by))
        .collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.0));
    for (sum, code, by_document) in lines {
        let mut most: Vec<_> = by_document.iter().collect();
        most.sort_by(|a, b| b.1.cmp(a.1));
        let most: Vec<String> = most
            .iter()
            .take(4)
            .map(|(name, count)| format!("{name} {count}"))
            .collect();
        let _ = writeln!(
            text,
            "| `{code}` | {sum} | {} | {} |",
            by_document.len(),
            most.join(", ")
        );
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
pub(crate) fn percent(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "0 %".to_owned();
    }
    format!("{:.2} %", part as f64 * 100.0 / whole as f64)
}
