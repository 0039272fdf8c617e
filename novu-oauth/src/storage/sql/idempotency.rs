//! Idempotency keys: who takes one is told by a single statement, whatever the number of instances.

use sqlx::Row as _;

use super::rows::{maybe, text};
use super::{Database, millis};
use crate::clock::Timestamp;
use crate::storage::{Answer, Attempt, Begun, StorageError, Stored};

impl Database {
    pub(super) async fn take_key(&self, attempt: &Attempt<'_>) -> Stored<Begun> {
        // Between the two statements the key may be given up or forgotten; then it is free.
        for _ in 0..3 {
            let taken = sqlx::query(
                "INSERT INTO idempotency (environment_id, idempotency_key, fingerprint, lock, \
                   expires_at) VALUES ($1, $2, $3, $4, $5) \
                 ON CONFLICT (environment_id, idempotency_key) DO UPDATE SET \
                   fingerprint = excluded.fingerprint, lock = excluded.lock, \
                   expires_at = excluded.expires_at, status = NULL, body = NULL \
                 WHERE idempotency.expires_at <= $6",
            )
            .bind(attempt.environment)
            .bind(attempt.key)
            .bind(attempt.fingerprint)
            .bind(attempt.lock)
            .bind(millis(attempt.locked_until))
            .bind(millis(attempt.now))
            .execute(&self.writer)
            .await?;
            if taken.rows_affected() > 0 {
                return Ok(Begun::Fresh);
            }
            let row = sqlx::query(
                "SELECT fingerprint, status, body FROM idempotency \
                 WHERE environment_id = $1 AND idempotency_key = $2",
            )
            .bind(attempt.environment)
            .bind(attempt.key)
            .fetch_optional(&self.writer)
            .await?;
            let Some(row) = row else {
                continue;
            };
            let status: Option<i64> = row.try_get("status")?;
            let Some(status) = status else {
                return Ok(Begun::Running);
            };
            if text(&row, "fingerprint")? != attempt.fingerprint {
                return Ok(Begun::Other);
            }
            return Ok(Begun::Done(Answer {
                status: u16::try_from(status)
                    .map_err(|_| StorageError::Corrupt(format!("the status {status}")))?,
                body: maybe(&row, "body")?.unwrap_or_default(),
            }));
        }
        Ok(Begun::Running)
    }

    pub(super) async fn keep_answer(
        &self,
        attempt: &Attempt<'_>,
        answer: &Answer,
        expires_at: Timestamp,
    ) -> Stored<bool> {
        let kept = sqlx::query(
            "UPDATE idempotency SET status = $1, body = $2, expires_at = $3 \
             WHERE environment_id = $4 AND idempotency_key = $5 AND lock = $6",
        )
        .bind(i64::from(answer.status))
        .bind(answer.body.as_str())
        .bind(millis(expires_at))
        .bind(attempt.environment)
        .bind(attempt.key)
        .bind(attempt.lock)
        .execute(&self.writer)
        .await?;
        Ok(kept.rows_affected() > 0)
    }

    pub(super) async fn release_key(&self, attempt: &Attempt<'_>) -> Stored<()> {
        sqlx::query(
            "DELETE FROM idempotency WHERE environment_id = $1 AND idempotency_key = $2 \
             AND lock = $3 AND status IS NULL",
        )
        .bind(attempt.environment)
        .bind(attempt.key)
        .bind(attempt.lock)
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    pub(super) async fn delete_expired(&self, now: Timestamp) -> Stored<u64> {
        let done = sqlx::query("DELETE FROM idempotency WHERE expires_at <= $1")
            .bind(millis(now))
            .execute(&self.writer)
            .await?;
        Ok(done.rows_affected())
    }
}
