//! Redirects that are followed, and those that are not.

use super::script::Script;
use super::{FindResponse, GuardedRequest, StoreRequest, TOKEN, call, find};

#[tokio::test]
async fn redirects_are_not_followed_unless_asked() {
    let script = Script::new([(307, &[("location", "/b")][..], "")]);
    let client = script.builder().build().unwrap();
    let error = call(&client, GuardedRequest {}).send().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 307);
    assert_eq!(script.asked().len(), 1);
}

#[tokio::test]
async fn redirects_stay_at_home() {
    for (location, target) in [
        ("/b?c=1#d", Some("http://a.test/b?c=1")),
        ("b", Some("http://a.test/base/b")),
        ("http://A.test:80/b", Some("http://a.test/b")),
        ("?q", Some("http://a.test/base/guarded?q")),
        ("//a.test/b", Some("http://a.test/b")),
        ("https://a.test/b", None),
        ("http://a.test:81/b", None),
        ("//b.test/b", None),
        ("http://a.test@b.test/", None),
        ("http://user:x@a.test/", None),
        ("\\\\b.test/b", None),
        ("javascript:alert(1)", None),
        ("", Some("http://a.test/base/guarded")),
    ] {
        let headers: &'static [(&str, &str)] = Box::leak(Box::new([("location", location)]));
        let script = Script::new([(302, headers, "")]);
        let builder = script.builder().follow_redirects(3);
        let client = builder.credential(TOKEN, "t".into()).build().unwrap();
        let outcome = call(&client, GuardedRequest {}).send().await;
        let asked = script.asked();
        assert_eq!(outcome.is_ok(), target.is_some(), "{location}");
        let Some(target) = target else {
            assert_eq!(asked.len(), 1);
            continue;
        };
        assert_eq!(asked[1].line, format!("GET {target} b\"\""), "{location}");
        assert_eq!(asked[1].headers["authorization"], "Bearer t");
    }
}

#[tokio::test]
async fn redirects_end() {
    let script = Script::new([(307, &[("location", "/b")][..], ""); 9]);
    let client = script.builder().follow_redirects(3).build().unwrap();
    let error = call(&client, GuardedRequest {}).send().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 307);
    assert_eq!(script.asked().len(), 4);
}

#[tokio::test]
async fn methods_change_as_http_says() {
    for (status, expected) in [
        (301, "GET http://a.test/b b\"\""),
        (302, "GET http://a.test/b b\"\""),
        (303, "GET http://a.test/b b\"\""),
        (307, "POST http://a.test/b b\"5\""),
        (308, "POST http://a.test/b b\"5\""),
    ] {
        let script = Script::new([(status, &[("location", "/b")][..], "")]);
        let client = script.builder().follow_redirects(1).build().unwrap();
        let request = StoreRequest {
            key: Some("k".to_owned()),
            body: 5,
        };
        call(&client, request).send().await.unwrap();
        let asked = script.asked();
        assert_eq!(asked[1].line, expected);
        assert_eq!(asked[1].headers["idempotency-key"], "k");
        assert_eq!(asked[1].headers.contains_key("content-type"), status > 303);
    }
}

/// A redirect that the document gives is a response.
#[tokio::test]
async fn a_documented_redirect_is_a_reply() {
    let script = Script::new([(304, &[("location", "/b")][..], "")]);
    let client = script.builder().follow_redirects(1).build().unwrap();
    let reply = call(&client, find(1)).send().await.unwrap();
    assert!(matches!(reply.body, FindResponse::NotModified {}));
    assert_eq!(script.asked().len(), 1);
}
