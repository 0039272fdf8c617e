//! What can be wrong with a body, and with what is said of it.

use super::message::{Framing, Message};
use super::random::Random;

/// Lengths that contradict each other, or the body.
pub(super) fn length(message: &mut Message, random: &mut Random) {
    if message.body.is_empty() {
        message.body = b"{}".to_vec();
    }
    message.framing = Framing::Told;
    let length = message.body.len();
    match random.below(8) {
        0 => message.push(
            "content-length",
            (length + 1 + random.below(1000)).to_string(),
        ),
        1 => message.push("content-length", random.below(length).to_string()),
        2 => message.push(
            "content-length",
            random.of(&[
                "-1",
                "",
                "x",
                "1e3",
                "+5",
                "99999999999999999999",
                "0x10",
                "5, 6",
            ]),
        ),
        3 => {
            message.push("content-length", length.to_string());
            message.push("content-length", (length + 1).to_string());
        }
        4 => {
            message.push("content-length", length.to_string());
            message.push("transfer-encoding", "chunked");
        }
        5 => message.push(
            "transfer-encoding",
            random.of(&["gzip", "chunked, chunked", "identity", "", "x, chunked"]),
        ),
        6 => message.push("content-length", "18446744073709551615"),
        _ => {}
    }
}

/// Chunks that are none.
pub(super) fn chunks(message: &mut Message, random: &mut Random) {
    message.framing = Framing::Chunks;
    if random.one_in(3) {
        return;
    }
    message.framing = Framing::Told;
    message.push("transfer-encoding", "chunked");
    let size = random.of(&[
        "zz",
        "-1",
        "FFFFFFFFFFFFFFFFF",
        "5",
        "",
        "1;a=b",
        "0",
        "10000000",
        " 3",
        "3 ",
    ]);
    let end = random.of(&[
        "\r\n",
        "\n",
        "",
        "\r\n\r\n",
        "\r\n0\r\n\r\n",
        "\r\n0\r\nx-trailer: a\r\n\r\n",
        "\r\n0\r\nbad trailer\r\n\r\n",
    ]);
    let extension = if random.one_in(6) {
        ";".repeat(random.below(40_000))
    } else {
        String::new()
    };
    let body = std::mem::take(&mut message.body);
    message.body = [
        size.as_bytes(),
        extension.as_bytes(),
        b"\r\n",
        &body,
        end.as_bytes(),
    ]
    .concat();
}

/// Types that the body has not.
pub(super) fn content_type(message: &mut Message, random: &mut Random) {
    let types = [
        "",
        "text/plain",
        "application/json; charset=utf-16",
        "application/json; charset=\"",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"\r",
        "application/x-www-form-urlencoded",
        "/",
        "a",
        "image/png",
        "application/merge-patch+json",
        "application/octet-stream",
        "application/jsonl",
        "text/event-stream",
        "application/xml",
        ";;;=",
        "application/json, text/plain",
        "*/*",
        "multipart/mixed; boundary=x",
        "application/JSON ; a",
    ];
    match random.below(5) {
        0 => message.without("content-type"),
        1 => message.set("content-type", random.bytes(14)),
        2 => message.push("content-type", random.of(&types)),
        _ => message.set("content-type", random.of(&types)),
    }
}

/// Any body: cut off, changed, or too long.
pub(super) fn text(message: &mut Message, random: &mut Random) {
    match random.below(6) {
        0 => {
            let length = random.below(message.body.len());
            message.body.truncate(length);
        }
        1 => message.body = random.bytes(64),
        2 => message.body.clear(),
        3 if random.one_in(10) => message.body = vec![b' '; 3 << 20],
        _ => mutate(&mut message.body, random),
    }
}

/// JSON that is none, or of another shape.
pub(super) fn json(message: &mut Message, random: &mut Random) {
    if message.body.is_empty() || random.one_in(3) {
        message.set("content-type", "application/json");
    }
    let whole = random.of(&[
        "null",
        "[]",
        "{}",
        "\"\"",
        "0",
        "true",
        "1e999999",
        "-",
        "{\"a\":1,\"a\":2}",
        "\"\\ud800\"",
        "\u{feff}{}",
        "{\"name\":null}",
        "[1,",
        "{\"\\u0000\":0}",
        "nul",
        "{,}",
        "1 2",
        "'a'",
        "[{\"type\":\"bolt\"},{\"type\":\"bolt\"}]",
    ]);
    match random.below(5) {
        0 => message.body = whole.into(),
        1 => {
            let open = random.of(&["[", "{\"child\":", "{\"any\":[", "[{\"parts\":"]);
            message.body = open.repeat(random.below(20_000)).into_bytes();
        }
        2 => {
            // A value becomes another.
            let values: Vec<usize> = positions(&message.body, b":");
            let at = random.of(&values).min(message.body.len());
            let end = message
                .body
                .iter()
                .skip(at)
                .position(|byte| matches!(byte, b',' | b'}' | b']'));
            if let Some(end) = end {
                message
                    .body
                    .splice((at + 1).min(at + end)..at + end, whole.bytes());
            }
        }
        3 => {
            let digits = "9".repeat(random.below(5000));
            message.body =
                format!("{{\"name\":\"a\",\"parts\":[],\"price\":{digits}.{digits}e{digits}}}")
                    .into_bytes();
        }
        _ => {
            let at = random.below(message.body.len() + 1);
            let odd = random.of(&["\u{0}", "\\u", "\\", "\"", "\u{7f}", ",,", "}", "]", "//"]);
            message.body.splice(at..at, odd.bytes());
        }
    }
}

/// Parts that are none.
pub(super) fn multipart(message: &mut Message, random: &mut Random) {
    let known = message
        .header("content-type")
        .map(<[u8]>::to_vec)
        .unwrap_or_default();
    if !known.starts_with(b"multipart/") || random.one_in(3) {
        let boundary = random.of(&[
            "x",
            "",
            "a b",
            "--",
            "\"q\"",
            "x".repeat(300).leak(),
            "\u{e4}",
        ]);
        message.set(
            "content-type",
            format!("multipart/form-data; boundary={boundary}"),
        );
        let disposition = random.of(&[
            "form-data; name=file",
            "form-data",
            "form-data; name=\"",
            "form-data; name=\"about\"; filename=\"../../a\"",
            "attachment",
            "",
            "form-data; name=\"\\\"\"; filename*=UTF-8''%FF",
            "form-data; name=count",
        ]);
        let inner = random.of(&[
            "content-type: image/png\r\n",
            "content-type: \r\n",
            "no colon\r\n",
            "",
            "content-length: 9\r\n",
        ]);
        let part = format!(
            "--{boundary}\r\ncontent-disposition: {disposition}\r\n{inner}\r\n{{\"name\":\r\n"
        );
        let times = if random.one_in(6) {
            random.below(4000)
        } else {
            random.below(3)
        };
        let end = random.of(&["--", "", "\r\n", "-"]);
        message.body = format!("{}--{boundary}{end}", part.repeat(times)).into_bytes();
    } else {
        let breaks = positions(&message.body, b"\r\n");
        let at = random.of(&breaks).min(message.body.len());
        match random.below(4) {
            0 => message.body.truncate(at),
            1 => {
                let end = (at + 2).min(message.body.len());
                message.body.drain(at..end);
            }
            2 => {
                let header = [b"\r\nx-a: ", &vec![b'a'; 1 << random.below(18)][..]].concat();
                message.body.splice(at..at, header);
            }
            _ => mutate(&mut message.body, random),
        }
    }
}

/// Some bytes become others, go, or come twice.
pub(super) fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len());
        match (random.below(3), bytes.get_mut(at)) {
            (0, Some(byte)) => *byte = random.next().to_le_bytes()[0],
            (1, Some(_)) => {
                bytes.remove(at);
            }
            (_, Some(byte)) => {
                let byte = *byte;
                bytes.insert(at, byte);
            }
            _ => bytes.push(b'{'),
        }
    }
}

fn positions(bytes: &[u8], of: &[u8]) -> Vec<usize> {
    let windows = bytes.windows(of.len()).enumerate();
    windows
        .filter(|(_, it)| *it == of)
        .map(|(at, _)| at)
        .collect()
}
