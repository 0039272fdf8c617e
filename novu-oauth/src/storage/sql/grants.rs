//! What users have granted: connections and endpoints, with their subscribers and contexts.

use super::rows::{address_place, filled, list, maybe, provider, text, token_place, tokens};
use super::{BEGIN, Database, Link, Row, millis};
use crate::clock::Timestamp;
use crate::domain::{Connection, Endpoint, Workspace};
use crate::keyring::KeyRing;
use crate::secret::Secret;
use crate::storage::address;
use crate::storage::{Completion, StorageError, Stored};

/// Adds a subscriber that is not there.
pub(super) async fn insert_subscriber(
    link: &mut Link,
    environment: &str,
    id: &str,
    now: Timestamp,
) -> Stored<()> {
    sqlx::query(
        "INSERT INTO subscribers (environment_id, id, created_at) VALUES ($1, $2, $3) \
         ON CONFLICT (environment_id, id) DO NOTHING",
    )
    .bind(environment)
    .bind(id)
    .bind(millis(now))
    .execute(link)
    .await?;
    Ok(())
}

impl Database {
    pub(super) async fn insert_completion(
        &self,
        environment: &str,
        completion: &Completion,
        now: Timestamp,
    ) -> Stored<Option<String>> {
        let mut writing = self.writer.begin_with(BEGIN).await?;
        if let Some(id) = &completion.subscriber {
            insert_subscriber(&mut writing, environment, id, now).await?;
        }
        for (kind, id, data) in &completion.contexts {
            sqlx::query(
                "INSERT INTO contexts (environment_id, kind, id, data, created_at) \
                 VALUES ($1, $2, $3, $4, $5) ON CONFLICT (environment_id, kind, id) DO NOTHING",
            )
            .bind(environment)
            .bind(kind.replace('\0', "\\0"))
            .bind(id.as_str())
            .bind(data.as_deref())
            .bind(millis(now))
            .execute(&mut *writing)
            .await?;
        }
        let mut name = None;
        if let Some(connection) = &completion.connection {
            let put = Put {
                environment,
                ring: &self.ring,
                now,
            };
            name = Some(put.connection(&mut writing, connection).await?);
        }
        for endpoint in &completion.endpoints {
            let put = Put {
                environment,
                ring: &self.ring,
                now,
            };
            let tied = name.as_deref().filter(|_| completion.tied);
            put.endpoint(&mut writing, endpoint, tied).await?;
        }
        writing.commit().await?;
        Ok(name)
    }

    pub(super) async fn select_connections(&self, environment: &str) -> Stored<Vec<Connection>> {
        let rows = sqlx::query(
            "SELECT * FROM connections WHERE environment_id = $1 ORDER BY created_at, identifier",
        )
        .bind(environment)
        .fetch_all(&self.reader)
        .await?;
        let read = |row: &Row| {
            let identifier = text(row, "identifier")?;
            Ok(Connection {
                integration: text(row, "integration")?,
                provider: provider(row)?,
                subscriber_id: filled(row, "subscriber_id")?,
                context_keys: list(row, "context_keys")?,
                tokens: tokens(row, environment, &identifier, &self.ring)?,
                workspace: Workspace {
                    id: maybe(row, "workspace_id")?,
                    name: maybe(row, "workspace_name")?,
                },
                identifier,
            })
        };
        rows.iter().map(read).collect()
    }

    pub(super) async fn select_endpoints(&self, environment: &str) -> Stored<Vec<Endpoint>> {
        let rows = sqlx::query(
            "SELECT * FROM endpoints WHERE environment_id = $1 ORDER BY created_at, identifier",
        )
        .bind(environment)
        .fetch_all(&self.reader)
        .await?;
        let read = |row: &Row| {
            let place = address_place(environment, &text(row, "address_hash")?);
            let json = self.ring.open(&text(row, "sealed_address")?, &place)?;
            let kind = text(row, "kind")?;
            Ok(Endpoint {
                identifier: text(row, "identifier")?,
                integration: text(row, "integration")?,
                connection: filled(row, "connection")?,
                subscriber_id: filled(row, "subscriber_id")?,
                context_keys: list(row, "context_keys")?,
                address: address::read(&kind, json.expose())
                    .ok_or_else(|| StorageError::Corrupt(format!("an address of {kind}")))?,
            })
        };
        rows.iter().map(read).collect()
    }
}

/// Puts what was granted into an environment.
#[derive(Clone, Copy)]
struct Put<'a> {
    environment: &'a str,
    ring: &'a KeyRing,
    now: Timestamp,
}

impl Put<'_> {
    /// Returns the name that the connection has.
    async fn connection(self, link: &mut Link, connection: &Connection) -> Stored<String> {
        let subscriber = connection.subscriber_id.as_deref().unwrap_or_default();
        let contexts = json(&connection.context_keys);
        // One of this name comes before one of the same owner.
        let found = sqlx::query(
            "SELECT identifier, integration FROM connections WHERE environment_id = $1 \
             AND (identifier = $2 \
               OR (integration = $3 AND subscriber_id = $4 AND context_keys = $5)) \
             ORDER BY CASE WHEN identifier = $2 THEN 0 ELSE 1 END LIMIT 1",
        )
        .bind(self.environment)
        .bind(connection.identifier.as_str())
        .bind(connection.integration.as_str())
        .bind(subscriber)
        .bind(contexts.as_str())
        .fetch_optional(&mut *link)
        .await?;
        let name = match &found {
            Some(row) if text(row, "integration")? != connection.integration => {
                return Err(StorageError::Conflict(format!(
                    "connection {} belongs to another integration",
                    connection.identifier
                )));
            }
            Some(row) => text(row, "identifier")?,
            None => connection.identifier.clone(),
        };
        let seal = |secret: &Secret, token| {
            let place = token_place(self.environment, &name, token);
            self.ring.seal(secret.expose(), &place)
        };
        let tokens = &connection.tokens;
        let refresh = tokens.refresh.as_ref();
        sqlx::query(
            "INSERT INTO connections (environment_id, identifier, integration, provider, \
               subscriber_id, context_keys, sealed_access, sealed_refresh, expires_at, \
               workspace_id, workspace_name, created_at, updated_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12) \
             ON CONFLICT (environment_id, identifier) DO UPDATE SET provider = excluded.provider, \
               subscriber_id = excluded.subscriber_id, context_keys = excluded.context_keys, \
               sealed_access = excluded.sealed_access, sealed_refresh = excluded.sealed_refresh, \
               expires_at = excluded.expires_at, workspace_id = excluded.workspace_id, \
               workspace_name = excluded.workspace_name, updated_at = excluded.updated_at",
        )
        .bind(self.environment)
        .bind(name.as_str())
        .bind(connection.integration.as_str())
        .bind(connection.provider.id())
        .bind(subscriber)
        .bind(contexts.as_str())
        .bind(seal(&tokens.access, "access")?)
        .bind(
            refresh
                .map(|refresh| seal(refresh, "refresh"))
                .transpose()?,
        )
        .bind(tokens.expires_at.map(millis))
        .bind(connection.workspace.id.as_deref().map(printable))
        .bind(connection.workspace.name.as_deref().map(printable))
        .bind(millis(self.now))
        .execute(link)
        .await?;
        Ok(name)
    }

    async fn endpoint(
        self,
        link: &mut Link,
        endpoint: &Endpoint,
        tied: Option<&str>,
    ) -> Stored<()> {
        let hash = address::hash(&endpoint.address);
        let place = address_place(self.environment, &hash);
        let connection = endpoint.connection.as_deref().or(tied);
        sqlx::query(
            "INSERT INTO endpoints (environment_id, identifier, integration, connection, \
               subscriber_id, context_keys, kind, address_hash, sealed_address, created_at, \
               updated_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10) \
             ON CONFLICT (environment_id, integration, subscriber_id, context_keys, kind, \
               address_hash) DO UPDATE SET connection = excluded.connection, \
               sealed_address = excluded.sealed_address, updated_at = excluded.updated_at",
        )
        .bind(self.environment)
        .bind(endpoint.identifier.as_str())
        .bind(endpoint.integration.as_str())
        .bind(connection.unwrap_or_default())
        .bind(endpoint.subscriber_id.as_deref().unwrap_or_default())
        .bind(json(&endpoint.context_keys))
        .bind(endpoint.address.kind())
        .bind(hash.as_str())
        .bind(self.ring.seal(&address::write(&endpoint.address), &place)?)
        .bind(millis(self.now))
        .execute(link)
        .await?;
        Ok(())
    }
}

fn json(texts: &[String]) -> String {
    serde_json::Value::from(texts).to_string()
}

/// What a provider says of itself, without what no database keeps.
fn printable(text: &str) -> String {
    text.replace('\0', "")
}
