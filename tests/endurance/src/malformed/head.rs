//! What can be wrong with a request before its body.

use super::message::Message;
use super::random::Random;

/// The request line.
pub(super) fn line(message: &mut Message, random: &mut Random) {
    match random.below(8) {
        0 => message.method = random.bytes(5),
        1 => {
            message.method = random
                .of(&[
                    "get", "DELETE", "TRACE", "QUERY", "OPTIONS", "HEAD", "CONNECT", "",
                ])
                .into();
        }
        2 => {
            message.version = random
                .of(&[
                    "HTTP/9.9",
                    "HTTP/1.0",
                    "http/1.1",
                    "HTTP/2.0",
                    "",
                    "HTTP/1.1 x",
                ])
                .into();
        }
        3 => message.target.insert(0, b' '),
        4 => {
            message.target = random
                .of(&[
                    "*",
                    "",
                    "//",
                    "http://[::1/",
                    "localhost:80",
                    "?",
                    "#",
                    "/%",
                    "http://",
                ])
                .into();
        }
        5 => message
            .target
            .extend(vec![b'a'; 1 << (6 + random.below(11))]),
        6 => message.method = vec![b'M'; 1 << random.below(17)],
        _ => {
            let at = random.below(message.target.len() + 1);
            let odd = random.bytes(2);
            message.target.splice(at..at, odd);
        }
    }
}

/// Path and query: escapes that are none, and segments that nobody expects.
pub(super) fn target(message: &mut Message, random: &mut Random) {
    let odd = random.of(&[
        "%",
        "%zz",
        "%FF",
        "%00",
        "%C3",
        "%2F",
        "%2e%2e",
        "..",
        "//",
        ";",
        "\u{e4}",
        "\u{1F600}",
        "+",
        "%20",
        "-1",
        "99999999999999999999999",
        "1e5",
        "NaN",
        "null",
        "{id}",
        "\"",
        "%25",
        "a.b.c",
        ".",
        "",
    ]);
    if random.one_in(2) {
        // One of the segments is another.
        let target = std::mem::take(&mut message.target);
        let mut parts: Vec<&[u8]> = target.split(|byte| *byte == b'/').collect();
        let at = random.below(parts.len());
        if let Some(part) = parts.get_mut(at) {
            *part = odd.as_bytes();
        }
        message.target = parts.join(&b'/');
    } else {
        let at = random.below(message.target.len()) + 1;
        let at = at.min(message.target.len());
        message.target.splice(at..at, odd.bytes());
    }
}

/// Query parameters that say nothing, or too much.
pub(super) fn query(message: &mut Message, random: &mut Random) {
    let query = message.target.iter().position(|byte| *byte == b'?');
    if random.one_in(4) {
        message
            .target
            .truncate(query.unwrap_or(message.target.len()));
    }
    let joint = if message.target.contains(&b'?') {
        "&"
    } else {
        "?"
    };
    message.target.extend_from_slice(joint.as_bytes());
    let name = random.of(&[
        "q",
        "limit",
        "ids",
        "piped",
        "filter",
        "where",
        "either",
        "others",
        "key",
        "page",
        "a[b]",
        "filter[kind]",
        "filter[sizes]",
        "filter[nested][a]",
        "filter[",
        "filter]",
        "%5B%5D",
        "",
        "&",
        "=",
        "\u{e4}",
        "orderBy",
    ]);
    let value = random.of(&[
        "",
        "1",
        "-1",
        "1,2,,3",
        "1|2|x",
        "true",
        "nul",
        "%",
        "%FF%FE",
        "99999999999999999999",
        "1e400",
        "{}",
        "[",
        "{\"kind\":",
        "a=b=c",
        "+",
        "%00",
        "new",
        "NaN",
        "2020-13-45T99:99:99Z",
        "\u{1F600}",
    ]);
    let times = if random.one_in(8) {
        random.below(3000)
    } else {
        1
    };
    for _ in 0..=times {
        message
            .target
            .extend_from_slice(format!("{name}={value}&").as_bytes());
    }
    if random.one_in(6) {
        let depth = 1 + random.below(2000);
        let deep = format!("filter{}=1", "[a]".repeat(depth));
        message.target.extend_from_slice(deep.as_bytes());
    }
}

/// Header lines.
pub(super) fn headers(message: &mut Message, random: &mut Random) {
    match random.below(10) {
        0 => message.push("x-bytes", random.bytes(20)),
        1 => message.push(random.bytes(6), "a"),
        2 => message.push("", "a"),
        3 => message.push("x-folded", "a\r\n b"),
        4 => message.push("x-huge", vec![b'a'; 1 << (10 + random.below(10))]),
        5 => {
            for number in 0..random.below(300) {
                message.push(format!("x-{number}"), "a");
            }
        }
        6 => {
            let copies = message.headers.clone();
            message.headers.extend(copies);
        }
        7 => message.without("host"),
        8 => {
            let names = [
                "x-since",
                "x-tags",
                "idempotency-key",
                "content-encoding",
                "range",
                "te",
                "upgrade",
                "connection",
            ];
            let values = [
                "",
                ",",
                "\"",
                "gzip",
                "a, ,b",
                "bytes=-",
                "yesterday",
                "websocket",
                "\u{e4}",
                "close, close",
            ];
            message.push(random.of(&names), random.of(&values));
        }
        _ => message.push("no-colon\r\nx", "a"),
    }
}

/// Credentials and cookies.
pub(super) fn credentials(message: &mut Message, random: &mut Random) {
    let values = [
        "",
        "Basic",
        "Basic ",
        "Basic !!!",
        "Basic dTpw",
        "Basic //79",
        "Bearer",
        "Bearer ",
        "Bearer a b",
        "ApiKey",
        "ApiKey ",
        "bearer\tx",
        "\u{e4}",
        ",",
        "Basic dTpw, Bearer x",
    ];
    match random.below(6) {
        0 => message.without("authorization"),
        1 => message.push("authorization", random.of(&values)),
        2 => message.set("authorization", random.bytes(12)),
        3 => {
            let cookies = [
                "session",
                "session=",
                "=;=;",
                "session=%FF",
                "view=short; view=long",
                "view=\"",
                ";;;;",
                "a=b,c=d",
            ];
            message.set("cookie", random.of(&cookies));
        }
        4 => message.set("cookie", "a=b; ".repeat(random.below(4000))),
        _ => message.set("authorization", random.of(&values)),
    }
}

/// What the answer may be.
pub(super) fn negotiation(message: &mut Message, random: &mut Random) {
    let accepts = [
        "",
        "*",
        "*/*;q=",
        "text/html",
        "application/json;q=2",
        "application/json;q=0",
        ";;;",
        "a/b,".repeat(500).leak(),
        "image/*",
        "application/*+json",
        "application/json; a=\"",
        "\u{e4}/x",
    ];
    match random.below(3) {
        0 => message.set("accept", random.of(&accepts)),
        1 => message.push("expect", random.of(&["100-continue", "200-ok", ""])),
        _ => message.push("accept", random.bytes(10)),
    }
}
