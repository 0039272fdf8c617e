//! Lays the rows out as Markdown.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use crate::items::{Count, Item};
use crate::row::Row;

/// The page, and whether it is as it should be.
pub(crate) struct Report {
    pub(crate) text: String,
    pub(crate) met: bool,
}

/// A goal of the table.
struct Goal {
    what: &'static str,
    found: String,
    wanted: &'static str,
    met: bool,
}

pub(crate) fn markdown(rows: &[Row]) -> Report {
    let goals = goals(rows);
    let mut text = String::from("# The corpus\n\n| goal | found | wanted | |\n|---|--:|--:|---|\n");
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
    listing(&mut text, "Needless `Value`", rows, |row| &row.needless);
    listing(&mut text, "Unions that end in trial", rows, |row| {
        &row.trials
    });
    Report {
        text,
        met: goals.iter().all(|goal| goal.met),
    }
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
    vec![
        Goal {
            what: "documents that generate",
            found: format!("{} of {}", rows.len() - failed, rows.len()),
            wanted: "all",
            met: failed == 0,
        },
        Goal {
            what: "items that are not carried",
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
            what: "operations that are not carried",
            found: format!("{} of {}", skipped[Item::Operation], items[Item::Operation]),
            wanted: "0",
            met: skipped[Item::Operation] == 0,
        },
        Goal {
            what: "`Value` where the schema is not free-form",
            found: needless.to_string(),
            wanted: "0",
            met: needless == 0,
        },
        Goal {
            what: "unions that end in trial",
            found: format!("{trials} of {unions} ({})", percent(trials, unions)),
            wanted: "5 %",
            met: trials * 20 <= unions,
        },
    ]
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

/// A list of places under a heading, document by document.
fn listing(text: &mut String, title: &str, rows: &[Row], of: impl Fn(&Row) -> &Vec<String>) {
    let _ = writeln!(text, "\n## {title}\n");
    let mut none = true;
    for row in rows {
        for line in of(row) {
            none = false;
            let _ = writeln!(text, "- {} `{}`", row.name, line.replace('`', "'"));
        }
    }
    if none {
        text.push_str("None.\n");
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
pub(crate) fn percent(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "0 %".to_owned();
    }
    format!("{:.2} %", part as f64 * 100.0 / whole as f64)
}
