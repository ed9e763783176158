//! `POST /v1/attempts/{id}/suspects`.

use anyhow::Context as _;
use axum::{extract::State, http::StatusCode};
use serde_json::Value;
use shared::{
    events::SuspectsAdded,
    http::{Json, Path},
    ids::AttemptId,
    problem::Problem,
    report::{MAX_BYTES, Rankings},
    store::{attempts, audit, blobs, outbox},
};

use crate::{App, claim_attempt::refusal, token::JudgeToken};

/// Puts what a search found in place of the report's suspects, once and in time. The same again: 204.
#[utoipa::path(post, path = "/v1/attempts/{id}/suspects", tag = "attempts",
    params(("id" = AttemptId, Path,)),
    responses((status = 204), (status = 409, description = "The search is over")))]
#[tracing::instrument(skip_all, fields(attempt.id = %id))]
pub(crate) async fn add_suspects(
    State(app): State<App>,
    Path(id): Path<AttemptId>,
    JudgeToken(token): JudgeToken,
    Json(found): Json<Rankings>,
) -> Result<StatusCode, Problem> {
    let mut tx = app.db.begin().await?;
    let Some(search) = attempts::search(&mut tx, id, &token).await? else {
        return Err(refusal(id, attempts::knows(&mut tx, id, &token).await?));
    };
    let report = blobs::get(&mut tx, &search.report).await?.context("a report is kept")?;
    let mut report: Value = serde_json::from_slice(&report).context("read a report")?;
    let found = as_stored(&found)?;
    if !search.goes_on && report["suspects"] == found {
        return Ok(StatusCode::NO_CONTENT);
    }
    if !search.goes_on || app.clock.now() > search.until {
        return Err(refusal(id, true));
    }
    report["suspects"] = found;
    let hash = blobs::put(&mut tx, &bytes(&report)?).await?;
    attempts::add_suspects(&mut tx, id, search.submission, &hash).await?;
    let event = SuspectsAdded { submission_id: search.submission, attempt_id: id };
    outbox::put_after(&mut tx, &event).await?;
    audit::note(&mut tx, "grader", "add_suspects", &id.to_string()).await?;
    tx.commit().await?;

    app.notifier.outbox();
    app.notifier.submission(search.submission);
    Ok(StatusCode::NO_CONTENT)
}

/// As they read back from a stored report: a number may lose its last digit on the way.
fn as_stored(found: &Rankings) -> anyhow::Result<Value> {
    let bytes = serde_json::to_vec(found).context("rankings that were read can be written")?;
    serde_json::from_slice(&bytes).context("rankings that were written can be read")
}

fn bytes(report: &Value) -> Result<Vec<u8>, Problem> {
    let bytes = serde_json::to_vec(report).context("a report that was read can be written")?;
    if bytes.len() > MAX_BYTES {
        return Err(Problem::TooLarge { what: "the report", limit_bytes: MAX_BYTES });
    }
    Ok(bytes)
}
