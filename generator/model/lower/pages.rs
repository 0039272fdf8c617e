//! How the pages of a list follow each other (`x-speakeasy-pagination`).

use indexmap::IndexMap;

use crate::document::Node;

use super::super::calls::{PageInput, Pagination};

/// Reads the extension. What is not as its author describes it, or cannot be carried, counts as not stated.
pub(super) fn pagination(extensions: &IndexMap<String, Node>) -> Option<Pagination> {
    let written = extensions.get("x-speakeasy-pagination")?;
    let output = |name: &str| {
        let path = written.get("outputs")?.get(name)?.as_str()?;
        pointer(path)
    };
    match written.get("type").and_then(Node::as_str)? {
        "cursor" => Some(Pagination::Cursor {
            to: input(written, "cursor")?,
            from: output("nextCursor")?,
        }),
        "url" => Some(Pagination::Url {
            from: output("nextUrl")?,
        }),
        "offsetLimit" => {
            let page = input(written, "page");
            let pages = page.is_some();
            let items = output("results");
            let last = output("numPages").filter(|_| pages);
            if items.is_none() && last.is_none() {
                return None;
            }
            Some(Pagination::Count {
                to: page.or_else(|| input(written, "offset"))?,
                first: u64::from(pages),
                pages,
                items,
                last,
                limit: match input(written, "limit") {
                    Some(PageInput::Query(name)) => Some(name),
                    _ => None,
                },
            })
        }
        _ => None,
    }
}

/// The input of a kind.
fn input(written: &Node, kind: &str) -> Option<PageInput> {
    let text = |input: &Node, key: &str| input.get(key)?.as_str().map(str::to_owned);
    let inputs = written.get("inputs")?.as_array()?;
    let input = inputs
        .iter()
        .find(|input| text(input, "type").as_deref() == Some(kind))?;
    let name = text(input, "name")?;
    match text(input, "in").as_deref() {
        Some("parameters") => Some(PageInput::Query(name)),
        Some("requestBody") => Some(PageInput::Body(name)),
        _ => None,
    }
}

/// The JSON pointer of a path such as `$.meta.next` or `$['meta'][\"next\"]` (RFC 9535 without what selects
/// several).
fn pointer(path: &str) -> Option<String> {
    let mut rest = path.strip_prefix('$')?;
    let mut pointer = String::new();
    while !rest.is_empty() {
        let key;
        if let Some(after) = rest.strip_prefix('.') {
            let end = after.find(['.', '[']).unwrap_or(after.len());
            (key, rest) = after.split_at(end);
        } else {
            let inside;
            (inside, rest) = rest.strip_prefix('[')?.split_once(']')?;
            let quoted = |quote: char| inside.strip_prefix(quote)?.strip_suffix(quote);
            let number = !inside.is_empty() && inside.bytes().all(|byte| byte.is_ascii_digit());
            key = quoted('\'').or(quoted('"')).or(number.then_some(inside))?;
        }
        if key.is_empty() || key == "*" {
            return None;
        }
        pointer.push('/');
        pointer += &key.replace('~', "~0").replace('/', "~1");
    }
    (!pointer.is_empty()).then_some(pointer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_pointers() {
        for (path, expected) in [
            ("$.next", Some("/next")),
            ("$.meta.next", Some("/meta/next")),
            ("$['a/b'][\"c~\"].d", Some("/a~1b/c~0/d")),
            ("$.list[0].id", Some("/list/0/id")),
            ("$", None),
            ("", None),
            ("next", None),
            ("$.", None),
            ("$..next", None),
            ("$.*", None),
            ("$[*]", None),
            ("$[-1].id", None),
            ("$[", None),
            ("$['a", None),
            ("$['']", None),
            ("$x", None),
        ] {
            assert_eq!(pointer(path).as_deref(), expected, "{path}");
        }
    }
}
