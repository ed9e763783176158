//! What stands still too long: the bridge asks whether to send a `tick`, grade-dispatch mends it.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// How long each step may stand still before somebody looks, in seconds.
const UNATTENDED: f64 = 30.0;
/// How long a started grader may take to claim its attempt, in seconds.
const UNCLAIMED: f64 = 10.0;

/// An attempt whose grader is lost: its lease lapsed, or it never claimed.
#[derive(Clone, Debug)]
pub struct Lost {
    /// The attempt.
    pub id: Uuid,
    /// When it was handed to the runner.
    pub started_at: Option<DateTime<Utc>>,
    /// Whether a judge had claimed it; only such a one may still be at work.
    pub claimed: bool,
}

/// Whether anything is due at `now`.
pub async fn anything(db: &mut PgConnection, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let due = !lost(db, now).await?.is_empty()
        || !queued(db, now).await?.is_empty()
        || !unattempted(db, now).await?.is_empty()
        || !unchecked(db, now).await?.is_empty()
        || !without_feedback(db, now).await?.is_empty()
        || !searching(db, now).await?.is_empty();
    Ok(due)
}

/// Attempts whose grader is lost.
pub async fn lost(db: &mut PgConnection, now: DateTime<Utc>) -> sqlx::Result<Vec<Lost>> {
    sqlx::query_as!(
        Lost,
        r#"select id, started_at, state = 'grading' as "claimed!" from attempts
           where (state = 'grading' and lease_until < $1)
              or (state = 'queued' and started_at < $1::timestamptz - make_interval(secs => $2))
           order by id limit 100"#,
        now,
        UNCLAIMED
    )
    .fetch_all(db)
    .await
}

/// Whether an attempt is among the [`lost`] still: its judge may have spoken since. Keeps it from changing
/// until the transaction ends.
pub async fn still_lost(db: &mut PgConnection, id: Uuid, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let row = sqlx::query!(
        "select from attempts
         where id = $1
           and ((state = 'grading' and lease_until < $2)
                or (state = 'queued' and started_at < $2::timestamptz - make_interval(secs => $3)))
         for update",
        id,
        now,
        UNCLAIMED
    )
    .fetch_optional(db)
    .await?;
    Ok(row.is_some())
}

/// Attempts that wait for a slot; the runner knows most of them.
pub async fn queued(db: &mut PgConnection, now: DateTime<Utc>) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select id from attempts
         where state = 'queued' and started_at is null
           and created_at < $1::timestamptz - make_interval(secs => $2)
         order by id limit 1000",
        now,
        UNATTENDED
    )
    .fetch_all(db)
    .await
}

/// Submissions without any attempt: their event went astray.
pub async fn unattempted(db: &mut PgConnection, now: DateTime<Utc>) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select id from submissions
         where state = 'queued' and shown_attempt is null
           and submitted_at < $1::timestamptz - make_interval(secs => $2)
         order by id limit 100",
        now,
        UNATTENDED
    )
    .fetch_all(db)
    .await
}

/// Assignment versions whose check never began: (course, id, version).
pub async fn unchecked(
    db: &mut PgConnection,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<(String, String, i32)>> {
    let rows = sqlx::query!(
        "select course, id, version from assignments a
         where state = 'checking' and created_at < $1::timestamptz - make_interval(secs => $2)
           and not exists (select from attempts t where t.kind = 'check' and t.course = a.course
                           and t.assignment = a.id and t.version = a.version)
         limit 100",
        now,
        UNATTENDED
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.course, row.id, row.version)).collect())
}

/// Graded attempts that nobody has written feedback for, though asked a while ago.
pub async fn without_feedback(
    db: &mut PgConnection,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select id from attempts
         where state = 'graded' and kind in ('grade', 'regrade')
           and coalesce(feedback_asked_at, graded_at)
               < $1::timestamptz - make_interval(secs => $2)
         order by id limit 100",
        now,
        UNATTENDED
    )
    .fetch_all(db)
    .await
}

/// Notes that feedback for an attempt is asked for once more, and gives how often it was before; `None` where
/// it is not among those [`without_feedback`] any more.
pub async fn ask_again(
    db: &mut PgConnection,
    id: Uuid,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<i32>> {
    sqlx::query_scalar!(
        r#"update attempts set feedback_asked = feedback_asked + 1, feedback_asked_at = $2
           where id = $1 and state = 'graded'
             and coalesce(feedback_asked_at, graded_at)
                 < $2::timestamptz - make_interval(secs => $3)
           returning feedback_asked - 1 as "before!""#,
        id,
        now,
        UNATTENDED
    )
    .fetch_optional(db)
    .await
}

/// Attempts whose search should have added its suspects by now.
pub async fn searching(db: &mut PgConnection, now: DateTime<Utc>) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select id from attempts where 'search' = any (pending) and search_until < $1
         order by id limit 100",
        now
    )
    .fetch_all(db)
    .await
}
