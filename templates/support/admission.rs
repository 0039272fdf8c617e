//! What a request must bring before its body is read, and the reading of its body.

use std::future::poll_fn;
use std::pin::Pin;

use axum::body::{Body, HttpBody};
use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE};

use crate::support::media;
use crate::support::operation::{BodyInfo, ResponseInfo};
use crate::support::rejection::Rejection;

/// Checks the `Accept` header against the documented successes; one without a body suits everyone.
pub fn acceptable(
    headers: &HeaderMap,
    responses: &'static [ResponseInfo],
) -> Result<(), Rejection> {
    let Some(accept) = headers.get(ACCEPT).and_then(|accept| accept.to_str().ok()) else {
        return Ok(());
    };
    let successes = || responses.iter().filter(|info| info.statuses.0 < 400);
    let suits = |info: &ResponseInfo| {
        info.media.is_empty() || info.media.iter().any(|media| media::accepts(accept, media))
    };
    if successes().next().is_none() || successes().any(suits) {
        return Ok(());
    }
    Err(Rejection::NotAcceptable {
        produced: successes().flat_map(|info| info.media).copied().collect(),
    })
}

/// Checks the `Content-Type` header against the documented body. Without one, a body is bytes of
/// which nothing is known (RFC 9110 §8.3). Returns whether the body is read as it comes.
pub fn expected(headers: &HeaderMap, body: BodyInfo) -> Result<bool, Rejection> {
    let received = headers
        .get(CONTENT_TYPE)
        .map(|value| String::from_utf8_lossy(value.as_bytes()));
    let found = received.as_deref().unwrap_or(media::BYTES);
    if media::matches_any(found, body.media) {
        return Ok(body.streams(found));
    }
    let received = received.map(std::borrow::Cow::into_owned);
    Err(Rejection::UnsupportedMediaType {
        received,
        accepted: body.media,
    })
}

/// Reads a body of at most `limit` bytes. A length that the client states can only shorten the way
/// to a refusal; what counts is what arrives.
pub async fn read_body(
    mut body: Body,
    headers: &HeaderMap,
    limit: usize,
) -> Result<Bytes, Rejection> {
    let stated = headers
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if stated.is_some_and(|stated| u64::try_from(limit).is_ok_and(|limit| stated > limit)) {
        return Err(Rejection::BodyTooLarge { limit });
    }
    let mut whole = Bytes::new();
    let mut joined = BytesMut::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let Ok(data) = frame.map_err(|_| Rejection::Unreadable)?.into_data() else {
            continue;
        };
        if whole.len() + joined.len() + data.len() > limit {
            return Err(Rejection::BodyTooLarge { limit });
        }
        if whole.is_empty() && joined.is_empty() {
            // Most bodies arrive in one piece, which is then not copied.
            whole = data;
            continue;
        }
        joined.extend_from_slice(&std::mem::take(&mut whole));
        joined.extend_from_slice(&data);
    }
    Ok(if joined.is_empty() {
        whole
    } else {
        joined.freeze()
    })
}

/// Reads as much of a body that is read as it comes as is wanted before its handler is called, `limit` bytes at most.
pub async fn peek(
    body: &mut Body,
    headers: &HeaderMap,
    info: BodyInfo,
    limit: usize,
) -> Result<Bytes, Rejection> {
    let received = headers.get(CONTENT_TYPE);
    let received = received.map(|value| String::from_utf8_lossy(value.as_bytes()));
    let Some(mut is_enough) = info.peek(received.as_deref().unwrap_or_default()) else {
        return Ok(Bytes::new());
    };
    let mut peeked = BytesMut::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await {
        let Ok(data) = frame.map_err(|_| Rejection::Unreadable)?.into_data() else {
            continue;
        };
        let before = peeked.len();
        peeked.extend_from_slice(&data);
        if is_enough(&data) {
            break;
        }
        if before + data.len() > limit {
            return Err(Rejection::BodyTooLarge { limit });
        }
    }
    Ok(peeked.freeze())
}
