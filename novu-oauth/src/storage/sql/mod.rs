//! The statements, in what both databases understand. `super` says which database they are for.

mod directory;
mod grants;
mod idempotency;
mod integrations;
mod reseal;
mod rows;

use async_trait::async_trait;
use sqlx::Pool;

use super::{BEGIN, Db, Link, Row};
use crate::clock::Timestamp;
use crate::domain::{Connection, Endpoint, Environment, Integration, Provider};
use crate::keyring::KeyRing;
use crate::secret::{KeyHash, Secret};
use crate::storage::{Answer, Attempt, Begun, Completion, MintView, Storage, Stored, schema};

/// A database, and the keys of what is sealed in it.
#[derive(Debug)]
pub(in crate::storage) struct Database {
    reader: Pool<Db>,
    /// Where only one may write at a time, this has one connection.
    writer: Pool<Db>,
    ring: KeyRing,
}

impl Database {
    pub(in crate::storage) fn new(reader: Pool<Db>, writer: Pool<Db>, ring: KeyRing) -> Self {
        Self {
            reader,
            writer,
            ring,
        }
    }

    /// Brings the tables up to date.
    pub(in crate::storage) async fn migrate(&self) -> Stored<()> {
        Ok(schema::migrator().run(&self.writer).await?)
    }
}

/// A time as the database keeps it.
fn millis(time: Timestamp) -> i64 {
    i64::try_from(time.0).unwrap_or(i64::MAX)
}

#[async_trait]
impl Storage for Database {
    async fn ping(&self) -> Stored<()> {
        sqlx::query("SELECT id FROM environments WHERE id = ''")
            .fetch_optional(&self.reader)
            .await?;
        Ok(())
    }

    async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }

    async fn add_environment(&self, environment: &Environment, now: Timestamp) -> Stored<()> {
        self.insert_environment(environment, now).await
    }

    async fn environment(&self, id: &str) -> Stored<Option<Environment>> {
        self.select_environment(id).await
    }

    async fn environments(&self) -> Stored<Vec<Environment>> {
        self.select_environments().await
    }

    async fn add_api_key(&self, environment: &str, key: &Secret, now: Timestamp) -> Stored<()> {
        self.insert_api_key(environment, key, now).await
    }

    async fn by_key(&self, hash: KeyHash) -> Stored<Option<(KeyHash, Environment)>> {
        self.select_by_key(hash).await
    }

    async fn api_keys(&self, environment: &str) -> Stored<Vec<Secret>> {
        self.select_api_keys(environment).await
    }

    async fn add_signing_key(&self, environment: &str, key: &Secret, now: Timestamp) -> Stored<()> {
        self.insert_signing_key(environment, key, now).await
    }

    async fn signing_keys(&self, environment: &str) -> Stored<Vec<Secret>> {
        self.select_signing_keys(environment).await
    }

    async fn drop_signing_keys(&self, environment: &str, before: Timestamp) -> Stored<u64> {
        self.delete_signing_keys(environment, before).await
    }

    async fn put_integration(
        &self,
        environment: &str,
        integration: &Integration,
        now: Timestamp,
    ) -> Stored<()> {
        self.upsert_integration(environment, integration, now).await
    }

    async fn integration(
        &self,
        environment: &str,
        identifier: &str,
    ) -> Stored<Option<Integration>> {
        self.select_integration(environment, identifier).await
    }

    async fn integration_of(
        &self,
        environment: &str,
        provider: Provider,
        identifier: Option<&str>,
    ) -> Stored<Option<Integration>> {
        self.select_integration_of(environment, provider, identifier)
            .await
    }

    async fn add_subscriber(&self, environment: &str, id: &str, now: Timestamp) -> Stored<()> {
        let mut link = self.writer.acquire().await?;
        grants::insert_subscriber(&mut link, environment, id, now).await
    }

    async fn mint_view(
        &self,
        environment: &str,
        integration: &str,
        subscriber: Option<&str>,
    ) -> Stored<MintView> {
        self.select_mint_view(environment, integration, subscriber)
            .await
    }

    async fn complete(
        &self,
        environment: &str,
        completion: &Completion,
        now: Timestamp,
    ) -> Stored<Option<String>> {
        self.insert_completion(environment, completion, now).await
    }

    async fn has_connection(&self, environment: &str, identifier: &str) -> Stored<bool> {
        let found = sqlx::query(
            "SELECT identifier FROM connections WHERE environment_id = $1 AND identifier = $2",
        )
        .bind(environment)
        .bind(identifier)
        .fetch_optional(&self.reader)
        .await?;
        Ok(found.is_some())
    }

    async fn connections(&self, environment: &str) -> Stored<Vec<Connection>> {
        self.select_connections(environment).await
    }

    async fn endpoints(&self, environment: &str) -> Stored<Vec<Endpoint>> {
        self.select_endpoints(environment).await
    }

    async fn begin(&self, attempt: &Attempt<'_>) -> Stored<Begun> {
        self.take_key(attempt).await
    }

    async fn finish(
        &self,
        attempt: &Attempt<'_>,
        answer: &Answer,
        expires_at: Timestamp,
    ) -> Stored<bool> {
        self.keep_answer(attempt, answer, expires_at).await
    }

    async fn give_up(&self, attempt: &Attempt<'_>) -> Stored<()> {
        self.release_key(attempt).await
    }

    async fn prune(&self, now: Timestamp) -> Stored<u64> {
        self.delete_expired(now).await
    }

    async fn reseal(&self) -> Stored<u64> {
        self.seal_again().await
    }
}
