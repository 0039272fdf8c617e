//! The files of the repository, and the code in them.

use std::fs;
use std::path::Path;

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text of a file, by its path from the root.
#[track_caller]
pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file below `folder` (from the root) that was written by hand, by its path from the root,
/// in order.
pub(crate) fn files(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if !path.is_dir() {
                found.push(from_root(&path));
            } else if !["target", "generated", ".git"]
                .iter()
                .any(|name| path.ends_with(name))
            {
                folders.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Every Rust file below `folder` that is no test.
pub(crate) fn sources(folder: &str) -> Vec<String> {
    let is_source = |path: &String| {
        Path::new(path).extension().is_some_and(|end| end == "rs")
            && !path.ends_with("_tests.rs")
            && !path.ends_with("/tests.rs")
    };
    files(folder).into_iter().filter(is_source).collect()
}

fn from_root(path: &Path) -> String {
    let path = path.strip_prefix(root()).unwrap();
    path.to_str().unwrap().replace('\\', "/")
}

/// The code of a Rust text, line by line: comments, and what stands in strings and characters, are
/// blank, and the text ends where its tests begin.
pub(crate) fn code(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => block_comment(rest),
            '"' => string(rest),
            'r' if raw_hashes(rest).is_some() && !ends_in_word(&code) => raw_string(rest),
            '\'' => character(rest),
            _ => 0,
        };
        if length == 0 {
            code.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            let (token, after) = rest.split_at(length);
            code.extend(token.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
            rest = after;
        }
    }
    before_tests(&code).to_owned()
}

fn before_tests(code: &str) -> &str {
    let mut from = 0;
    while let Some(at) = code[from..].find("#[cfg(test)]") {
        let at = from + at;
        let item = code[at + 12..].trim_start();
        let inline = item
            .find(['{', ';'])
            .is_some_and(|at| item[at..].starts_with('{'));
        if item.starts_with("mod ") && inline {
            return &code[..at];
        }
        from = at + 12;
    }
    code
}

fn ends_in_word(code: &str) -> bool {
    code.ends_with(|c: char| c.is_alphanumeric() || c == '_')
}

fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        if rest.starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    text.len()
}

fn string(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn raw_hashes(text: &str) -> Option<usize> {
    let after = text.strip_prefix('r')?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    after[hashes..].starts_with('"').then_some(hashes)
}

fn raw_string(text: &str) -> usize {
    let hashes = raw_hashes(text).unwrap_or(0);
    let end = format!("\"{}", "#".repeat(hashes));
    let start = hashes + 2;
    let length = text[start..].find(&end);
    length.map_or(text.len(), |length| start + length + end.len())
}

/// The length of a character literal; 0 for a lifetime.
fn character(text: &str) -> usize {
    let mut chars = text.char_indices().skip(1);
    match chars.next() {
        Some((_, '\\')) => text[3..].find('\'').map_or(0, |at| at + 4),
        Some(_) => match chars.next() {
            Some((at, '\'')) => at + 1,
            _ => 0,
        },
        None => 0,
    }
}

fn text_of(text: &str) -> Vec<&'static str> {
    code(text).leak().split_whitespace().collect()
}

#[test]
fn comments_and_literals_are_no_code() {
    let text = r##"a /* b /* c */ "d" */ "e\"f" 'g' '\'' 'h: r#"i"j"# rr // k
l
#[cfg(test)]
mod m;
#[cfg(test)]
mod tests { n }
"##;
    let words: Vec<&str> = text_of(text);
    assert_eq!(words, ["a", "'h:", "rr", "l", "#[cfg(test)]", "mod", "m;"]);
}
