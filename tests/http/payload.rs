//! Bodies that are whole, and bodies that come a piece at a time.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderMap, Request, Response};
use http_body::{Body, Frame};

use crate::support::payload::Payload;
use crate::support::transport::Transport;
use crate::support::transport_error::TransportError;

/// Gives these frames, and is late once before each.
struct Frames {
    frames: VecDeque<Result<Frame<Bytes>, TransportError>>,
    late: bool,
}

impl Body for Frames {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        self.late = !self.late;
        if self.late {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(self.frames.pop_front())
    }
}

#[expect(clippy::unnecessary_wraps, reason = "frames stand beside errors")]
fn data(text: &'static str) -> Result<Frame<Bytes>, TransportError> {
    Ok(Frame::data(Bytes::from_static(text.as_bytes())))
}

fn streamed(frames: impl IntoIterator<Item = Result<Frame<Bytes>, TransportError>>) -> Payload {
    Payload::streamed(Frames {
        frames: frames.into_iter().collect(),
        late: false,
    })
}

#[tokio::test]
async fn a_body_is_read_whole() {
    let trailers = || Ok(Frame::trailers(HeaderMap::new()));
    for (payload, expected) in [
        (Payload::default(), ""),
        (Payload::from("whole"), "whole"),
        (streamed([]), ""),
        (streamed([data("one")]), "one"),
        (streamed([data(""), data("one"), data("")]), "one"),
        (
            streamed([data("a"), data("bc"), data("d"), trailers()]),
            "abcd",
        ),
    ] {
        let debug = format!("{payload:?}");
        assert!(
            !debug.contains("whole") && !debug.contains("one"),
            "{debug}"
        );
        assert_eq!(payload.whole(5).await.unwrap(), expected);
    }
}

#[tokio::test]
async fn no_more_is_read_than_is_allowed() {
    let payloads = || {
        [
            Payload::from("12345"),
            streamed([data("12345")]),
            streamed([data("1234"), data("5"), Err(TransportError::new("too far"))]),
        ]
    };
    for payload in payloads() {
        let error = payload.whole(4).await.unwrap_err();
        assert_eq!(error.to_string(), "the body is longer than 4 bytes");
    }
}

#[tokio::test]
async fn a_body_breaks_off() {
    let broken = streamed([data("1"), Err(TransportError::timeout("gone"))]);
    let error = broken.whole(9).await.unwrap_err();
    assert!(error.is_timeout() && error.to_string() == "gone");
}

#[tokio::test]
async fn pieces_come_one_by_one() {
    let mut payload = streamed([data("1"), data("2")]);
    assert!(payload.try_clone().is_none() && payload.as_whole().is_none());
    let mut pieces = Vec::new();
    while let Some(piece) = payload.next().await {
        pieces.push(piece.unwrap());
    }
    assert_eq!(pieces, ["1", "2"]);

    let mut payload = Payload::from("12");
    let mut again = payload.try_clone().unwrap();
    assert_eq!(payload.size_hint().exact(), Some(2));
    assert_eq!(payload.next().await.unwrap().unwrap(), "12");
    assert!(payload.next().await.is_none() && payload.is_end_stream());
    assert_eq!(again.next().await.unwrap().unwrap(), "12");
}

/// A router in memory takes and gives streams.
#[tokio::test]
async fn a_router_takes_streams() {
    let echo = |request: Request<axum::body::Body>| async { Response::new(request.into_body()) };
    let router = axum::Router::new().fallback(echo);
    let request = Request::new(streamed([data("1"), data("2")]));
    let response = router.send(request).await.unwrap();
    let mut body = response.into_body();
    assert_eq!(body.next().await.unwrap().unwrap(), "1");
    assert_eq!(body.whole(1).await.unwrap(), "2");
}
