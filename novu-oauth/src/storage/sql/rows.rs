//! Columns as Rust has them, and back.

use sqlx::Row as _;

use super::Row;
use crate::clock::Timestamp;
use crate::domain::{Channel, Credentials, Integration, Provider, Tokens};
use crate::keyring::KeyRing;
use crate::secret::Secret;
use crate::storage::{StorageError, Stored};

/// A text.
pub(super) fn text(row: &Row, column: &str) -> Stored<String> {
    Ok(row.try_get(column)?)
}

/// A text that may be absent.
pub(super) fn maybe(row: &Row, column: &str) -> Stored<Option<String>> {
    Ok(row.try_get(column)?)
}

/// A text that stands for none where it is empty.
pub(super) fn filled(row: &Row, column: &str) -> Stored<Option<String>> {
    Ok(Some(text(row, column)?).filter(|text| !text.is_empty()))
}

/// A time that may be absent.
pub(super) fn time(row: &Row, column: &str) -> Stored<Option<Timestamp>> {
    let millis: Option<i64> = row.try_get(column)?;
    Ok(millis.map(|millis| Timestamp(u64::try_from(millis).unwrap_or_default())))
}

/// A list of texts, as JSON.
pub(super) fn list(row: &Row, column: &str) -> Stored<Vec<String>> {
    let json = text(row, column)?;
    serde_json::from_str(&json).map_err(|_| StorageError::Corrupt(format!("{column} is no list")))
}

/// A provider.
pub(super) fn provider(row: &Row) -> Stored<Provider> {
    let id = text(row, "provider")?;
    id.parse()
        .map_err(|_| StorageError::Corrupt(format!("there is no provider {id}")))
}

/// The place of the secret of an integration.
pub(super) fn integration_place(environment: &str, identifier: &str) -> String {
    format!("integrations/{environment}/{identifier}/secret")
}

/// The place of a token of a connection.
pub(super) fn token_place(environment: &str, identifier: &str, token: &str) -> String {
    format!("connections/{environment}/{identifier}/{token}")
}

/// The place of the address of an endpoint.
pub(super) fn address_place(environment: &str, hash: &str) -> String {
    format!("endpoints/{environment}/{hash}")
}

/// The place of a key of an environment: `api_keys` or `signing_keys`.
pub(super) fn key_place(table: &str, environment: &str, id: &str) -> String {
    format!("{table}/{environment}/{id}")
}

/// An integration of `environment`.
pub(super) fn integration(row: &Row, environment: &str, ring: &KeyRing) -> Stored<Integration> {
    let identifier = text(row, "identifier")?;
    let channel = text(row, "channel")?;
    let sealed = maybe(row, "sealed_secret")?;
    let place = integration_place(environment, &identifier);
    Ok(Integration {
        provider: provider(row)?,
        channel: Channel::named(&channel)
            .ok_or_else(|| StorageError::Corrupt(format!("there is no channel {channel}")))?,
        credentials: Credentials {
            client_id: maybe(row, "client_id")?,
            secret_key: opened(ring, sealed.as_deref(), &place)?,
            tenant_id: maybe(row, "tenant_id")?,
        },
        redirect_url: maybe(row, "redirect_url")?,
        hmac: row.try_get("hmac")?,
        identifier,
    })
}

/// The tokens of a connection of `environment`.
pub(super) fn tokens(
    row: &Row,
    environment: &str,
    identifier: &str,
    ring: &KeyRing,
) -> Stored<Tokens> {
    let access = text(row, "sealed_access")?;
    let refresh = maybe(row, "sealed_refresh")?;
    Ok(Tokens {
        access: ring.open(&access, &token_place(environment, identifier, "access"))?,
        refresh: opened(
            ring,
            refresh.as_deref(),
            &token_place(environment, identifier, "refresh"),
        )?,
        expires_at: time(row, "expires_at")?,
    })
}

fn opened(ring: &KeyRing, sealed: Option<&str>, place: &str) -> Stored<Option<Secret>> {
    Ok(sealed.map(|sealed| ring.open(sealed, place)).transpose()?)
}
