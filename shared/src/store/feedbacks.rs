//! What writers wrote for attempts.

use sqlx::{PgConnection, types::Json};

use crate::{
    ids::{AttemptId, SubmissionId},
    submission::Hint,
};

/// What a writer wrote for an attempt.
#[derive(Clone, Debug)]
pub struct NewFeedback<'a> {
    /// The attempt.
    pub attempt: AttemptId,
    /// Its submission.
    pub submission: SubmissionId,
    /// `rules`, or a model's name.
    pub writer: &'a str,
    /// Whether its claim was run.
    pub verified: bool,
    /// What happened, in a few sentences.
    pub summary: &'a str,
    /// Hints of all levels that the assignment allows.
    pub hints: &'a [Hint],
    /// In place of feedback, where it failed for good: a problem.
    pub problem: Option<&'a serde_json::Value>,
    /// The hint level that the learner may read up to.
    pub unlocked: u8,
}

/// Keeps what was written for an attempt; what was there before stays.
pub async fn insert(db: &mut PgConnection, new: &NewFeedback<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into feedbacks (attempt_id, submission_id, writer, verified, summary, hints, problem, unlocked)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (attempt_id) do nothing",
        new.attempt.0,
        new.submission.0,
        new.writer,
        new.verified,
        new.summary,
        Json(new.hints) as _,
        new.problem,
        i32::from(new.unlocked)
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Puts what the rules wrote anew in place of what they wrote before; hints that the learner has unlocked stay
/// so. False where there is nothing of the rules' to replace.
pub async fn rewrite(db: &mut PgConnection, new: &NewFeedback<'_>) -> sqlx::Result<bool> {
    let rewritten = sqlx::query!(
        "update feedbacks set verified = $3, summary = $4, hints = $5, unlocked = greatest(unlocked, $6)
         where attempt_id = $1 and writer = $2 and problem is null",
        new.attempt.0,
        new.writer,
        new.verified,
        new.summary,
        Json(new.hints) as _,
        i32::from(new.unlocked)
    )
    .execute(db)
    .await?;
    Ok(rewritten.rows_affected() == 1)
}

/// Lets the learner read one level more of an attempt's hints, and gives the hint that this unlocks;
/// `None` where all are unlocked.
pub async fn unlock_next(db: &mut PgConnection, attempt: AttemptId) -> sqlx::Result<Option<Hint>> {
    let row = sqlx::query!(
        r#"select hints as "hints: Json<Vec<Hint>>", unlocked from feedbacks
           where attempt_id = $1 for update"#,
        attempt.0
    )
    .fetch_optional(&mut *db)
    .await?;
    let next = row.and_then(|row| {
        let locked = row.hints.0.into_iter().filter(|hint| i32::from(hint.level) > row.unlocked);
        locked.min_by_key(|hint| hint.level)
    });
    if let Some(hint) = &next {
        let level = i32::from(hint.level);
        sqlx::query!("update feedbacks set unlocked = $2 where attempt_id = $1", attempt.0, level)
            .execute(db)
            .await?;
    }
    Ok(next)
}

/// Which graded try of its learner a submission is, from 1; `None` before it is graded.
pub async fn nth_try(db: &mut PgConnection, id: SubmissionId) -> sqlx::Result<Option<i32>> {
    sqlx::query_scalar!("select try from submissions where id = $1", id.0)
        .fetch_optional(db)
        .await
        .map(Option::flatten)
}
