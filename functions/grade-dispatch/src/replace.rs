//! Another attempt in place of one whose grader was lost.

use shared::{
    events::GradingFinished,
    ids::AttemptId,
    problem::Problem,
    store::{
        attempts::{self, Attempt},
        audit, due, outbox,
    },
    work::Kind,
};
use sqlx::{PgConnection, PgTransaction};

use crate::{App, settle_check};

/// How many graders may be lost on the way to one result.
const MOST_LOSSES: i64 = 3;

/// Replaces an attempt whose grader has ended. A loss that is our own fault is not counted.
pub(crate) async fn replace(app: &App, id: AttemptId, counted: bool) -> Result<(), Problem> {
    let tx = app.db.begin().await?;
    swap(app, tx, id, counted).await
}

/// Replaces an attempt that nothing was heard of, unless its judge speaks meanwhile. After a break of ours
/// judges at work first get the time to be heard again.
pub(crate) async fn replace_silent(app: &App, lost: &due::Lost) -> Result<(), Problem> {
    let now = app.clock.now();
    if lost.claimed && !app.answering.is_settled(now) {
        return Ok(());
    }
    let mut tx = app.db.begin().await?;
    if !due::still_lost(&mut tx, lost.id, now).await? {
        return Ok(());
    }
    swap(app, tx, lost.id.into(), app.answering.counts(lost.started_at)).await
}

/// After the third loss the last attempt has failed for good.
async fn swap(
    app: &App,
    mut tx: PgTransaction<'_>,
    id: AttemptId,
    counted: bool,
) -> Result<(), Problem> {
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
        audit::note(&mut tx, "grade-dispatch", "lose_attempt", &id.to_string()).await?;
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

async fn give_up(db: &mut PgConnection, attempt: &Attempt) -> Result<(), Problem> {
    let why = format!("the grader was lost {MOST_LOSSES} times before it could report");
    let problem = Problem::GradingFailed(why);
    attempts::fail(db, attempt.id, &problem.document().to_value()).await?;
    audit::note(db, "grade-dispatch", "fail_attempt", &attempt.id.to_string()).await?;
    let (submission_id, attempt_id, kind) = (attempt.submission_id, attempt.id, attempt.kind);
    if kind == Kind::Check {
        settle_check::reject(db, attempt, &problem).await?;
    }
    let event = GradingFinished { submission_id, attempt_id, kind, score: None, failed: true };
    outbox::put_after(db, &event).await?;
    tracing::error!(attempt.id = %attempt_id, "grading failed for good");
    Ok(())
}
