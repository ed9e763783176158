//! Brings tables and graders together again: the tables are the truth.

use std::fmt::Display;

use chrono::{DateTime, Utc};
use shared::{
    ids::SubmissionId,
    problem::Problem,
    store::{attempts, due, sources},
};
use sqlx::types::Uuid;

use crate::{
    App,
    ask_again::ask_again,
    on_grading_wanted,
    replace::{replace, replace_silent},
};

/// What stands still too long, as the tables say.
struct Due {
    lost: Vec<due::Lost>,
    queued: Vec<Uuid>,
    unattempted: Vec<Uuid>,
    unchecked: Vec<(String, String, i32)>,
    without_feedback: Vec<Uuid>,
    searching: Vec<Uuid>,
}

impl Due {
    async fn at(app: &App, now: DateTime<Utc>) -> Result<Self, Problem> {
        let mut db = app.db.acquire().await?;
        Ok(Self {
            lost: due::lost(&mut db, now).await?,
            queued: due::queued(&mut db, now).await?,
            unattempted: due::unattempted(&mut db, now).await?,
            unchecked: due::unchecked(&mut db, now).await?,
            without_feedback: due::without_feedback(&mut db, now).await?,
            searching: due::searching(&mut db, now).await?,
        })
    }
}

/// Everything that is due: lost graders, forgotten queues, missing attempts, missing feedback, searches that
/// never ended. What fails for one thing leaves the others to be done.
pub(crate) async fn everything(app: &App) -> Result<(), Problem> {
    let due = app.heard(Due::at(app, app.clock.now()).await)?;
    for lost in due.lost {
        go_on("a lost grader is not replaced", lost.id, replace_silent(app, &lost).await)?;
    }
    for attempt in due.queued {
        app.runner.start(attempt.into());
    }
    for submission in due.unattempted {
        let done = attempt_again(app, submission.into()).await;
        go_on("a submission has no attempt", submission, done)?;
    }
    for (course, assignment, version) in due.unchecked {
        let done = on_grading_wanted::check(app, &course, &assignment, version, None).await;
        let id = format!("{course}/{assignment}/{version}");
        go_on("a reference is not checked", id, done)?;
    }
    for attempt in due.without_feedback {
        go_on("feedback is not asked for", attempt, ask_again(app, attempt.into()).await)?;
    }
    for attempt in due.searching {
        go_on("a search does not end", attempt, end_search(app, attempt).await)?;
    }
    Ok(())
}

/// At start, where graders are children of this process: those of an earlier process ended with it, so their
/// attempts are replaced at once, by no fault of theirs, and what waited goes on waiting. No other process
/// may serve the same database.
pub(crate) async fn take_over(app: &App) -> Result<(), Problem> {
    let mut db = app.db.acquire().await?;
    let left = attempts::left_behind(&mut db, app.answering.started()).await?;
    let waiting = attempts::queued(&mut db).await?;
    drop(db);
    for id in left {
        go_on("an attempt that was left is not replaced", id, replace(app, id, false).await)?;
    }
    for id in waiting {
        app.runner.start(id);
    }
    Ok(())
}

/// Tells what failed; only a database that does not answer ends the rest too.
fn go_on(what: &str, id: impl Display, done: Result<(), Problem>) -> Result<(), Problem> {
    match done {
        Err(Problem::Unavailable(error)) => Err(Problem::Unavailable(error)),
        Err(problem) => {
            let error = anyhow::Error::new(problem);
            tracing::error!(%id, error = format!("{error:#}"), "{what}");
            Ok(())
        }
        Ok(()) => Ok(()),
    }
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

/// Nobody waits any longer for a search whose time is over.
async fn end_search(app: &App, id: Uuid) -> Result<(), Problem> {
    let mut tx = app.db.begin().await?;
    let ended = attempts::end_search(&mut tx, id.into(), app.clock.now()).await?;
    tx.commit().await?;
    if let Some(submission) = ended {
        app.notifier.submission(submission);
    }
    Ok(())
}
