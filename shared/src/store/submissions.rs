//! Learners' submissions.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgConnection;

use super::blobs::Hash;
use crate::ids::SubmissionId;

/// How long an idempotency key is remembered, in hours.
const KEY_HOURS: i64 = 24;

/// A submission to store.
#[derive(Clone, Debug)]
pub struct NewRow<'a> {
    /// The learner.
    pub learner: &'a str,
    /// The course.
    pub course: &'a str,
    /// The assignment.
    pub assignment: &'a str,
    /// Its newest ready version.
    pub version: i32,
    /// The language, one of the assignment's.
    pub language: &'a str,
    /// [`crate::package::Files`] as JSON, stored as a blob.
    pub source: &'a Hash,
    /// `Idempotency-Key`.
    pub key: &'a str,
    /// Hash of what was asked for: tells a repetition from a key used twice.
    pub body: &'a Hash,
    /// When it came.
    pub now: DateTime<Utc>,
}

/// Lets this learner's other submissions wait until the transaction ends, so that limits and keys hold
/// for those that come at the same time.
pub async fn one_at_a_time(db: &mut PgConnection, learner: &str) -> sqlx::Result<()> {
    let lock = format!("submissions of {learner}");
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended($1, 0))", lock)
        .fetch_one(db)
        .await?;
    Ok(())
}

/// The submission that the learner sent under a key in the last 24 h, and the hash of its body. A key
/// that is older is forgotten.
pub async fn under_key(
    db: &mut PgConnection,
    learner: &str,
    key: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<(SubmissionId, Hash)>> {
    let since = now - TimeDelta::hours(KEY_HOURS);
    sqlx::query!(
        "update submissions set idempotency_key = null
         where learner = $1 and idempotency_key = $2 and submitted_at <= $3",
        learner,
        key,
        since
    )
    .execute(&mut *db)
    .await?;
    let row = sqlx::query!(
        "select id, body_hash from submissions where learner = $1 and idempotency_key = $2",
        learner,
        key
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.id.into(), Hash(row.body_hash))))
}

/// Stores a submission.
pub async fn insert(db: &mut PgConnection, new: &NewRow<'_>) -> sqlx::Result<SubmissionId> {
    let id = SubmissionId::new();
    sqlx::query!(
        "insert into submissions (id, course, assignment, version, learner, language, source_hash,
                                  idempotency_key, body_hash, submitted_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        id.0,
        new.course,
        new.assignment,
        new.version,
        new.learner,
        new.language,
        new.source.0,
        new.key,
        new.body.0,
        new.now
    )
    .execute(db)
    .await?;
    Ok(id)
}

/// How many submissions wait or are being graded: one learner's, or all. Counts no further than `most`.
pub async fn under_way(
    db: &mut PgConnection,
    learner: Option<&str>,
    most: i64,
) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "n!" from (
               select from submissions
               where state in ('queued', 'grading') and ($1::text is null or learner = $1)
               limit $2) as counted"#,
        learner,
        most
    )
    .fetch_one(db)
    .await
}

/// How many tries a learner has used for an assignment; those under way may still become one.
pub async fn tries(
    db: &mut PgConnection,
    learner: &str,
    course: &str,
    assignment: &str,
) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "n!" from submissions
           where learner = $1 and course = $2 and assignment = $3
             and (try is not null or state in ('queued', 'grading'))"#,
        learner,
        course,
        assignment
    )
    .fetch_one(db)
    .await
}
