//! One run of the grader: from its creation to its end.
//!
//! A step that changes a state answers `None` or false where the attempt is in another state than the
//! step starts from, or the token is another's; then nothing was changed.

mod ending;
mod searching;
mod shown;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use super::blobs::Hash;
use crate::{
    ids::{AttemptId, SubmissionId},
    submission::Progress,
    work::Kind,
};

pub use ending::{Finished, complete, fail, finish, lose, losses};
pub use searching::{Search, add_suspects, end_search, search};
pub use shown::show;

/// What a new attempt is for.
#[derive(Clone, Debug)]
pub struct NewAttempt {
    /// The submission; `None` for kind `check`.
    pub submission: Option<SubmissionId>,
    /// The course of the assignment.
    pub course: String,
    /// The assignment.
    pub assignment: String,
    /// Its version.
    pub version: i32,
    /// The language that is graded.
    pub language: String,
    /// Why the grader runs.
    pub kind: Kind,
}

/// An attempt as its row says.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// Its id.
    pub id: AttemptId,
    /// The submission; `None` for kind `check`.
    pub submission_id: Option<SubmissionId>,
    /// The course of the assignment.
    pub course: String,
    /// The assignment.
    pub assignment: String,
    /// Its version.
    pub version: i32,
    /// The language that is graded.
    pub language: String,
    /// Why the grader runs.
    pub kind: Kind,
    /// `queued`, `grading`, `graded`, `complete`, `failed` or `lost`.
    pub state: String,
    /// SHA-256 of its report, once there is one.
    pub report_hash: Option<Vec<u8>>,
}

impl Attempt {
    /// What another attempt in its place is for.
    pub fn again(&self) -> NewAttempt {
        NewAttempt {
            submission: self.submission_id,
            course: self.course.clone(),
            assignment: self.assignment.clone(),
            version: self.version,
            language: self.language.clone(),
            kind: self.kind,
        }
    }
}

/// Creates an attempt, `queued`, and shows it in its submission.
pub async fn create(db: &mut PgConnection, new: &NewAttempt) -> sqlx::Result<AttemptId> {
    let id = AttemptId::new();
    sqlx::query!(
        "insert into attempts (id, submission_id, course, assignment, version, language, kind, n)
         select $1, $2, $3, $4, $5, $6, $7, 1 + coalesce(max(n), 0) from attempts
         where course = $3 and assignment = $4 and version = $5 and language = $6 and kind = $7
           and submission_id is not distinct from $2",
        id.0,
        new.submission.map(|id| id.0),
        new.course,
        new.assignment,
        new.version,
        new.language,
        new.kind.name(),
    )
    .execute(&mut *db)
    .await?;
    if let Some(submission) = new.submission {
        show(db, submission).await?;
    }
    Ok(id)
}

/// An attempt, by id.
pub async fn get(db: &mut PgConnection, id: AttemptId) -> sqlx::Result<Option<Attempt>> {
    sqlx::query_as!(
        Attempt,
        r#"select id as "id: _", submission_id as "submission_id: _", course, assignment, version,
                  language, kind as "kind: _", state, report_hash
           from attempts where id = $1"#,
        id.0
    )
    .fetch_optional(db)
    .await
}

/// An attempt, by id, kept from changing until the transaction ends.
pub async fn lock(db: &mut PgConnection, id: AttemptId) -> sqlx::Result<Option<Attempt>> {
    sqlx::query!("select from attempts where id = $1 for update", id.0)
        .fetch_optional(&mut *db)
        .await?;
    get(db, id).await
}

/// Hands a queued attempt to a grader, with a new token; an earlier token is dead from now on.
pub async fn start(
    db: &mut PgConnection,
    id: AttemptId,
    token: &Hash,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let started = sqlx::query!(
        "update attempts set token_hash = $2, started_at = $3 where id = $1 and state = 'queued'",
        id.0,
        token.0,
        now
    )
    .execute(db)
    .await?;
    Ok(started.rows_affected() == 1)
}

/// Gives the work to the judge that holds the token, until the lease ends; again for the same token.
pub async fn claim(
    db: &mut PgConnection,
    id: AttemptId,
    token: &Hash,
    lease_until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<Attempt>> {
    let claimed = sqlx::query!(
        "update attempts set state = 'grading', lease_until = $3, claimed_at = coalesce(claimed_at, $4)
         where id = $1 and token_hash = $2 and state in ('queued', 'grading')",
        id.0,
        token.0,
        lease_until,
        now
    )
    .execute(&mut *db)
    .await?;
    if claimed.rows_affected() == 0 {
        return Ok(None);
    }
    let attempt = get(&mut *db, id).await?;
    if let Some(submission) = attempt.as_ref().and_then(|attempt| attempt.submission_id) {
        show(db, submission).await?;
    }
    Ok(attempt)
}

/// Whether this token is the attempt's, whatever became of the attempt.
pub async fn knows(db: &mut PgConnection, id: AttemptId, token: &Hash) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from attempts where id = $1 and token_hash = $2) as "any!""#,
        id.0,
        token.0
    )
    .fetch_one(db)
    .await
}

/// Notes how far the judge is, and prolongs its lease. Gives the submission, to be told to its readers.
pub async fn progress(
    db: &mut PgConnection,
    id: AttemptId,
    token: &Hash,
    progress: &Progress,
    lease_until: DateTime<Utc>,
) -> sqlx::Result<Option<Option<SubmissionId>>> {
    let progress =
        serde_json::to_value(progress).map_err(|error| sqlx::Error::Encode(error.into()))?;
    let row = sqlx::query!(
        "update attempts set progress = $3, lease_until = $4
         where id = $1 and token_hash = $2 and state = 'grading' returning submission_id",
        id.0,
        token.0,
        progress,
        lease_until
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.submission_id.map(SubmissionId)))
}

/// How many attempts wait before this one, itself included.
pub async fn place(db: &mut PgConnection, id: AttemptId) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "n!" from attempts where state = 'queued' and id <= $1"#,
        id.0
    )
    .fetch_one(db)
    .await
}

/// Attempts that an earlier process handed to graders of its own before `start`, oldest first.
pub async fn left_behind(
    db: &mut PgConnection,
    start: DateTime<Utc>,
) -> sqlx::Result<Vec<AttemptId>> {
    sqlx::query_scalar!(
        r#"select id as "id: _" from attempts
           where state in ('queued', 'grading') and started_at < $1 order by id"#,
        start
    )
    .fetch_all(db)
    .await
}

/// All attempts that wait for a grader, oldest first.
pub async fn queued(db: &mut PgConnection) -> sqlx::Result<Vec<AttemptId>> {
    sqlx::query_scalar!(
        r#"select id as "id: _" from attempts
           where state = 'queued' and started_at is null order by id"#
    )
    .fetch_all(db)
    .await
}
