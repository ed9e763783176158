//! How attempts end: with a report, with feedback, lost, or failed for good.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use super::{Attempt, show};
use crate::{ids::AttemptId, store::blobs::Hash, submission::Score, work::Kind};

/// What a report brings to its attempt.
#[derive(Clone, Debug)]
pub struct Finished<'a> {
    /// The attempt.
    pub id: AttemptId,
    /// The token that the report came with.
    pub token: &'a Hash,
    /// The report, stored as a blob.
    pub report: &'a Hash,
    /// What the submission earned.
    pub score: Score,
    /// Until when a search may add suspects, if one goes on.
    pub search_until: Option<DateTime<Utc>>,
    /// When it came.
    pub now: DateTime<Utc>,
}

/// `grading` → `graded` (`complete` for a check, which gets no feedback), and counts the learner's try.
/// Notes that feedback was asked for, and that suspects may still come from a search.
pub async fn finish(db: &mut PgConnection, with: &Finished<'_>) -> sqlx::Result<bool> {
    let finished = sqlx::query!(
        "update attempts
         set state = case when kind in ('check', 'verify') then 'complete' else 'graded' end,
             report_hash = $3, graded_at = $4,
             completed_at = case when kind in ('check', 'verify') then $4::timestamptz end,
             points = $5::float8::numeric, possible = $6::float8::numeric, lease_until = null,
             feedback_asked = 1, feedback_asked_at = $4,
             search_until = case when kind in ('grade', 'regrade') then $7::timestamptz end,
             pending = case when kind in ('grade', 'regrade') and $7::timestamptz > $4
                            then array['search'] else '{}' end
         where id = $1 and token_hash = $2 and state = 'grading'
         returning submission_id, kind",
        with.id.0,
        with.token.0,
        with.report.0,
        with.now,
        with.score.points,
        with.score.possible,
        with.search_until
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(row) = finished else { return Ok(false) };
    if let Some(submission) = row.submission_id {
        if row.kind == Kind::Grade.name() {
            count_try(db, submission).await?;
        }
        show(db, submission.into()).await?;
    }
    Ok(true)
}

/// The learner's n-th submission for the assignment that reached `graded`.
async fn count_try(db: &mut PgConnection, submission: uuid::Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "select pg_advisory_xact_lock(hashtextextended(learner || '/' || course || '/' || assignment, 0))
         from submissions where id = $1",
        submission
    )
    .fetch_one(&mut *db)
    .await?;
    sqlx::query!(
        "update submissions s set try = 1 + (
             select coalesce(max(o.try), 0) from submissions o
             where o.learner = s.learner and o.course = s.course and o.assignment = s.assignment)
         where s.id = $1 and s.try is null",
        submission
    )
    .execute(db)
    .await?;
    Ok(())
}

/// `graded` → `complete`, shown as the revision that is given back.
pub async fn complete(
    db: &mut PgConnection,
    id: AttemptId,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<i32>> {
    let row = sqlx::query!(
        "update attempts set state = 'complete', completed_at = $2
         where id = $1 and state = 'graded' returning submission_id",
        id.0,
        now
    )
    .fetch_optional(&mut *db)
    .await?;
    match row.and_then(|row| row.submission_id) {
        Some(submission) => show(db, submission.into()).await.map(Some),
        None => Ok(None),
    }
}

/// How many graders were lost on the way to this attempt, by no fault of ours.
pub async fn losses(db: &mut PgConnection, attempt: &Attempt) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "n!" from attempts
           where state = 'lost' and counted and kind = $1 and language = $2 and course = $3
             and assignment = $4 and version = $5 and submission_id is not distinct from $6"#,
        attempt.kind.name(),
        attempt.language,
        attempt.course,
        attempt.assignment,
        attempt.version,
        attempt.submission_id.map(|id| id.0)
    )
    .fetch_one(db)
    .await
}

/// `queued` or `grading` → `lost`. `counted` is false where the loss was our own fault.
pub async fn lose(db: &mut PgConnection, id: AttemptId, counted: bool) -> sqlx::Result<bool> {
    let lost = sqlx::query!(
        "update attempts set state = 'lost', counted = $2, lease_until = null
         where id = $1 and state in ('queued', 'grading')",
        id.0,
        counted
    )
    .execute(db)
    .await?;
    Ok(lost.rows_affected() == 1)
}

/// `queued` or `grading` → `failed`, with a problem that says why.
pub async fn fail(
    db: &mut PgConnection,
    id: AttemptId,
    problem: &serde_json::Value,
) -> sqlx::Result<bool> {
    let row = sqlx::query!(
        "update attempts set state = 'failed', problem = $2, lease_until = null
         where id = $1 and state in ('queued', 'grading') returning submission_id",
        id.0,
        problem
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(row) = row else { return Ok(false) };
    if let Some(submission) = row.submission_id {
        show(db, submission.into()).await?;
    }
    Ok(true)
}
