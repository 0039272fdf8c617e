//! Sealing again with the newest key, so that older ones can be taken out of the ring.

use super::rows::{address_place, integration_place, key_place, maybe, text, token_place};
use super::{BEGIN, Database, Link, Row};
use crate::storage::Stored;

/// The statements for a column of sealed texts, and the place of a text.
struct Column {
    select: &'static str,
    update: &'static str,
    place: fn(&str, &str) -> String,
}

const COLUMNS: [Column; 6] = [
    Column {
        select: "SELECT environment_id, hash AS id, sealed_key AS sealed FROM api_keys",
        update: "UPDATE api_keys SET sealed_key = $1 WHERE environment_id = $2 AND hash = $3",
        place: |environment, id| key_place("api_keys", environment, id),
    },
    Column {
        select: "SELECT environment_id, id, sealed_key AS sealed FROM signing_keys",
        update: "UPDATE signing_keys SET sealed_key = $1 WHERE environment_id = $2 AND id = $3",
        place: |environment, id| key_place("signing_keys", environment, id),
    },
    Column {
        select: "SELECT environment_id, identifier AS id, sealed_secret AS sealed FROM integrations",
        update: "UPDATE integrations SET sealed_secret = $1 WHERE environment_id = $2 AND identifier = $3",
        place: integration_place,
    },
    Column {
        select: "SELECT environment_id, identifier AS id, sealed_access AS sealed FROM connections",
        update: "UPDATE connections SET sealed_access = $1 WHERE environment_id = $2 AND identifier = $3",
        place: |environment, id| token_place(environment, id, "access"),
    },
    Column {
        select: "SELECT environment_id, identifier AS id, sealed_refresh AS sealed FROM connections",
        update: "UPDATE connections SET sealed_refresh = $1 WHERE environment_id = $2 AND identifier = $3",
        place: |environment, id| token_place(environment, id, "refresh"),
    },
    Column {
        select: "SELECT environment_id, address_hash AS id, sealed_address AS sealed FROM endpoints",
        update: "UPDATE endpoints SET sealed_address = $1 WHERE environment_id = $2 AND address_hash = $3",
        place: address_place,
    },
];

impl Database {
    pub(super) async fn seal_again(&self) -> Stored<u64> {
        let mut writing = self.writer.begin_with(BEGIN).await?;
        let mut count = 0;
        for column in &COLUMNS {
            let rows = sqlx::query(column.select).fetch_all(&mut *writing).await?;
            for row in &rows {
                count += u64::from(self.seal_row(&mut writing, column, row).await?);
            }
        }
        writing.commit().await?;
        Ok(count)
    }

    async fn seal_row(&self, link: &mut Link, column: &Column, row: &Row) -> Stored<bool> {
        let Some(sealed) = maybe(row, "sealed")?.filter(|sealed| !self.ring.is_newest(sealed))
        else {
            return Ok(false);
        };
        let (environment, id) = (text(row, "environment_id")?, text(row, "id")?);
        let place = (column.place)(&environment, &id);
        let opened = self.ring.open(&sealed, &place)?;
        sqlx::query(column.update)
            .bind(self.ring.seal(opened.expose(), &place)?)
            .bind(environment)
            .bind(id)
            .execute(link)
            .await?;
        Ok(true)
    }
}
