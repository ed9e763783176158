//! Events that no retry will mend.

use sqlx::PgConnection;
use uuid::Uuid;

/// Keeps an event, as CloudEvent in JSON, with the reason why it cannot be delivered.
pub async fn put(
    db: &mut PgConnection,
    queue: &str,
    event: &serde_json::Value,
    reason: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into dead_letters (id, queue, event, reason) values ($1, $2, $3, $4)",
        Uuid::now_v7(),
        queue,
        event,
        reason
    )
    .execute(db)
    .await?;
    Ok(())
}
