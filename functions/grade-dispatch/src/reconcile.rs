//! Brings tables and graders together again: the tables are the truth.

use anyhow::Context as _;
use shared::{
    events::GradingFinished,
    ids::{AttemptId, SubmissionId},
    problem::Problem,
    store::{attempts, checks, due, outbox, sources},
    work::Kind,
};

use crate::{App, on_grading_wanted};

/// How many graders may be lost on the way to one result.
const MOST_LOSSES: i64 = 3;

/// Everything that is due: lost graders, forgotten queues, missing attempts, missing feedback.
pub(crate) async fn everything(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    let mut db = app.db.acquire().await?;
    for lost in due::lost(&mut db, now).await? {
        let counted = lost.started_at.is_some_and(|started| started >= app.started_at);
        replace(app, lost.id.into(), counted).await?;
    }
    for attempt in due::queued(&mut db, now).await? {
        app.runner.start(attempt.into());
    }
    for submission in due::unattempted(&mut db, now).await? {
        attempt_again(app, submission.into()).await?;
    }
    for (course, assignment, version) in due::unchecked(&mut db, now).await? {
        let mut tx = app.db.begin().await?;
        let created = on_grading_wanted::check(&mut tx, &course, &assignment, version).await?;
        tx.commit().await?;
        for attempt in created {
            app.runner.start(attempt);
        }
    }
    for attempt in due::without_feedback(&mut db, now).await? {
        finish_again(app, attempt.into()).await?;
    }
    Ok(())
}

/// At start: whatever an earlier process left open is this one's to finish.
pub(crate) async fn take_over(app: &App) -> Result<(), Problem> {
    let mut db = app.db.acquire().await?;
    for id in attempts::queued(&mut db).await? {
        app.runner.start(id);
    }
    Ok(())
}

/// Another attempt in place of a lost one; after the third loss the last one has failed for good.
/// A loss that is our own fault is not counted.
pub(crate) async fn replace(app: &App, id: AttemptId, counted: bool) -> Result<(), Problem> {
    let mut tx = app.db.begin().await?;
    let attempt = attempts::lock(&mut tx, id).await?;
    let open = attempt.filter(|attempt| matches!(&*attempt.state, "queued" | "grading"));
    let Some(attempt) = open else { return Ok(()) };
    let losses = attempts::losses(&mut tx, &attempt).await? + i64::from(counted);
    metrics::counter!("faultline_attempts_lost_total").increment(1);
    if counted && losses >= MOST_LOSSES {
        give_up(&mut tx, &attempt).await?;
        tx.commit().await?;
        app.notifier.outbox();
    } else {
        attempts::lose(&mut tx, id, counted).await?;
        let again = attempts::create(&mut tx, &attempt.again()).await?;
        tx.commit().await?;
        tracing::warn!(attempt.id = %id, next.id = %again, counted, "a grader was lost; once more");
        app.runner.start(again);
    }
    if let Some(submission) = attempt.submission_id {
        app.notifier.submission(submission);
    }
    Ok(())
}

async fn give_up(db: &mut sqlx::PgConnection, attempt: &attempts::Attempt) -> Result<(), Problem> {
    let why = format!("the grader was lost {MOST_LOSSES} times before it could report");
    let problem = Problem::GradingFailed(why).document().to_value();
    attempts::fail(db, attempt.id, &problem).await?;
    let (submission_id, attempt_id, kind) = (attempt.submission_id, attempt.id, attempt.kind);
    if kind == Kind::Check {
        checks::reject(db, &attempt.course, &attempt.assignment, attempt.version, &problem).await?;
    }
    let event = GradingFinished { submission_id, attempt_id, kind, score: None, failed: true };
    outbox::put_after(db, &event).await?;
    tracing::error!(attempt.id = %attempt_id, "grading failed for good");
    Ok(())
}

/// An attempt for a submission whose event went astray.
async fn attempt_again(app: &App, id: SubmissionId) -> Result<(), Problem> {
    let mut tx = app.db.begin().await?;
    let new = sources::unattempted(&mut tx, id).await?;
    let Some(new) = new else { return Ok(()) };
    let attempt = attempts::create(&mut tx, &new).await?;
    tx.commit().await?;
    app.runner.start(attempt);
    app.notifier.submission(id);
    Ok(())
}

/// `grading.finished` once more, for feedback that never came.
async fn finish_again(app: &App, id: AttemptId) -> Result<(), Problem> {
    let mut tx = app.db.begin().await?;
    let attempt = attempts::get(&mut tx, id).await?.context("a graded attempt is there")?;
    let (submission_id, kind) = (attempt.submission_id, attempt.kind);
    let event = GradingFinished { submission_id, attempt_id: id, kind, score: None, failed: false };
    outbox::put_after(&mut tx, &event).await?;
    tx.commit().await?;
    app.notifier.outbox();
    Ok(())
}
