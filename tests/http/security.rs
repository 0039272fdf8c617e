//! Tests of the security evaluation: an OR of ANDs, with and without an empty alternative.

use http::Request;

use crate::support::future::BoxFuture;
use crate::support::guard::{Guard, authenticate, credential, hide_credentials};
use crate::support::rejection::{Cause, Denied, Rejection};
use crate::support::request_head::RequestHead;
use crate::support::security::{Requirement, Scheme};

const KEY: Scheme = Scheme::header("key", "X-Key");
const PREFIXED: Scheme = Scheme::header("prefixed", "Authorization").with_prefix("ApiKey ");
const TOKEN: Scheme = Scheme::bearer("token");
const PARAMETER: Scheme = Scheme::query("parameter", "api key");
const SESSION: Scheme = Scheme::cookie("session", "sid");

const fn ask(scheme: Scheme) -> Requirement {
    scheme.with_scopes(&[])
}

/// Takes the credential `good`, forbids `barred`, refuses all others; a principal names its scheme.
struct Keeper;

impl Guard for Keeper {
    type Principal = &'static str;
    type Error = std::convert::Infallible;

    fn check<'a>(
        &'a self,
        Requirement { scheme, .. }: &'static Requirement,
        credential: &'a str,
        _head: &'a RequestHead,
    ) -> BoxFuture<'a, Result<&'static str, Denied>> {
        let outcome = match credential {
            "good" => Ok(scheme.name),
            "barred" => Err(Denied::Forbidden(format!("{} is barred", scheme.name))),
            _ => Err(Denied::Unauthenticated(format!(
                "{} is unknown",
                scheme.name
            ))),
        };
        Box::pin(std::future::ready(outcome))
    }

    fn refuse(&self, rejection: Rejection, _head: &RequestHead) -> axum::response::Response {
        rejection.problem()
    }
}

fn head(target: &str, headers: &[(&str, &str)]) -> RequestHead {
    let mut request = Request::builder().uri(target);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    RequestHead::new(request.body(()).unwrap().into_parts().0)
}

async fn outcome(security: &'static [&'static [Requirement]], headers: &[(&str, &str)]) -> String {
    match authenticate(&Keeper, &head("/", headers), security).await {
        Ok(principal) => format!("{principal:?}"),
        Err(Rejection::Unauthenticated { scheme, cause }) => {
            format!("401 {} {cause:?}", scheme.name)
        }
        Err(Rejection::Forbidden { scheme, reason, .. }) => format!("403 {} {reason}", scheme.name),
        Err(other) => format!("{other:?}"),
    }
}

#[tokio::test]
async fn alternatives() {
    const NONE: &[&[Requirement]] = &[];
    const ONE: &[&[Requirement]] = &[&[ask(KEY)]];
    const OPTIONAL: &[&[Requirement]] = &[&[], &[ask(KEY)]];
    const EITHER: &[&[Requirement]] = &[&[ask(KEY)], &[ask(TOKEN)]];
    const BOTH: &[&[Requirement]] = &[&[ask(KEY), ask(TOKEN)]];
    const MIXED: &[&[Requirement]] = &[&[ask(KEY), ask(SESSION)], &[ask(TOKEN)]];
    const EMPTY: &[&[Requirement]] = &[&[]];

    let key = ("x-key", "good");
    let bad = ("x-key", "bad");
    let barred = ("x-key", "barred");
    let token = ("authorization", "Bearer good");
    let cookie = ("cookie", "a=b; sid=good");
    let missing = "401 key Missing";
    for (security, headers, expected) in [
        (NONE, vec![key], "None"),
        (EMPTY, vec![key], "None"),
        (ONE, vec![], missing),
        (ONE, vec![key], "Some(\"key\")"),
        (ONE, vec![bad], "401 key Refused(\"key is unknown\")"),
        (ONE, vec![barred], "403 key key is barred"),
        (OPTIONAL, vec![], "None"),
        (OPTIONAL, vec![bad], "None"),
        (OPTIONAL, vec![key], "Some(\"key\")"),
        (EITHER, vec![], missing),
        (EITHER, vec![token], "Some(\"token\")"),
        (EITHER, vec![bad, token], "Some(\"token\")"),
        (EITHER, vec![key, token], "Some(\"key\")"),
        (EITHER, vec![bad], "401 key Refused(\"key is unknown\")"),
        (
            EITHER,
            vec![barred, ("authorization", "Bearer bad")],
            "403 key key is barred",
        ),
        (
            EITHER,
            vec![("authorization", "Basic x")],
            "401 token WrongPrefix { found: \"Basic\" }",
        ),
        (
            EITHER,
            vec![("authorization", "secret")],
            "401 token WrongPrefix { found: \"\" }",
        ),
        (BOTH, vec![key], "401 token Missing"),
        (BOTH, vec![bad], "401 token Missing"),
        (BOTH, vec![key, token], "Some(\"key\")"),
        (
            BOTH,
            vec![bad, token],
            "401 key Refused(\"key is unknown\")",
        ),
        (MIXED, vec![key, cookie], "Some(\"key\")"),
        (MIXED, vec![cookie, token], "Some(\"token\")"),
    ] {
        assert_eq!(
            outcome(security, &headers).await,
            expected,
            "{security:?} {headers:?}"
        );
    }
}

#[test]
fn credentials_are_found_where_they_travel() {
    for (scheme, target, headers, expected) in [
        (KEY, "/", vec![("x-key", "k 1")], Ok("k 1")),
        (PREFIXED, "/", vec![("authorization", "ApiKey k")], Ok("k")),
        (
            PREFIXED,
            "/",
            vec![("authorization", "apikey k")],
            Err("apikey"),
        ),
        (PREFIXED, "/", vec![("authorization", "ApiKey")], Err("")),
        (TOKEN, "/", vec![("authorization", "bearer  k")], Ok("k")),
        (PARAMETER, "/?a=1&api+key=k%20x", vec![], Ok("k x")),
        (
            SESSION,
            "/",
            vec![("cookie", "a=b"), ("cookie", "sid=\"k\"; c=d")],
            Ok("k"),
        ),
    ] {
        let head = head(target, &headers);
        let found = credential(&scheme, &head);
        let found = found.as_deref().map_err(|cause| match cause {
            Cause::WrongPrefix { found } => found.as_str(),
            other => panic!("{other:?}"),
        });
        assert_eq!(found, expected, "{scheme:?} {headers:?}");
    }
}

#[test]
fn debug_hides_credentials() {
    const SECURITY: &[&[Requirement]] = &[&[ask(KEY), ask(SESSION)]];
    let mut head = head(
        "/",
        &[
            ("x-key", "hush"),
            ("cookie", "sid=hush"),
            ("authorization", "Bearer hush"),
            ("x-other", "shown"),
        ],
    );
    hide_credentials(&mut head, SECURITY);
    let debug = format!("{head:?}");
    assert!(
        !debug.contains("hush") && debug.contains("shown"),
        "{debug}"
    );
}

#[test]
fn challenges() {
    for (scheme, expected) in [
        (PREFIXED, "ApiKey"),
        (TOKEN, "Bearer"),
        (KEY, "ApiKey in=\"header\", name=\"X-Key\""),
        (SESSION, "ApiKey in=\"cookie\", name=\"sid\""),
    ] {
        assert_eq!(scheme.challenge(), expected);
    }
}
