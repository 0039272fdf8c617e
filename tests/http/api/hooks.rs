//! What a user of the client sees and changes on the way.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::script::Script;
use super::{GuardedRequest, PingRequest, TOKEN, call};
use crate::support::retry::RetryPolicy;
use crate::support::transport_error::TransportError;

#[tokio::test(start_paused = true)]
async fn hooks_see_every_attempt() {
    let script = Script::new([(503, &[("x-a", "1")][..], "")]);
    let seen: Arc<Mutex<Vec<String>>> = Arc::default();
    let kept = seen.clone();
    let client = script
        .builder()
        .on_request(|head, operation| {
            let value = format!("{} {}", operation.id, head.uri.path());
            head.headers.insert("x-seen", value.parse().unwrap());
        })
        .on_request(|head, _| {
            let value = head.headers["x-seen"].len();
            head.headers.insert("x-again", value.into());
        })
        .on_response(move |head| {
            kept.lock().unwrap().push(format!(
                "{} {} {:?} {:?} {}",
                head.operation.id,
                head.status,
                head.headers.get("x-a"),
                head.elapsed,
                head.attempt
            ));
        })
        .retries(RetryPolicy::new().longest_wait(Duration::ZERO))
        .build()
        .unwrap();
    call(&client, PingRequest {}).send().await.unwrap();
    let asked = script.asked();
    assert_eq!(asked.len(), 2);
    for asked in asked {
        assert_eq!(asked.headers["x-seen"], "ping /base/ping");
        assert_eq!(asked.headers["x-again"], "15");
    }
    assert_eq!(
        *seen.lock().unwrap(),
        [
            "ping 503 Service Unavailable Some(\"1\") 0ns 1",
            "ping 204 No Content None 0ns 2"
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn hooks_may_wait_and_fail() {
    let script = Script::new([]);
    let builder = || {
        script.builder().on_request_async(|head, operation| {
            Box::pin(async move {
                tokio::time::sleep(Duration::from_secs(1)).await;
                head.headers
                    .insert("x-signed", operation.id.parse().unwrap());
                Ok(())
            })
        })
    };
    let client = builder().build().unwrap();
    call(&client, PingRequest {}).send().await.unwrap();
    assert_eq!(script.asked()[0].headers["x-signed"], "ping");
    let client = builder()
        .on_response_async(|head| {
            let status = head.status;
            Box::pin(async move { Err(TransportError::new(format!("{status} is unwanted"))) })
        })
        .build()
        .unwrap();
    let error = call(&client, PingRequest {}).send().await.unwrap_err();
    let source = std::error::Error::source(&error);
    assert!(format!("{error} {source:?}").contains("204 No Content is unwanted"));
}

/// A hook may sign: it sees the request as it is sent.
#[tokio::test]
async fn a_hook_sees_credentials() {
    let script = Script::new([]);
    let builder = script.builder().credential(TOKEN, "t".into());
    let client = builder.on_request(|head, _| {
        assert_eq!(head.headers["authorization"], "Bearer t");
        assert!(!format!("{head:?}").contains("Bearer"));
    });
    let client = client.build().unwrap();
    call(&client, GuardedRequest {}).send().await.unwrap();
}

#[cfg(feature = "tracing")]
mod spans {
    use std::cell::RefCell;
    use std::fmt::Write as _;

    use tracing::field::{Field, Visit};
    use tracing::span::{Attributes, Id, Record};
    use tracing::{Event, Metadata, Subscriber};

    use super::{GuardedRequest, Script, TOKEN, call};

    thread_local! {
        static NOTES: RefCell<String> = RefCell::default();
    }

    /// Writes down all fields, those of each thread by themselves. It serves the whole process: whether a span is
    /// wanted is kept from the first time that any thread asks.
    struct Notes;

    impl Visit for Notes {
        fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
            NOTES.with_borrow_mut(|notes| write!(notes, "{}={value:?} ", field.name()).unwrap());
        }
    }

    impl Subscriber for Notes {
        fn enabled(&self, _: &Metadata<'_>) -> bool {
            true
        }
        fn new_span(&self, span: &Attributes<'_>) -> Id {
            span.record(&mut Self);
            Id::from_u64(1)
        }
        fn record(&self, _: &Id, values: &Record<'_>) {
            values.record(&mut Self);
        }
        fn record_follows_from(&self, _: &Id, _: &Id) {}
        fn event(&self, event: &Event<'_>) {
            event.record(&mut Self);
        }
        fn enter(&self, _: &Id) {}
        fn exit(&self, _: &Id) {}
    }

    #[tokio::test]
    async fn a_call_is_a_span() {
        tracing::subscriber::set_global_default(Notes).unwrap();
        let script = Script::new([]);
        let client = script.builder().credential(TOKEN, "hush".into());
        let client = client.build().unwrap();
        call(&client, GuardedRequest {}).send().await.unwrap();
        assert_eq!(
            NOTES.take(),
            "otel.kind=\"client\" operation=\"guarded\" http.request.method=\"GET\" url.template=\"/guarded\" \
             http.response.status_code=204 attempts=1 "
        );
    }
}
