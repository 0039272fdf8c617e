//! Integrations, and what minting a URL asks for.

use sqlx::Row as _;

use super::rows::{integration, integration_place, key_place, maybe};
use super::{Database, millis};
use crate::clock::Timestamp;
use crate::domain::{Channel, Integration, Provider};
use crate::storage::{MintView, Stored};

impl Database {
    pub(super) async fn upsert_integration(
        &self,
        environment: &str,
        integration: &Integration,
        now: Timestamp,
    ) -> Stored<()> {
        let credentials = &integration.credentials;
        let place = integration_place(environment, &integration.identifier);
        let sealed = credentials
            .secret_key
            .as_ref()
            .map(|secret| self.ring.seal(secret.expose(), &place))
            .transpose()?;
        sqlx::query(
            "INSERT INTO integrations (environment_id, identifier, position, provider, channel, \
               client_id, sealed_secret, tenant_id, redirect_url, hmac, created_at) \
             VALUES ($1, $2, (SELECT COALESCE(MAX(position), 0) + 1 FROM integrations), \
               $3, $4, $5, $6, $7, $8, $9, $10) \
             ON CONFLICT (environment_id, identifier) DO UPDATE SET provider = excluded.provider, \
               channel = excluded.channel, client_id = excluded.client_id, \
               sealed_secret = excluded.sealed_secret, tenant_id = excluded.tenant_id, \
               redirect_url = excluded.redirect_url, hmac = excluded.hmac",
        )
        .bind(environment)
        .bind(integration.identifier.as_str())
        .bind(integration.provider.id())
        .bind(integration.channel.name())
        .bind(credentials.client_id.as_deref())
        .bind(sealed)
        .bind(credentials.tenant_id.as_deref())
        .bind(integration.redirect_url.as_deref())
        .bind(integration.hmac)
        .bind(millis(now))
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    pub(super) async fn select_integration(
        &self,
        environment: &str,
        identifier: &str,
    ) -> Stored<Option<Integration>> {
        let row =
            sqlx::query("SELECT * FROM integrations WHERE environment_id = $1 AND identifier = $2")
                .bind(environment)
                .bind(identifier)
                .fetch_optional(&self.reader)
                .await?;
        row.map(|row| integration(&row, environment, &self.ring))
            .transpose()
    }

    pub(super) async fn select_integration_of(
        &self,
        environment: &str,
        provider: Provider,
        identifier: Option<&str>,
    ) -> Stored<Option<Integration>> {
        let row = sqlx::query(
            "SELECT * FROM integrations WHERE environment_id = $1 AND provider = $2 \
             AND channel = $3 AND ($4 = '' OR identifier = $4) ORDER BY position DESC LIMIT 1",
        )
        .bind(environment)
        .bind(provider.id())
        .bind(Channel::Chat.name())
        .bind(identifier.unwrap_or_default())
        .fetch_optional(&self.reader)
        .await?;
        row.map(|row| integration(&row, environment, &self.ring))
            .transpose()
    }

    /// All in one statement, since every URL asks for it.
    pub(super) async fn select_mint_view(
        &self,
        environment: &str,
        identifier: &str,
        subscriber: Option<&str>,
    ) -> Stored<MintView> {
        let row = sqlx::query(
            "SELECT i.identifier, i.provider, i.channel, i.client_id, i.sealed_secret, i.tenant_id, \
               i.redirect_url, i.hmac, k.id AS signing_id, k.sealed_key, \
               EXISTS (SELECT 1 FROM subscribers WHERE environment_id = $1 AND id = $3) AS known \
             FROM environments e \
             LEFT JOIN integrations i ON i.environment_id = e.id AND i.identifier = $2 \
             LEFT JOIN signing_keys k ON k.environment_id = e.id \
             WHERE e.id = $1 ORDER BY k.created_at DESC, k.id DESC LIMIT 1",
        )
        .bind(environment)
        .bind(identifier)
        .bind(subscriber.unwrap_or_default())
        .fetch_optional(&self.reader)
        .await?;
        let Some(row) = row else {
            return Ok(MintView {
                signing_key: None,
                integration: None,
                subscriber_known: false,
            });
        };
        let signing_key = match (maybe(&row, "signing_id")?, maybe(&row, "sealed_key")?) {
            (Some(id), Some(sealed)) => {
                let place = key_place("signing_keys", environment, &id);
                Some(self.ring.open(&sealed, &place)?)
            }
            _ => None,
        };
        let found = maybe(&row, "identifier")?.is_some();
        Ok(MintView {
            signing_key,
            integration: found
                .then(|| integration(&row, environment, &self.ring))
                .transpose()?,
            subscriber_known: row.try_get("known")?,
        })
    }
}
