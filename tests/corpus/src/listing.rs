//! What the table counts, one by one.

use std::fmt::Write as _;

use crate::compile::Findings;
use crate::examples::Examples;
use crate::row::Row;

/// A list under a heading: document and text.
pub(crate) struct List<'a> {
    title: &'static str,
    lines: Vec<(&'a str, String)>,
}

/// The lists that there is something to say in.
pub(crate) fn lists(rows: &[Row]) -> Vec<List<'_>> {
    let mut lists = vec![
        list("Needless `Value`", rows, |row| row.needless.clone()),
        list("Unions that end in trial", rows, |row| row.trials.clone()),
    ];
    let findings = |it: Option<&Findings>| it.map_or_else(Vec::new, |it| it.lines.clone());
    if rows.iter().any(|row| row.check.is_some()) {
        lists.push(list("What the compiler says", rows, |row| {
            findings(row.check.as_ref())
        }));
        lists.push(list("What clippy says", rows, |row| {
            findings(row.clippy.as_ref())
        }));
        lists.push(list("Programs that do not run", rows, |row| {
            match &row.smoke {
                Some(Err(reason)) => vec![reason.clone()],
                _ => Vec::new(),
            }
        }));
    }
    if rows.iter().any(|row| row.examples.is_some()) {
        let of = |row: &Row, lines: fn(&Examples) -> Vec<String>| {
            row.examples.as_ref().map_or_else(Vec::new, lines)
        };
        lists.push(list("Valid examples that do not come back", rows, |row| {
            of(row, |it| {
                let line = |(class, text): &(&str, String)| format!("{class}: {text}");
                it.failures.iter().map(line).collect()
            })
        }));
        lists.push(list(
            "Examples of places without a JSON type",
            rows,
            |row| {
                of(row, |it| {
                    let line = |(class, text): &(&str, String)| format!("{class}: {text}");
                    it.aside.iter().map(line).collect()
                })
            },
        ));
        lists.push(list(
            "Examples whose schema cannot be judged by",
            rows,
            |row| of(row, |it| it.unjudged.clone()),
        ));
        lists.push(list("Examples that their schema forbids", rows, |row| {
            of(row, |it| it.forbidden.clone())
        }));
    }
    lists
}

fn list<'a>(title: &'static str, rows: &'a [Row], of: impl Fn(&Row) -> Vec<String>) -> List<'a> {
    let lines = rows
        .iter()
        .flat_map(|row| of(row).into_iter().map(|line| (row.name.as_str(), line)));
    List {
        title,
        lines: lines.collect(),
    }
}

impl List<'_> {
    /// Appends the list, or its first lines and how many there are.
    pub(crate) fn append(&self, text: &mut String, limit: usize) {
        let count = self.lines.len();
        let _ = writeln!(text, "\n## {} ({count})\n", self.title);
        for (document, line) in self.lines.iter().take(limit) {
            let _ = writeln!(text, "- {document} `{}`", line.replace('`', "'"));
        }
        if count > limit {
            let _ = writeln!(text, "- and {} more", count - limit);
        }
        if count == 0 {
            text.push_str("None.\n");
        }
    }
}
