//! The tables, a migration after the other. What is in a migration never changes; a change is a new one.

use sqlx::SqlSafeStr as _;
use sqlx::migrate::{Migration, MigrationType, Migrator};

const SCRIPTS: [(i64, &str, &str); 1] = [(1, "first tables", include_str!("migrations/0001.sql"))];

/// The migrations, which are the same for both databases.
pub(super) fn migrator() -> Migrator {
    let migrations = SCRIPTS.into_iter().map(|(version, description, script)| {
        let kind = MigrationType::Simple;
        Migration::new(
            version,
            description.into(),
            kind,
            script.into_sql_str(),
            false,
        )
    });
    Migrator::with_migrations(migrations.collect())
}
