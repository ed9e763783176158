//! Events that a consumer has done.

use sqlx::PgConnection;

use crate::events::Delivered;

/// Claims an event for a consumer, in the transaction that does its work. False: it was done before.
pub async fn claim(db: &mut PgConnection, event: &Delivered, consumer: &str) -> sqlx::Result<bool> {
    let claimed = sqlx::query!(
        "insert into inbox (source, id, consumer) values ($1, $2, $3) on conflict do nothing",
        event.source,
        event.id,
        consumer
    )
    .execute(db)
    .await?;
    Ok(claimed.rows_affected() == 1)
}
