//! `grading.finished`.

use axum::{extract::State, http::StatusCode};
use serde_json::json;
use shared::{
    events::{FeedbackReady, GradingFinished},
    http::Incoming,
    ids::SubmissionId,
    problem::Problem,
    store::{
        attempts::{self, Attempt},
        feedbacks::{self, NewFeedback},
        inbox, outbox, questions,
    },
    work::Kind,
};
use sqlx::PgConnection;

use crate::{App, material::Material, writer::Written};

/// The name of the writer that is always there.
pub(crate) const WRITER: &str = "rules";

/// Writes feedback for a graded submission, once, however often the event is delivered. Checks, verified
/// patches and attempts that failed get none.
#[tracing::instrument(skip_all, fields(event.id = %event.event.id, attempt.id = %event.data.attempt_id))]
pub(crate) async fn on_grading_finished(
    State(app): State<App>,
    event: Incoming<GradingFinished>,
) -> Result<StatusCode, Problem> {
    let data = &event.data;
    let (false, Kind::Grade | Kind::Regrade, Some(submission)) =
        (data.failed, data.kind, data.submission_id)
    else {
        return Ok(StatusCode::ACCEPTED);
    };
    let mut tx = app.db.begin().await?;
    if inbox::claim(&mut tx, &event.event, "feedback").await? {
        let attempt = attempts::lock(&mut tx, data.attempt_id).await?;
        let attempt =
            attempt.ok_or_else(|| Problem::UnknownAttempt(data.attempt_id.to_string()))?;
        if attempt.state == "graded" && attempt.submission_id == Some(submission) {
            give(&app, &mut tx, &attempt, submission).await?;
        }
        tx.commit().await?;
        app.notifier.outbox();
        app.notifier.submission(submission);
    }
    Ok(StatusCode::ACCEPTED)
}

/// Gives an attempt its feedback, or a problem in its place; complete it is either way.
async fn give(
    app: &App,
    db: &mut PgConnection,
    attempt: &Attempt,
    submission: SubmissionId,
) -> Result<(), Problem> {
    let (written, problem) = match Material::of(db, attempt, submission).await?.written().await {
        Ok(written) => (written, None),
        Err(error) => {
            tracing::error!(error = format!("{error:#}"), "no feedback could be written");
            let told = "the feedback for this submission could not be written; its result stands";
            (Written::default(), Some(json!(Problem::FeedbackFailed(told.into()).document())))
        }
    };
    let new = NewFeedback {
        attempt: attempt.id,
        submission,
        writer: WRITER,
        verified: written.verified,
        summary: &written.summary,
        hints: &written.hints,
        problem: problem.as_ref(),
        unlocked: written.unlocked,
    };
    feedbacks::insert(db, &new).await?;
    for question in &written.questions {
        questions::add(db, submission, attempt.id, question).await?;
    }
    if let Some(revision) = attempts::complete(db, attempt.id, app.clock.now()).await? {
        let ready = FeedbackReady { submission_id: submission, revision, writer: WRITER.into() };
        outbox::put(db, &ready).await?;
    }
    Ok(())
}
