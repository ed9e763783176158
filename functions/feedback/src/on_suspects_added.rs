//! `suspects.added`.

use axum::{extract::State, http::StatusCode};
use shared::{
    events::{FeedbackReady, SuspectsAdded},
    http::Incoming,
    ids::SubmissionId,
    problem::Problem,
    store::{
        attempts::{self, Attempt},
        feedbacks::{self, NewFeedback},
        inbox, outbox, questions,
    },
};
use sqlx::PgConnection;

use crate::{App, material::Material, on_grading_finished::WRITER};

/// Writes the rules' feedback anew from the suspects that a search added, once, however often the event is
/// delivered. Where there is none yet, `grading.finished` will write it from them.
#[tracing::instrument(skip_all, fields(event.id = %event.event.id, attempt.id = %event.data.attempt_id))]
pub(crate) async fn on_suspects_added(
    State(app): State<App>,
    event: Incoming<SuspectsAdded>,
) -> Result<StatusCode, Problem> {
    let (id, submission) = (event.data.attempt_id, event.data.submission_id);
    let mut tx = app.db.begin().await?;
    if inbox::claim(&mut tx, &event.event, "feedback").await? {
        let attempt = attempts::lock(&mut tx, id).await?;
        let attempt = attempt.ok_or_else(|| Problem::UnknownAttempt(id.to_string()))?;
        if attempt.state == "complete" && attempt.submission_id == Some(submission) {
            give_anew(&mut tx, &attempt, submission).await?;
        }
        tx.commit().await?;
        app.notifier.outbox();
        app.notifier.submission(submission);
    }
    Ok(StatusCode::ACCEPTED)
}

/// New words in place of the old, which stay where no new ones can be written. Questions that were asked
/// stay too; where none was, one may be now.
async fn give_anew(
    db: &mut PgConnection,
    attempt: &Attempt,
    submission: SubmissionId,
) -> Result<(), Problem> {
    let written = match Material::of(db, attempt, submission).await?.written().await {
        Ok(written) => written,
        Err(error) => {
            tracing::error!(error = format!("{error:#}"), "feedback stays as it was");
            return Ok(());
        }
    };
    let new = NewFeedback {
        attempt: attempt.id,
        submission,
        writer: WRITER,
        verified: written.verified,
        summary: &written.summary,
        hints: &written.hints,
        problem: None,
        unlocked: written.unlocked,
    };
    if !feedbacks::rewrite(db, &new).await? {
        return Ok(());
    }
    if !questions::any(db, attempt.id).await? {
        for question in &written.questions {
            questions::add(db, submission, attempt.id, question).await?;
        }
    }
    let revision = attempts::show(db, submission).await?;
    let ready = FeedbackReady { submission_id: submission, revision, writer: WRITER.into() };
    outbox::put(db, &ready).await?;
    Ok(())
}
