//! Environments and their keys.

use super::rows::{key_place, text};
use super::{Database, Row, millis};
use crate::clock::Timestamp;
use crate::domain::Environment;
use crate::random;
use crate::secret::{KeyHash, Secret};
use crate::storage::{StorageError, Stored};

fn environment(row: &Row) -> Stored<Environment> {
    Ok(Environment {
        id: text(row, "id")?,
        organization_id: text(row, "organization_id")?,
    })
}

impl Database {
    pub(super) async fn insert_environment(
        &self,
        environment: &Environment,
        now: Timestamp,
    ) -> Stored<()> {
        sqlx::query(
            "INSERT INTO environments (id, organization_id, created_at) VALUES ($1, $2, $3) \
             ON CONFLICT (id) DO NOTHING",
        )
        .bind(environment.id.as_str())
        .bind(environment.organization_id.as_str())
        .bind(millis(now))
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    pub(super) async fn select_environment(&self, id: &str) -> Stored<Option<Environment>> {
        let row = sqlx::query("SELECT id, organization_id FROM environments WHERE id = $1")
            .bind(id)
            .fetch_optional(&self.reader)
            .await?;
        row.as_ref().map(environment).transpose()
    }

    pub(super) async fn select_environments(&self) -> Stored<Vec<Environment>> {
        let rows = sqlx::query("SELECT id, organization_id FROM environments ORDER BY id")
            .fetch_all(&self.reader)
            .await?;
        rows.iter().map(environment).collect()
    }

    pub(super) async fn insert_api_key(
        &self,
        environment: &str,
        key: &Secret,
        now: Timestamp,
    ) -> Stored<()> {
        let hash = key.hash().to_text();
        let place = key_place("api_keys", environment, &hash);
        sqlx::query(
            "INSERT INTO api_keys (hash, environment_id, sealed_key, created_at) \
             VALUES ($1, $2, $3, $4) ON CONFLICT (hash) DO NOTHING",
        )
        .bind(hash.as_str())
        .bind(environment)
        .bind(self.ring.seal(key.expose(), &place)?)
        .bind(millis(now))
        .execute(&self.writer)
        .await?;
        match self.select_by_key(key.hash()).await? {
            Some((_, owner)) if owner.id == environment => Ok(()),
            _ => Err(StorageError::Conflict(
                "this API key belongs to another environment".to_owned(),
            )),
        }
    }

    pub(super) async fn select_by_key(
        &self,
        hash: KeyHash,
    ) -> Stored<Option<(KeyHash, Environment)>> {
        let row = sqlx::query(
            "SELECT k.hash, e.id, e.organization_id FROM api_keys k \
             JOIN environments e ON e.id = k.environment_id WHERE k.hash = $1",
        )
        .bind(hash.to_text())
        .fetch_optional(&self.reader)
        .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        let kept = KeyHash::parse(&text(&row, "hash")?)
            .ok_or_else(|| StorageError::Corrupt("an API key's hash".to_owned()))?;
        Ok(Some((kept, environment(&row)?)))
    }

    pub(super) async fn select_api_keys(&self, environment: &str) -> Stored<Vec<Secret>> {
        let rows = sqlx::query(
            "SELECT hash AS id, sealed_key FROM api_keys WHERE environment_id = $1 \
             ORDER BY created_at DESC, hash",
        )
        .bind(environment)
        .fetch_all(&self.reader)
        .await?;
        self.opened(&rows, "api_keys", environment)
    }

    pub(super) async fn insert_signing_key(
        &self,
        environment: &str,
        key: &Secret,
        now: Timestamp,
    ) -> Stored<()> {
        let id = random::digits::<12>()?;
        let place = key_place("signing_keys", environment, &id);
        sqlx::query(
            "INSERT INTO signing_keys (id, environment_id, sealed_key, created_at) \
             VALUES ($1, $2, $3, $4)",
        )
        .bind(id.as_str())
        .bind(environment)
        .bind(self.ring.seal(key.expose(), &place)?)
        .bind(millis(now))
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    pub(super) async fn select_signing_keys(&self, environment: &str) -> Stored<Vec<Secret>> {
        let rows = sqlx::query(
            "SELECT id, sealed_key FROM signing_keys WHERE environment_id = $1 \
             ORDER BY created_at DESC, id DESC",
        )
        .bind(environment)
        .fetch_all(&self.reader)
        .await?;
        self.opened(&rows, "signing_keys", environment)
    }

    pub(super) async fn delete_signing_keys(
        &self,
        environment: &str,
        before: Timestamp,
    ) -> Stored<u64> {
        // A key is superseded once there is a newer one.
        let done = sqlx::query(
            "DELETE FROM signing_keys WHERE environment_id = $1 AND EXISTS (\
               SELECT 1 FROM signing_keys newer WHERE newer.environment_id = $1 \
               AND newer.created_at > signing_keys.created_at AND newer.created_at < $2)",
        )
        .bind(environment)
        .bind(millis(before))
        .execute(&self.writer)
        .await?;
        Ok(done.rows_affected())
    }

    fn opened(&self, rows: &[Row], table: &str, environment: &str) -> Stored<Vec<Secret>> {
        let open = |row: &Row| {
            let place = key_place(table, environment, &text(row, "id")?);
            Ok(self.ring.open(&text(row, "sealed_key")?, &place)?)
        };
        rows.iter().map(open).collect()
    }
}
