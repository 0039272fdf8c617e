//! Redirects, followed within one origin.

use http::header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION, TRANSFER_ENCODING};
use http::request::Parts;
use http::{HeaderMap, Method, StatusCode, Uri};

use crate::support::operation::OperationInfo;
use crate::support::payload::Payload;

/// Changes a request to where a response redirects it, and keeps all its headers. Returns whether it did: not if the
/// response is one that the document gives, or leads to another origin.
///
/// 303 turns every method but `HEAD` into `GET`, and 301 and 302 turn `POST` into it (RFC 9110 §15.4).
pub(crate) fn redirect(
    info: &'static OperationInfo,
    request: &mut Parts,
    body: &mut Payload,
    status: StatusCode,
    headers: &HeaderMap,
) -> bool {
    let is_known = matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308);
    let is_documented = info.responses.iter().any(|known| {
        let (first, last) = known.statuses;
        (first, last) != (100, 599) && (first..=last).contains(&status.as_u16())
    });
    if !is_known || is_documented {
        return false;
    }
    let target = headers.get(LOCATION).and_then(|value| value.to_str().ok());
    let Some(uri) = target.and_then(|target| within_origin(&request.uri, target)) else {
        return false;
    };
    request.uri = uri;
    let becomes_get = match status {
        StatusCode::SEE_OTHER => request.method != Method::HEAD,
        StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND => request.method == Method::POST,
        _ => false,
    };
    if becomes_get {
        request.method = Method::GET;
        *body = Payload::default();
        for field in [CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING] {
            request.headers.remove(field);
        }
    }
    true
}

/// Returns where `target` leads from `from`, if it has the same origin (RFC 6454).
pub(crate) fn within_origin(from: &Uri, target: &str) -> Option<Uri> {
    let from = reqwest::Url::parse(&from.to_string()).ok()?;
    let mut to = from.join(target).ok()?;
    to.set_fragment(None);
    let stays = to.origin() == from.origin() && to.username().is_empty() && to.password().is_none();
    if !stays {
        return None;
    }
    Uri::try_from(to.as_str()).ok()
}
