//! An empty database for a test.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use novu_oauth::clock::Timestamp;
use novu_oauth::domain::{Channel, Credentials, Environment, Integration, Provider};
use novu_oauth::keyring::KeyRing;
use novu_oauth::secret::Secret;
use novu_oauth::storage::{DatabaseUrl, Storage, open};
use sqlx::{Connection as _, Executor as _, PgConnection};
use tempfile::TempDir;

use crate::postgres;

pub(crate) const OLD: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
pub(crate) const NEW: &str = "101112131415161718191a1b1c1d1e1f000102030405060708090a0b0c0d0e0f";
pub(crate) const ENVIRONMENT: &str = "66a1b2c3d4e5f60718293a4b";
pub(crate) const OTHER: &str = "66a1b2c3d4e5f60718293a4d";
pub(crate) const NOW: Timestamp = Timestamp(1_767_225_600_123);

pub(crate) struct Database {
    url: DatabaseUrl,
    _folder: Option<TempDir>,
}

impl Database {
    pub(crate) fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("novu.db").display().to_string();
        Self {
            url: DatabaseUrl::File(file),
            _folder: Some(folder),
        }
    }

    pub(crate) async fn postgres() -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let host = postgres::folder()?;
        let name = format!("novu_{}", COUNT.fetch_add(1, Ordering::SeqCst));
        let url = |name: &str| format!("postgres://novu@localhost/{name}?host={host}");
        let server = PgConnection::connect(&url("postgres")).await;
        let mut server = server.expect("a connection");
        let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
        server.execute(create).await.expect("a database");
        let url = DatabaseUrl::parse(&url(&name)).expect("a URL");
        Some(Self { url, _folder: None })
    }

    /// Opens it with these keys.
    pub(crate) async fn open_with(&self, keys: &str) -> Arc<dyn Storage> {
        let ring = KeyRing::parse(keys).expect("a ring");
        open(&self.url, ring).await.expect("a storage")
    }

    /// Opens it, with two environments.
    pub(crate) async fn open(&self) -> Arc<dyn Storage> {
        let store = self.open_with(OLD).await;
        for id in [ENVIRONMENT, OTHER] {
            let environment = Environment {
                id: id.to_owned(),
                organization_id: "org".to_owned(),
            };
            store
                .add_environment(&environment, NOW)
                .await
                .expect("an environment");
        }
        store
    }
}

/// An integration with all it can have.
pub(crate) fn integration(identifier: &str, provider: Provider) -> Integration {
    Integration {
        identifier: identifier.to_owned(),
        provider,
        channel: Channel::Chat,
        credentials: Credentials {
            client_id: Some("client".to_owned()),
            secret_key: Some(Secret::new("hunter2")),
            tenant_id: Some("tenant".to_owned()),
        },
        redirect_url: Some("https://app.example.com".to_owned()),
        hmac: true,
    }
}
