//! Events that were decided on but not yet handed to the broker.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    events::{Message, Trace},
    ids::EventId,
    telemetry,
};

/// A row of the outbox: an event, whole.
#[derive(Clone, Debug)]
pub struct Row {
    /// Also the event's id.
    pub id: Uuid,
    /// `/faultline/<part>`.
    pub source: String,
    /// `submission.received`.
    pub name: String,
    /// What it is about.
    pub subject: String,
    /// Its data.
    pub data: serde_json::Value,
    /// The trace that it belongs to.
    pub traceparent: Option<String>,
    /// What tracers add.
    pub tracestate: Option<String>,
    /// When it was decided on.
    pub created_at: DateTime<Utc>,
}

/// Decides on an event, in the transaction that gives reason for it; it belongs to the current trace.
/// Nudge the bridge after the commit ([`super::notify::Notifier::outbox`]).
pub async fn put<M: Message>(db: &mut PgConnection, message: &M) -> sqlx::Result<EventId> {
    insert(db, message, telemetry::current()).await
}

/// As [`put`], for an event that no request asked for directly, such as a judge's report: it belongs to the
/// trace of the newest event about the same subject; without one, to the current trace.
pub async fn put_after<M: Message>(db: &mut PgConnection, message: &M) -> sqlx::Result<EventId> {
    let before = sqlx::query!(
        "select traceparent, tracestate from outbox
         where subject = $1 and traceparent is not null order by id desc limit 1",
        message.subject()
    )
    .fetch_optional(&mut *db)
    .await?;
    let trace = before.map(|row| Trace { parent: row.traceparent, state: row.tracestate });
    insert(db, message, trace.unwrap_or_else(telemetry::current)).await
}

async fn insert<M: Message>(
    db: &mut PgConnection,
    message: &M,
    trace: Trace,
) -> sqlx::Result<EventId> {
    let id = EventId::new();
    let data = serde_json::to_value(message).map_err(|error| sqlx::Error::Encode(error.into()))?;
    sqlx::query!(
        "insert into outbox (id, source, name, subject, data, traceparent, tracestate)
         values ($1, $2, $3, $4, $5, $6, $7)",
        id.0,
        format!("/faultline/{}", M::FROM),
        M::NAME,
        message.subject(),
        data,
        trace.parent,
        trace.state,
    )
    .execute(db)
    .await?;
    Ok(id)
}

/// The oldest events that wait, at most `most`, but for those among `busy` and those of the names `full`.
pub async fn waiting(
    db: &mut PgConnection,
    busy: &[Uuid],
    full: &[String],
    most: i64,
) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as!(
        Row,
        "select id, source, name, subject, data, traceparent, tracestate, created_at
         from outbox where sent_at is null and not id = any ($1) and not name = any ($2)
         order by id limit $3",
        busy,
        full,
        most
    )
    .fetch_all(db)
    .await
}

/// Marks an event as the broker's.
pub async fn sent(db: &mut PgConnection, id: Uuid) -> sqlx::Result<()> {
    sqlx::query!("update outbox set sent_at = now() where id = $1", id).execute(db).await?;
    Ok(())
}
