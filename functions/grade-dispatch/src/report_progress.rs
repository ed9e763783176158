//! `POST /v1/attempts/{id}/progress`.

use axum::{extract::State, http::StatusCode};
use chrono::TimeDelta;
use shared::{
    http::{Json, Path},
    ids::AttemptId,
    problem::Problem,
    store::attempts,
    submission::Progress,
    work::LEASE_MS,
};

use crate::{App, claim_attempt::refusal, token::JudgeToken};

/// Notes how far a judge is, and prolongs its lease.
#[utoipa::path(post, path = "/v1/attempts/{id}/progress", tag = "attempts",
    params(("id" = AttemptId, Path,)), request_body = Progress,
    responses((status = 204), (status = 409, description = "The attempt is over")))]
#[tracing::instrument(skip_all, fields(attempt.id = %id))]
pub(crate) async fn report_progress(
    State(app): State<App>,
    Path(id): Path<AttemptId>,
    JudgeToken(token): JudgeToken,
    Json(progress): Json<Progress>,
) -> Result<StatusCode, Problem> {
    let lease = app.clock.now() + TimeDelta::milliseconds(LEASE_MS);
    let noted = async {
        let mut db = app.db.acquire().await?;
        match attempts::progress(&mut db, id, &token, &progress, lease).await? {
            Some(submission) => Ok(submission),
            None => Err(refusal(id, attempts::knows(&mut db, id, &token).await?)),
        }
    };
    if let Some(submission) = app.heard(noted.await)? {
        app.notifier.submission(submission);
    }
    Ok(StatusCode::NO_CONTENT)
}
