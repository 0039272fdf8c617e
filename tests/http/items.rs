//! Items that come one after the other, however their bytes are cut.

use std::time::Duration;

use bytes::Bytes;

use crate::support::byte_stream::ByteStream;
use crate::support::event::{Event, EventSplitter};
use crate::support::items::{ItemError, ItemStream, Splitter};
use crate::support::json_lines::LineSplitter;
use crate::support::payload::Payload;
use crate::support::read::from_slice;
use crate::support::transport_error::TransportError;

const LIMIT: usize = 40;

/// A stream of pieces.
struct Pieces(std::vec::IntoIter<Bytes>);

impl futures_core::Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.next().map(Ok))
    }
}

fn cut(text: &[u8], size: usize) -> Payload {
    let pieces: Vec<Bytes> = text.chunks(size).map(Bytes::copy_from_slice).collect();
    let stream = ByteStream::from_stream(Pieces(pieces.into_iter()));
    stream.into_payload().unwrap()
}

async fn all<T: Send + 'static>(
    text: &[u8],
    splitter: impl Fn() -> Box<dyn Splitter<T>>,
    show: impl Fn(Result<T, ItemError>) -> String,
) -> Vec<String> {
    let mut first: Option<Vec<String>> = None;
    for size in (1..=text.len().max(1)).rev() {
        let mut items = ItemStream::received(cut(text, size), splitter());
        let mut shown = Vec::new();
        while let Some(item) = items.next().await {
            shown.push(show(item));
        }
        if let Some(first) = &first {
            assert_eq!(*first, shown, "in pieces of {size}");
        }
        first.get_or_insert(shown);
    }
    first.unwrap()
}

async fn events(text: &str) -> Vec<String> {
    let splitter =
        || -> Box<dyn Splitter<Event<String>>> { Box::new(EventSplitter::new(LIMIT, Ok)) };
    all(text.as_bytes(), splitter, |event| match event {
        Ok(event) => format!(
            "{}|{}|{}|{}",
            event.event.unwrap_or_default(),
            event.id.unwrap_or_default(),
            event
                .retry
                .map_or(String::new(), |retry| retry.as_millis().to_string()),
            event.data
        ),
        Err(error) => format!("error: {error}"),
    })
    .await
}

async fn lines(media_type: &str, text: &[u8]) -> Vec<String> {
    let read = |text: &[u8]| -> Result<i64, ItemError> {
        from_slice(text).map_err(|error| ItemError::Decode {
            pointer: error.pointer,
            message: error.message,
            text: String::from_utf8_lossy(text).into_owned(),
        })
    };
    let splitter =
        || -> Box<dyn Splitter<i64>> { Box::new(LineSplitter::new(media_type, LIMIT, read)) };
    all(text, splitter, |item| match item {
        Ok(item) => item.to_string(),
        Err(ItemError::Decode { text, .. }) => format!("not an item: {text}"),
        Err(error) => format!("error: {error}"),
    })
    .await
}

#[tokio::test]
async fn events_are_those_of_the_specification() {
    assert_eq!(events("").await, [""; 0]);
    assert_eq!(events("data: a\n\n").await, ["|||a"]);
    // The examples of WHATWG HTML, §9.2.6.
    assert_eq!(
        events("data: YHOO\ndata: +2\ndata: 10\n\n").await,
        ["|||YHOO\n+2\n10"]
    );
    assert_eq!(
        events(": test stream\n\ndata: first\nid: 1\n\ndata:second\nid\n\ndata:  third\n\n").await,
        ["|1||first", "|||second", "||| third"]
    );
    assert_eq!(
        events("data\n\ndata\ndata\n\ndata:").await,
        ["|||", "|||\n"]
    );
    assert_eq!(
        events("data:test\n\ndata: test\n\n").await,
        ["|||test", "|||test"]
    );
    // Line ends of each kind, a byte order mark, ids that stay, fields that are none.
    assert_eq!(
        events("\u{feff}event: add\r\ndata: 1\r\nid: 7\r\n\r\ndata: 2\r\rretry: 10\nretry: x\nnone: 3\ndata: 3\n\n")
            .await,
        ["add|7||1", "|7||2", "|7|10|3"]
    );
    assert_eq!(events("id: a\0b\nevent: x\n\ndata: 1\n\n").await, ["|||1"]);
    // What the end cuts off is no event.
    assert_eq!(events("data: 1\n\ndata: 2\n").await, ["|||1"]);
    let long = format!("data: 1\n\ndata: {}\n\ndata: 3\n\n", "x".repeat(LIMIT));
    assert_eq!(
        events(&long).await,
        ["|||1", "error: an item is longer than 40 bytes"]
    );
    let many = format!("{}\n", "data: 12345678\n".repeat(9));
    assert_eq!(
        events(&many).await,
        ["error: an item is longer than 40 bytes"]
    );
}

#[tokio::test]
async fn lines_are_items() {
    let jsonl = "application/jsonl";
    assert_eq!(lines(jsonl, b"").await, [""; 0]);
    assert_eq!(
        lines(jsonl, b"1\n2\r\n\n 3 \n4").await,
        ["1", "2", "3", "4"]
    );
    assert_eq!(
        lines(jsonl, b"1\n{\"a\":1}\n2\n").await,
        ["1", "not an item: {\"a\":1}", "2"]
    );
    let long = format!("1\n{}", "9".repeat(LIMIT + 1));
    assert_eq!(
        lines(jsonl, long.as_bytes()).await,
        ["1", "error: an item is longer than 40 bytes"]
    );
    let sequence = "application/json-seq; charset=utf-8";
    assert_eq!(
        lines(sequence, b"\x1e1\n\x1e\n2\n\x1e3").await,
        ["1", "2", "3"]
    );
}

#[test]
fn events_are_written_so_that_nothing_in_them_ends_them() {
    let event = |data: &str| Event::new(()).frame(data).unwrap();
    assert_eq!(event(""), "data: \n\n");
    assert_eq!(
        event("a\nb\r\nc\rd"),
        "data: a\ndata: b\ndata: c\ndata: d\n\n"
    );
    let full = Event::new(())
        .of_kind("add")
        .with_id("7")
        .with_retry(Duration::from_secs(1));
    assert_eq!(
        full.frame("1").unwrap(),
        "event: add\nid: 7\nretry: 1000\ndata: 1\n\n"
    );
    for event in [
        Event::new(()).of_kind("a\ndata: b"),
        Event::new(()).with_id("a\r"),
        Event::new(()).with_id("a\0"),
    ] {
        assert!(event.frame("1").is_err());
    }
}

#[tokio::test]
async fn bytes_can_be_sent_again_and_pieces_cannot() {
    let bytes = ByteStream::from("abc");
    assert!(bytes.take().is_some() && bytes.take().is_some());
    assert_eq!(bytes.whole(3).await.unwrap(), "abc");
    let pieces = ByteStream::from(cut(b"abc", 1));
    assert_eq!(format!("{pieces:?}"), "ByteStream(Payload(streamed))");
    let taken = pieces.take().unwrap();
    assert!(pieces.take().is_none());
    assert_eq!(format!("{pieces:?}"), "ByteStream(sent)");
    assert_eq!(taken.whole(3).await.unwrap(), "abc");
    let too_long = ByteStream::from(cut(b"abcd", 1)).whole(3).await;
    assert!(too_long.is_err());
    let items: ItemStream<i64> = [1, 2].into_iter().collect();
    assert!(items.take(|_| Ok(Bytes::new())).is_some());
    assert!(items.take(|_| Ok(Bytes::new())).is_none());
}
