//! The README's excerpts are real, and its lists are complete.

use std::path::Path;

use specwright::config::Config;
use specwright::diag::Code;

use crate::tree::read;

/// A fenced block, and the marker in the line before it: `<!-- MARKER -->`.
struct Block {
    line: usize,
    language: String,
    marker: Option<String>,
    text: String,
}

fn blocks(markdown: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    let mut before = "";
    for (number, line) in markdown.lines().enumerate() {
        match line.strip_prefix("```") {
            Some(_) if open => open = false,
            Some(language) => {
                open = true;
                let marker = before
                    .strip_prefix("<!-- ")
                    .and_then(|it| it.strip_suffix(" -->"));
                blocks.push(Block {
                    line: number + 1,
                    language: language.to_owned(),
                    marker: marker.map(str::to_owned),
                    text: String::new(),
                });
            }
            None if open => {
                if let Some(block) = blocks.last_mut() {
                    block.text.push_str(line);
                    block.text.push('\n');
                }
            }
            None => {}
        }
        before = line;
    }
    assert!(!open, "a block is never closed");
    blocks
}

fn marked(marker: &str) -> String {
    let mut found = blocks(&read("README.md"))
        .into_iter()
        .filter(|block| block.marker.as_deref() == Some(marker));
    let text = found.next().map(|block| block.text);
    assert!(found.next().is_none(), "two blocks are marked `{marker}`");
    text.unwrap_or_else(|| panic!("no block is marked `{marker}`"))
}

#[test]
fn excerpts_are_real() {
    let mut faults = Vec::new();
    let mut excerpts = 0;
    for block in blocks(&read("README.md")) {
        let Some(path) = block
            .marker
            .as_deref()
            .and_then(|it| it.strip_prefix("excerpt: "))
        else {
            continue;
        };
        excerpts += 1;
        if !read(path).contains(&block.text) {
            faults.push(format!("README.md:{}: not what is in {path}", block.line));
        }
    }
    assert!(excerpts >= 6, "{excerpts} excerpts");
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// An excerpt is of a file that is compiled and tested, so it cannot rot.
#[test]
fn all_rust_is_an_excerpt() {
    for block in blocks(&read("README.md")) {
        let is_excerpt = block
            .marker
            .as_deref()
            .is_some_and(|it| it.starts_with("excerpt: "));
        assert!(
            block.language != "rust" || is_excerpt,
            "README.md:{}: this Rust is not compiled",
            block.line
        );
    }
}

#[test]
fn each_command_is_one_line() {
    for marker in ["command: demo", "command: test"] {
        let command = marked(marker);
        assert_eq!(command.trim_end().lines().count(), 1, "{command}");
        assert!(command.starts_with("cargo "), "{command}");
    }
}

#[test]
fn the_configuration_is_valid() {
    let text = marked("configuration");
    let config = Config::parse("README.md", &text, Path::new(""));
    let config = config.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(config.apis.len(), 1);
}

#[test]
fn what_is_not_carried_is_listed() {
    let readme = read("README.md");
    for code in Code::all() {
        let name = code.name();
        let lost = name.starts_with("unsupported-") || name.ends_with("-not-carried");
        assert!(
            !lost || name == "unsupported-version" || readme.contains(&format!("| `{name}` |")),
            "README.md does not say `{name}`: {}",
            code.summary()
        );
    }
}
