//! Questions about learners' own runs, and their answers.

use sqlx::{PgConnection, types::Json};

use crate::{
    ids::{AttemptId, SubmissionId},
    submission::Answered,
};

/// A question that has no number yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewQuestion {
    /// Its text.
    pub text: String,
    /// The file that it speaks of.
    pub path: Option<String>,
    /// The line that it speaks of, from 1.
    pub line: Option<u32>,
    /// What was observed; never shown before an answer is given.
    pub answer: String,
}

/// What a question is judged by.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The attempt in which its answer was observed.
    pub attempt_id: AttemptId,
    /// What was observed; never shown before an answer is given.
    pub answer: String,
    /// The learner's answer, once there is one.
    pub answered: Option<Json<Answered>>,
}

/// Adds a question to a submission, under the next number. Keeps the submission from changing until the
/// transaction ends, so that no two questions take the same number.
pub async fn add(
    db: &mut PgConnection,
    submission: SubmissionId,
    attempt: AttemptId,
    new: &NewQuestion,
) -> sqlx::Result<i32> {
    sqlx::query!("select from submissions where id = $1 for update", submission.0)
        .fetch_one(&mut *db)
        .await?;
    let line = new.line.and_then(|line| i32::try_from(line).ok());
    sqlx::query_scalar!(
        "insert into questions (submission_id, n, attempt_id, text, path, line, answer)
         select $1, 1 + coalesce(max(n), 0), $2, $3, $4, $5, $6 from questions where submission_id = $1
         returning n",
        submission.0,
        attempt.0,
        new.text,
        new.path,
        line,
        new.answer
    )
    .fetch_one(db)
    .await
}

/// Whether anything was asked about an attempt.
pub async fn any(db: &mut PgConnection, attempt: AttemptId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from questions where attempt_id = $1) as "any!""#,
        attempt.0
    )
    .fetch_one(db)
    .await
}

/// The learner of a submission, who alone may answer its questions.
pub async fn learner(
    db: &mut PgConnection,
    submission: SubmissionId,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("select learner from submissions where id = $1", submission.0)
        .fetch_optional(db)
        .await
}

/// A question of a submission, kept from changing until the transaction ends.
pub async fn lock(
    db: &mut PgConnection,
    submission: SubmissionId,
    n: i32,
) -> sqlx::Result<Option<Kept>> {
    sqlx::query_as!(
        Kept,
        r#"select attempt_id as "attempt_id: _", answer, answered as "answered: Json<Answered>"
           from questions where submission_id = $1 and n = $2 for update"#,
        submission.0,
        n
    )
    .fetch_optional(db)
    .await
}

/// Keeps the answer to a question.
pub async fn answer(
    db: &mut PgConnection,
    submission: SubmissionId,
    n: i32,
    answered: &Answered,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update questions set answered = $3 where submission_id = $1 and n = $2",
        submission.0,
        n,
        Json(answered) as _
    )
    .execute(db)
    .await?;
    Ok(())
}
