//! The storage in SQLite.

use sqlx::sqlite::SqliteRow;

/// The database of the statements.
pub(super) type Db = sqlx::Sqlite;
/// A row of it.
pub(super) type Row = SqliteRow;
/// A connection of it.
pub(super) type Link = sqlx::SqliteConnection;

/// How a transaction begins that writes: with the lock that it will need, since a transaction that
/// reads first may find that another has written.
pub(super) const BEGIN: &str = "BEGIN IMMEDIATE";

#[path = "sql/mod.rs"]
mod sql;

pub(super) use sql::Database;
