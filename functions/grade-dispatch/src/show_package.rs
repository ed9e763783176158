//! `GET /v1/attempts/{id}/package`.

use anyhow::Context as _;
use axum::{extract::State, http::header::ETAG, response::IntoResponse};
use shared::{
    http::{Json, Path},
    ids::AttemptId,
    problem::Problem,
    store::{attempts, checks},
};

use crate::{App, claim_attempt::refusal, token::JudgeToken, unpack::unpack};

/// The package that an attempt is graded by, as JSON; its hash is in the work and in `ETag`.
#[utoipa::path(get, path = "/v1/attempts/{id}/package", tag = "attempts",
    params(("id" = AttemptId, Path,)),
    responses((status = 200, description = "The package, as JSON")))]
#[tracing::instrument(skip_all, fields(attempt.id = %id))]
pub(crate) async fn show_package(
    State(app): State<App>,
    Path(id): Path<AttemptId>,
    JudgeToken(token): JudgeToken,
) -> Result<impl IntoResponse, Problem> {
    let mut db = app.db.acquire().await?;
    if !attempts::knows(&mut db, id, &token).await? {
        return Err(refusal(id, false));
    }
    let attempt = attempts::get(&mut db, id).await?;
    let attempt = attempt.filter(|attempt| attempt.state == "grading");
    let attempt = attempt.ok_or_else(|| refusal(id, true))?;
    let found = checks::package(&mut db, &attempt.course, &attempt.assignment, attempt.version);
    let (hash, bytes) = found.await?.context("an attempt's package is stored")?;
    drop(db);
    let package = unpack(bytes).await?;
    Ok(([(ETAG, format!("\"{}\"", hash.hex()))], Json(package)))
}
