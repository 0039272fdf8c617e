//! Idempotency keys.

use novu_oauth::clock::Timestamp;
use novu_oauth::storage::{Answer, Attempt, Begun};

use crate::database::{Database, ENVIRONMENT, NOW, OTHER};

both! { a_key_is_taken_once, a_key_that_was_given_up, one_of_many_takes_the_key, what_expires_is_forgotten }

fn attempt<'a>(fingerprint: &'a str, lock: &'a str, now: u64) -> Attempt<'a> {
    Attempt {
        environment: ENVIRONMENT,
        key: "k",
        fingerprint,
        lock,
        locked_until: Timestamp(NOW.0 + now + 100),
        now: Timestamp(NOW.0 + now),
    }
}

fn answer() -> Answer {
    Answer {
        status: 201,
        body: r#"{"url":"ü"}"#.to_owned(),
    }
}

async fn a_key_is_taken_once(database: &Database) {
    let store = database.open().await;
    let first = attempt("f", "l1", 0);
    let begin = async |attempt: &Attempt<'_>| store.begin(attempt).await.expect("an answer");
    assert_eq!(begin(&first).await, Begun::Fresh);
    assert_eq!(begin(&attempt("f", "l2", 99)).await, Begun::Running);
    assert_eq!(begin(&attempt("g", "l2", 99)).await, Begun::Running);
    let elsewhere = Attempt {
        environment: OTHER,
        ..attempt("f", "l2", 0)
    };
    assert_eq!(begin(&elsewhere).await, Begun::Fresh);
    let until = Timestamp(NOW.0 + 1000);
    assert!(
        store
            .finish(&first, &answer(), until)
            .await
            .expect("an answer")
    );
    assert_eq!(begin(&attempt("f", "l3", 999)).await, Begun::Done(answer()));
    assert_eq!(begin(&attempt("g", "l3", 999)).await, Begun::Other);
    assert_eq!(begin(&attempt("g", "l3", 1000)).await, Begun::Fresh);
}

async fn a_key_that_was_given_up(database: &Database) {
    let store = database.open().await;
    let first = attempt("f", "l1", 0);
    let begin = async |attempt: &Attempt<'_>| store.begin(attempt).await.expect("an answer");
    assert_eq!(begin(&first).await, Begun::Fresh);
    store.give_up(&first).await.expect("to be given up");
    let second = attempt("g", "l2", 1);
    assert_eq!(begin(&second).await, Begun::Fresh);
    // The first has nothing to give up or finish any more.
    store.give_up(&first).await.expect("nothing");
    let until = Timestamp(NOW.0 + 1000);
    assert!(
        !store
            .finish(&first, &answer(), until)
            .await
            .expect("an answer")
    );
    assert_eq!(begin(&attempt("g", "l3", 2)).await, Begun::Running);
    // The second took too long, and the third has its place.
    assert_eq!(begin(&attempt("g", "l3", 101)).await, Begun::Fresh);
    assert!(
        !store
            .finish(&second, &answer(), until)
            .await
            .expect("an answer")
    );
}

async fn one_of_many_takes_the_key(database: &Database) {
    let one = database.open().await;
    let other = database.open().await;
    let tasks: Vec<_> = (0..40)
        .map(|at| {
            let store = if at % 2 == 0 {
                one.clone()
            } else {
                other.clone()
            };
            tokio::spawn(async move {
                let lock = format!("l{at}");
                store
                    .begin(&attempt("f", &lock, 0))
                    .await
                    .expect("an answer")
            })
        })
        .collect();
    let mut fresh = 0;
    for task in tasks {
        fresh += usize::from(task.await.expect("an answer") == Begun::Fresh);
    }
    assert_eq!(fresh, 1);
}

async fn what_expires_is_forgotten(database: &Database) {
    let store = database.open().await;
    store.begin(&attempt("f", "l", 0)).await.expect("an answer");
    assert_eq!(
        store.prune(Timestamp(NOW.0 + 99)).await.expect("a count"),
        0
    );
    assert_eq!(
        store.prune(Timestamp(NOW.0 + 100)).await.expect("a count"),
        1
    );
}
