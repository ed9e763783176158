//! How long rows are kept that nobody needs for ever.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgConnection;

/// How long delivered events are kept: longer than any delivery is tried, and than people look back.
const EVENTS: TimeDelta = TimeDelta::days(30);

/// Forgets events that were delivered long ago, and that their receivers did them. Gives how many rows.
pub async fn forget_events(db: &mut PgConnection, now: DateTime<Utc>) -> sqlx::Result<u64> {
    let before = now - EVENTS;
    let sent = sqlx::query!("delete from outbox where sent_at < $1", before);
    let sent = sent.execute(&mut *db).await?.rows_affected();
    let done = sqlx::query!("delete from inbox where claimed_at < $1", before);
    Ok(sent + done.execute(db).await?.rows_affected())
}
