//! Feedback that did not come.

use anyhow::Context as _;
use shared::{
    events::GradingFinished,
    ids::{AttemptId, SubmissionId},
    problem::Problem,
    store::{
        attempts, audit, due,
        feedbacks::{self, NewFeedback},
        outbox,
    },
};
use sqlx::PgConnection;

use crate::App;

/// How often feedback for an attempt is asked for.
const MOST_ASKED: i32 = 5;

/// `grading.finished` once more, for feedback that never came; after the fifth the attempt goes without.
pub(crate) async fn ask_again(app: &App, id: AttemptId) -> Result<(), Problem> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let Some(asked) = due::ask_again(&mut tx, id.0, now).await? else { return Ok(()) };
    let attempt = attempts::get(&mut tx, id).await?.context("a graded attempt is there")?;
    let submission = attempt.submission_id.context("what is graded was submitted")?;
    if asked < MOST_ASKED {
        let (submission_id, kind) = (Some(submission), attempt.kind);
        let event =
            GradingFinished { submission_id, attempt_id: id, kind, score: None, failed: false };
        outbox::put_after(&mut tx, &event).await?;
    } else {
        go_without(&mut tx, id, submission).await?;
        attempts::complete(&mut tx, id, now).await?;
    }
    tx.commit().await?;
    app.notifier.outbox();
    app.notifier.submission(submission);
    Ok(())
}

/// A problem in place of feedback.
async fn go_without(
    db: &mut PgConnection,
    attempt: AttemptId,
    submission: SubmissionId,
) -> Result<(), Problem> {
    let told = "the feedback for this submission could not be written; its result stands";
    let problem = Problem::FeedbackFailed(told.into()).document().to_value();
    let none = NewFeedback {
        attempt,
        submission,
        writer: "rules",
        verified: false,
        summary: "",
        hints: &[],
        problem: Some(&problem),
        unlocked: 0,
    };
    feedbacks::insert(db, &none).await?;
    audit::note(db, "grade-dispatch", "go_without_feedback", &attempt.to_string()).await?;
    tracing::error!(attempt.id = %attempt, "feedback failed for good");
    Ok(())
}
