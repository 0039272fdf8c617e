//! Opening a database by its URL.

use std::fmt;
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::{Storage, Stored, postgres, sqlite};
use crate::keyring::KeyRing;

/// How long a request waits for a connection to the database.
const PATIENCE: Duration = Duration::from_secs(5);
/// How many connections read at a time.
const READERS: u32 = 8;
/// How many connections to `PostgreSQL` there are at most.
const CONNECTIONS: u32 = 16;

/// Where the storage is: `sqlite:FILE`, `sqlite::memory:` or `postgres://…`.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// `SQLite`, in memory.
    Memory,
    /// `SQLite`, in this file.
    File(String),
    /// `PostgreSQL`.
    Postgres(String),
}

/// The text is no URL of a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected sqlite:FILE, sqlite::memory: or postgres://USER:PASSWORD@HOST/DATABASE")]
pub struct InvalidUrl;

impl DatabaseUrl {
    /// Reads a URL.
    pub fn parse(text: &str) -> Result<Self, InvalidUrl> {
        if text == "sqlite::memory:" {
            return Ok(Self::Memory);
        }
        if let Some(file) = text.strip_prefix("sqlite:") {
            let file = file.strip_prefix("//").unwrap_or(file);
            return if file.is_empty() {
                Err(InvalidUrl)
            } else {
                Ok(Self::File(file.to_owned()))
            };
        }
        let postgres = text.starts_with("postgres://") || text.starts_with("postgresql://");
        if postgres && PgConnectOptions::from_str(text).is_ok() {
            return Ok(Self::Postgres(text.to_owned()));
        }
        Err(InvalidUrl)
    }
}

/// Without the password.
impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Memory => f.write_str("sqlite::memory:"),
            Self::File(file) => write!(f, "sqlite:{file}"),
            Self::Postgres(_) => f.write_str("postgres://[redacted]"),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Opens the database at `url`, whose secrets are sealed with `ring`, and brings its tables up to date.
pub async fn open(url: &DatabaseUrl, ring: KeyRing) -> Stored<Arc<dyn Storage>> {
    match url {
        DatabaseUrl::Memory => {
            let options = SqliteConnectOptions::new()
                .in_memory(true)
                .foreign_keys(true);
            // The database is its connection.
            let pool = SqlitePoolOptions::new()
                .max_connections(1)
                .idle_timeout(None)
                .max_lifetime(None);
            let pool = pool.connect_with(options).await?;
            let database = sqlite::Database::new(pool.clone(), pool, ring);
            database.migrate().await?;
            Ok(Arc::new(database))
        }
        DatabaseUrl::File(file) => {
            let options = SqliteConnectOptions::new()
                .filename(file)
                .create_if_missing(true)
                .foreign_keys(true)
                // Readers do not wait for the writer. What is committed outlives the process; only
                // a failure of the whole machine may take the last moments with it.
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Normal)
                .busy_timeout(PATIENCE);
            let pool = || SqlitePoolOptions::new().acquire_timeout(PATIENCE);
            let writer = pool()
                .max_connections(1)
                .connect_with(options.clone())
                .await?;
            let reader = pool().max_connections(READERS).connect_lazy_with(options);
            let database = sqlite::Database::new(reader, writer, ring);
            database.migrate().await?;
            Ok(Arc::new(database))
        }
        DatabaseUrl::Postgres(url) => {
            let pool = PgPoolOptions::new()
                .max_connections(CONNECTIONS)
                .acquire_timeout(PATIENCE)
                .connect_with(PgConnectOptions::from_str(url)?)
                .await?;
            let database = postgres::Database::new(pool.clone(), pool, ring);
            database.migrate().await?;
            Ok(Arc::new(database))
        }
    }
}
