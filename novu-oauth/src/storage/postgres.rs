//! The storage in PostgreSQL.

use sqlx::postgres::PgRow;

/// The database of the statements.
pub(super) type Db = sqlx::Postgres;
/// A row of it.
pub(super) type Row = PgRow;
/// A connection of it.
pub(super) type Link = sqlx::PgConnection;

/// How a transaction begins that writes.
pub(super) const BEGIN: &str = "BEGIN";

#[allow(
    clippy::duplicate_mod,
    reason = "the statements are the same for both databases, their types are not"
)]
#[path = "sql/mod.rs"]
mod sql;

pub(super) use sql::Database;
