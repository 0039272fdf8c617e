//! What the service keeps, behind one trait: in SQLite, or in PostgreSQL where several instances share it.
//!
//! Secrets are sealed by a [`KeyRing`](crate::keyring::KeyRing) before they reach the database.

mod address;
mod open;
mod postgres;
mod schema;
mod sqlite;

use async_trait::async_trait;

use crate::clock::Timestamp;
use crate::domain::{Connection, Endpoint, Environment, Integration, Provider};
use crate::keyring::CannotOpen;
use crate::random::NoRandomness;
use crate::secret::{KeyHash, Secret};

pub use open::{DatabaseUrl, InvalidUrl, open};

/// The storage did not do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// It already has what was to be added, or what was to be added belongs to something it does not have.
    #[error("{0}")]
    Conflict(String),
    /// It cannot be reached, or is too busy.
    #[error("the database is not available: {0}")]
    Unavailable(sqlx::Error),
    /// It failed.
    #[error("the database failed: {0}")]
    Database(sqlx::Error),
    /// Its tables could not be brought up to date.
    #[error("the database cannot be migrated: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A secret was sealed with a key that the service does not have.
    #[error(transparent)]
    Sealed(#[from] CannotOpen),
    /// A key or identifier could not be made.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// What is in it is not what the service writes.
    #[error("the database holds what it should not: {0}")]
    Corrupt(String),
}

impl From<sqlx::Error> for StorageError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::Io(_)
            | sqlx::Error::WorkerCrashed => Self::Unavailable(error),
            sqlx::Error::Database(ref fault)
                if fault.is_unique_violation() || fault.is_foreign_key_violation() =>
            {
                Self::Conflict(fault.message().to_owned())
            }
            other => Self::Database(other),
        }
    }
}

/// The result of asking the storage.
pub type Stored<T> = Result<T, StorageError>;

/// What minting a URL asks for.
#[derive(Debug, Clone)]
pub struct MintView {
    /// The newest of the environment's signing keys.
    pub signing_key: Option<Secret>,
    /// The integration of this name, of whatever channel.
    pub integration: Option<Integration>,
    /// Whether the environment has the subscriber.
    pub subscriber_known: bool,
}

/// A context: type, id, and what the caller keeps with it, as JSON.
pub type ContextRow = (String, String, Option<String>);

/// What a flow that is complete leaves behind: all of it, or nothing.
#[derive(Debug, Clone, Default)]
pub struct Completion {
    /// The subscriber is added if it is not there.
    pub subscriber: Option<String>,
    /// Contexts are added if they are not there: type, id and data.
    pub contexts: Vec<ContextRow>,
    /// The connection. One of the same name, or of the same integration, subscriber and contexts, is
    /// brought up to date and keeps its name.
    pub connection: Option<Connection>,
    /// The endpoints. One that is there already is brought up to date. Those that name no connection
    /// belong to `connection`, if `tied` says so.
    pub endpoints: Vec<Endpoint>,
    /// Whether the endpoints belong to `connection`.
    pub tied: bool,
}

/// An idempotency key that a request came with.
#[derive(Debug, Clone)]
pub struct Attempt<'a> {
    /// The environment of the caller.
    pub environment: &'a str,
    /// The key.
    pub key: &'a str,
    /// The hash of the request.
    pub fingerprint: &'a str,
    /// What tells this attempt apart.
    pub lock: &'a str,
    /// When others may take it that the attempt was given up.
    pub locked_until: Timestamp,
    /// Now.
    pub now: Timestamp,
}

/// What is known of an idempotency key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begun {
    /// Nothing: the request is to be done, and then [finished](Storage::finish).
    Fresh,
    /// Another attempt is under way.
    Running,
    /// It came with another request.
    Other,
    /// It came with the same request, which was answered so.
    Done(Answer),
}

/// An answer that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body, which is JSON.
    pub body: String,
}

/// What the service keeps.
#[async_trait]
pub trait Storage: Send + Sync + 'static {
    /// Asks for nothing, to see whether there is an answer.
    async fn ping(&self) -> Stored<()>;

    /// Closes all connections, once what is under way has ended.
    async fn close(&self);

    /// Adds an environment; nothing happens if it is there.
    async fn add_environment(&self, environment: &Environment, now: Timestamp) -> Stored<()>;

    /// The environment with this id.
    async fn environment(&self, id: &str) -> Stored<Option<Environment>>;

    /// All environments, by id.
    async fn environments(&self) -> Stored<Vec<Environment>>;

    /// Adds an API key; nothing happens if the environment has it.
    async fn add_api_key(&self, environment: &str, key: &Secret, now: Timestamp) -> Stored<()>;

    /// The environment that an API key with this hash opens, and the hash as it is kept.
    async fn by_key(&self, hash: KeyHash) -> Stored<Option<(KeyHash, Environment)>>;

    /// The API keys of an environment, newest first.
    async fn api_keys(&self, environment: &str) -> Stored<Vec<Secret>>;

    /// Adds the key that signs states from now on.
    async fn add_signing_key(&self, environment: &str, key: &Secret, now: Timestamp) -> Stored<()>;

    /// The keys that have signed states, newest first.
    async fn signing_keys(&self, environment: &str) -> Stored<Vec<Secret>>;

    /// Forgets the signing keys that were superseded before `before`.
    async fn drop_signing_keys(&self, environment: &str, before: Timestamp) -> Stored<u64>;

    /// Adds an integration, or brings it up to date.
    async fn put_integration(
        &self,
        environment: &str,
        integration: &Integration,
        now: Timestamp,
    ) -> Stored<()>;

    /// The integration of this name, of whatever channel.
    async fn integration(&self, environment: &str, identifier: &str)
    -> Stored<Option<Integration>>;

    /// The chat integration of `provider` of this name, or the one that was added last.
    async fn integration_of(
        &self,
        environment: &str,
        provider: Provider,
        identifier: Option<&str>,
    ) -> Stored<Option<Integration>>;

    /// Adds a subscriber; nothing happens if it is there.
    async fn add_subscriber(&self, environment: &str, id: &str, now: Timestamp) -> Stored<()>;

    /// What minting a URL asks for.
    async fn mint_view(
        &self,
        environment: &str,
        integration: &str,
        subscriber: Option<&str>,
    ) -> Stored<MintView>;

    /// Keeps what a flow leaves behind, all of it or nothing; returns the name of the connection.
    async fn complete(
        &self,
        environment: &str,
        completion: &Completion,
        now: Timestamp,
    ) -> Stored<Option<String>>;

    /// Whether the environment has a connection of this name.
    async fn has_connection(&self, environment: &str, identifier: &str) -> Stored<bool>;

    /// The connections of an environment, in the order in which they were made.
    async fn connections(&self, environment: &str) -> Stored<Vec<Connection>>;

    /// The endpoints of an environment, in the order in which they were made.
    async fn endpoints(&self, environment: &str) -> Stored<Vec<Endpoint>>;

    /// Takes an idempotency key, or says what became of it.
    async fn begin(&self, attempt: &Attempt<'_>) -> Stored<Begun>;

    /// Keeps the answer of an attempt until `expires_at`; false if it was given up meanwhile.
    async fn finish(
        &self,
        attempt: &Attempt<'_>,
        answer: &Answer,
        expires_at: Timestamp,
    ) -> Stored<bool>;

    /// Gives an attempt up, so that the next one is fresh.
    async fn give_up(&self, attempt: &Attempt<'_>) -> Stored<()>;

    /// Forgets idempotency keys that have expired.
    async fn prune(&self, now: Timestamp) -> Stored<u64>;

    /// Seals again, with the newest key, what is sealed with an older one; returns how many texts were.
    async fn reseal(&self) -> Stored<u64>;
}
