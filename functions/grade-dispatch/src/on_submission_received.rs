//! `submission.received`.

use axum::{extract::State, http::StatusCode};
use shared::{
    events::SubmissionReceived,
    http::Incoming,
    problem::Problem,
    store::{attempts, inbox, sources},
};

use crate::App;

/// Creates the attempt for a submission, unless it has one, and asks the runner for a grader.
pub(crate) async fn on_submission_received(
    State(app): State<App>,
    event: Incoming<SubmissionReceived>,
) -> Result<StatusCode, Problem> {
    let id = event.data.submission_id;
    let mut tx = app.db.begin().await?;
    if inbox::claim(&mut tx, &event.event, "grade-dispatch").await? {
        let Some(new) = sources::unattempted(&mut tx, id).await? else {
            let known = sources::hash(&mut tx, id).await?;
            known.ok_or_else(|| Problem::UnknownSubmission(id.to_string()))?;
            tx.commit().await?;
            return Ok(StatusCode::ACCEPTED);
        };
        let attempt = attempts::create(&mut tx, &new).await?;
        tx.commit().await?;
        app.runner.start(attempt);
        app.notifier.submission(id);
    }
    Ok(StatusCode::ACCEPTED)
}
