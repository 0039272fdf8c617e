//! The storage: the same tests in SQLite and in PostgreSQL.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "clippy sees only functions marked as tests as tests"
)]

/// Runs each test in both databases. A test that is not listed is dead code, which is denied.
macro_rules! both {
    ($($test:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                let database = $crate::database::Database::sqlite();
                super::$test(&database).await;
            })*
        }

        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                if let Some(database) = $crate::database::Database::postgres().await {
                    super::$test(&database).await;
                }
            })*
        }
    };
}

mod database;
mod directory;
mod grants;
mod idempotency;
mod postgres;
