//! How operations are called: extensions that say when a call is to be sent again.

use indexmap::IndexMap;

use crate::document::{Node, Server as Written};

use super::super::calls::{Retries, Server, Variable};

/// Servers as they are written, with their variables.
pub(super) fn servers(written: &[Written]) -> Vec<Server> {
    let servers = written.iter().map(|server| Server {
        url: server.url.clone(),
        description: server.description.clone(),
        variables: server
            .variables
            .iter()
            .map(|(name, variable)| Variable {
                name: name.clone(),
                default: variable.default.clone(),
                values: variable.values.clone(),
                description: variable.description.clone(),
            })
            .collect(),
    });
    servers.collect()
}

/// Reads `x-speakeasy-retries`. What is not as its author describes it counts as not stated.
pub(super) fn retries(extensions: &IndexMap<String, Node>) -> Option<Retries> {
    let written = extensions.get("x-speakeasy-retries")?;
    let strategy = written.get("strategy").and_then(Node::as_str);
    if strategy == Some("none") {
        return Some(Retries {
            attempts: Some(1),
            ..Retries::default()
        });
    }
    let number = |name: &str| written.get("backoff")?.get(name)?.as_number();
    let milliseconds = |name: &str| number(name)?.as_u64();
    let attempts = written.get("maxAttempts").and_then(Node::as_number);
    Some(Retries {
        attempts: attempts.and_then(|number| u32::try_from(number.as_u64()?).ok()),
        first_wait: milliseconds("initialInterval"),
        longest_wait: milliseconds("maxInterval"),
        within: milliseconds("maxElapsedTime"),
        factor: number("exponent")
            .map(crate::document::Number::as_f64)
            .filter(|factor| factor.is_finite() && *factor >= 1.0),
        statuses: written.get("statusCodes").and_then(statuses),
        lost: written.get("retryConnectionErrors").and_then(Node::as_bool),
    })
}

fn statuses(written: &Node) -> Option<Vec<(u16, u16)>> {
    let statuses: Vec<(u16, u16)> = written.as_array()?.iter().filter_map(status).collect();
    (!statuses.is_empty()).then_some(statuses)
}

/// `429`, `"429"` or `"5XX"`.
fn status(written: &Node) -> Option<(u16, u16)> {
    let code = match written {
        Node::Number(number) => u16::try_from(number.as_u64()?).ok()?,
        Node::String(text) => match text.strip_suffix("XX").or(text.strip_suffix("xx")) {
            Some(digit) => {
                let hundred = digit
                    .parse::<u16>()
                    .ok()
                    .filter(|digit| (1..=5).contains(digit))?
                    * 100;
                return Some((hundred, hundred + 99));
            }
            None => text.parse().ok()?,
        },
        _ => return None,
    };
    (100..=599).contains(&code).then_some((code, code))
}

#[cfg(test)]
mod tests {
    use crate::diag::Sink;
    use crate::document;
    use crate::source::Source;

    use super::*;

    fn read(written: &str) -> Option<Retries> {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{ title: t, version: '1' }}\npaths: {{}}\nx-speakeasy-retries: {written}\n"
        );
        let source = Source::text("test.yaml", text).unwrap();
        let mut sink = Sink::new();
        let document = document::read(&source, &mut sink).unwrap();
        super::super::build(&document, &mut sink).retries
    }

    #[test]
    fn what_is_stated_is_read() {
        assert_eq!(
            read(
                "{ strategy: backoff, backoff: { initialInterval: 1000, maxInterval: 30000, maxElapsedTime: 3600000, \
                 exponent: 1.5 }, statusCodes: [408, '409', 5XX], retryConnectionErrors: true }"
            ),
            Some(Retries {
                attempts: None,
                first_wait: Some(1000),
                longest_wait: Some(30_000),
                within: Some(3_600_000),
                factor: Some(1.5),
                statuses: Some(vec![(408, 408), (409, 409), (500, 599)]),
                lost: Some(true),
            })
        );
        assert_eq!(read("{ strategy: none }").unwrap().attempts, Some(1));
    }

    #[test]
    fn what_makes_no_sense_is_not_stated() {
        for written in [
            "{}",
            "5",
            "[]",
            "{ backoff: 1, statusCodes: 2, maxAttempts: -1, retryConnectionErrors: 3 }",
            "{ backoff: { initialInterval: -1, exponent: 0.5, maxInterval: x } }",
            "{ statusCodes: [é5, 99, 600, 9XX, 0XX, X, -1, 1.5, null, 4x] }",
        ] {
            assert_eq!(read(written), Some(Retries::default()), "{written}");
        }
    }
}
