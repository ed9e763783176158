//! `submission.received`.

use axum::{extract::State, http::StatusCode};
use shared::{
    events::SubmissionReceived,
    http::Incoming,
    problem::Problem,
    store::{attempts, inbox, sources},
    work::Kind,
};

use crate::App;

/// Creates the attempt for a submission, once, and asks the runner for a grader.
pub(crate) async fn on_submission_received(
    State(app): State<App>,
    event: Incoming<SubmissionReceived>,
) -> Result<StatusCode, Problem> {
    let data = event.data;
    let id = data.submission_id;
    let mut tx = app.db.begin().await?;
    if inbox::claim(&mut tx, &event.event, "grade-dispatch").await? {
        if sources::hash(&mut tx, id).await?.is_none() {
            return Err(Problem::UnknownSubmission(id.to_string()));
        }
        let new = attempts::NewAttempt {
            submission: Some(id),
            course: data.course,
            assignment: data.assignment,
            version: data.version,
            language: data.language,
            kind: Kind::Grade,
        };
        let attempt = attempts::create(&mut tx, &new).await?;
        tx.commit().await?;
        app.runner.start(attempt);
        app.notifier.submission(id);
    }
    Ok(StatusCode::ACCEPTED)
}
