//! `POST /v1/attempts/{id}/claim`.

use anyhow::Context as _;
use axum::extract::State;
use chrono::TimeDelta;
use shared::{
    http::{Json, Path},
    ids::{AttemptId, SubmissionId},
    package::Files,
    problem::Problem,
    store::{
        attempts::{self, Attempt},
        audit,
        blobs::{self, Hash},
        checks, sources,
    },
    work::{LEASE_MS, Work},
};
use sqlx::PgConnection;

use crate::{App, token::JudgeToken, unpack::unpack};

/// Gives a judge its work; again as long as its lease holds.
#[utoipa::path(post, path = "/v1/attempts/{id}/claim", tag = "attempts",
    params(("id" = AttemptId, Path,)),
    responses((status = 200, body = Work), (status = 409, description = "The attempt is over")))]
#[tracing::instrument(skip_all, fields(attempt.id = %id))]
pub(crate) async fn claim_attempt(
    State(app): State<App>,
    Path(id): Path<AttemptId>,
    JudgeToken(token): JudgeToken,
) -> Result<Json<Work>, Problem> {
    let Claimed { attempt, package_hash, package, source } =
        app.heard(claim(&app, id, &token).await)?;
    if let Some(submission) = attempt.submission_id {
        app.notifier.submission(submission);
    }
    let (files, seed) = match source {
        Some(source) => source,
        None => (reference(package, &attempt.language).await?, 0),
    };
    let (language, kind, package_hash) = (attempt.language, attempt.kind, package_hash.hex());
    Ok(Json(Work { attempt: id, kind, language, files, package_hash, seed }))
}

/// A claimed attempt and what is stored for it; no source for a check.
struct Claimed {
    attempt: Attempt,
    package_hash: Hash,
    package: Vec<u8>,
    source: Option<(Files, u64)>,
}

async fn claim(app: &App, id: AttemptId, token: &Hash) -> Result<Claimed, Problem> {
    let now = app.clock.now();
    let lease = now + TimeDelta::milliseconds(LEASE_MS);
    let mut tx = app.db.begin().await?;
    let before = attempts::lock(&mut tx, id).await?;
    let Some(attempt) = attempts::claim(&mut tx, id, token, lease, now).await? else {
        return Err(refusal(id, attempts::knows(&mut tx, id, token).await?));
    };
    if before.is_some_and(|before| before.state == "queued") {
        audit::note(&mut tx, "grader", "claim_attempt", &id.to_string()).await?;
    }
    let found = checks::package(&mut tx, &attempt.course, &attempt.assignment, attempt.version);
    let (package_hash, package) = found.await?.context("an attempt's package is stored")?;
    let source = match attempt.submission_id {
        Some(submission) => Some(source(&mut tx, submission).await?),
        None => None,
    };
    tx.commit().await?;
    Ok(Claimed { attempt, package_hash, package, source })
}

/// What a judge is told that asks for what it may not have, or not any more.
pub(crate) fn refusal(id: AttemptId, known: bool) -> Problem {
    if known {
        Problem::StaleAttempt(id.to_string())
    } else {
        Problem::UnknownAttempt(id.to_string())
    }
}

/// The files of a submission, and a seed that stays the same when they are graded again.
async fn source(db: &mut PgConnection, id: SubmissionId) -> Result<(Files, u64), Problem> {
    let hash = sources::hash(db, id).await?.context("an attempt's submission is stored")?;
    let content = blobs::get(db, &hash).await?.context("a submission's source is stored")?;
    let files = serde_json::from_slice(&content).context("a source is files by path")?;
    let seed = hash.0.iter().take(8).fold(0, |seed, byte| (seed << 8) | u64::from(*byte));
    Ok((files, seed))
}

async fn reference(package: Vec<u8>, language: &str) -> anyhow::Result<Files> {
    let mut package = unpack(package).await?;
    package.references.remove(language).context("a check is of a language with a reference")
}
