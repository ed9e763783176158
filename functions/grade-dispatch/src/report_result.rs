//! `POST /v1/attempts/{id}/report`.

use anyhow::Context as _;
use axum::{extract::State, http::StatusCode};
use shared::{
    events::GradingFinished,
    http::{Json, Path},
    ids::AttemptId,
    problem::Problem,
    report::Report,
    store::{attempts, audit, blobs, outbox},
    submission::Score,
    work::Kind,
};

use crate::{App, claim_attempt::refusal, settle_check::settle_check, token::JudgeToken};

/// Stores a report and the event that tells of it, in one transaction. The same report again: 204.
#[utoipa::path(post, path = "/v1/attempts/{id}/report", tag = "attempts",
    params(("id" = AttemptId, Path,)),
    responses((status = 204), (status = 409, description = "The attempt is over")))]
#[tracing::instrument(skip_all, fields(attempt.id = %id))]
pub(crate) async fn report_result(
    State(app): State<App>,
    Path(id): Path<AttemptId>,
    JudgeToken(token): JudgeToken,
    Json(report): Json<Report>,
) -> Result<StatusCode, Problem> {
    let score = score(&report);
    let bytes = serde_json::to_vec(&report).context("a report that was read can be written")?;

    let mut tx = app.db.begin().await?;
    let hash = blobs::put(&mut tx, &bytes).await?;
    let (token, now) = (&token, app.clock.now());
    let search_until = report.search_until;
    let finished = attempts::Finished { id, token, report: &hash, score, search_until, now };
    if !attempts::finish(&mut tx, &finished).await? {
        let known = attempts::knows(&mut tx, id, token).await?;
        let before = attempts::get(&mut tx, id).await?.and_then(|attempt| attempt.report_hash);
        let again = known && before == Some(hash.0);
        return if again { Ok(StatusCode::NO_CONTENT) } else { Err(refusal(id, known)) };
    }
    let attempt = attempts::get(&mut tx, id).await?.context("the attempt is there")?;
    if attempt.kind == Kind::Check {
        settle_check(&mut tx, &attempt, &report).await?;
    }
    let (submission_id, kind, score) = (attempt.submission_id, attempt.kind, Some(score));
    let event = GradingFinished { submission_id, attempt_id: id, kind, score, failed: false };
    outbox::put_after(&mut tx, &event).await?;
    audit::note(&mut tx, "grader", "report_result", &id.to_string()).await?;
    tx.commit().await?;

    tell(&app, &report, submission_id);
    Ok(StatusCode::NO_CONTENT)
}

fn tell(app: &App, report: &Report, submission: Option<shared::ids::SubmissionId>) {
    app.notifier.outbox();
    if let Some(submission) = submission {
        app.notifier.submission(submission);
    }
    for (phase, took_ms) in &report.timings_ms {
        let seconds = std::time::Duration::from_millis(*took_ms).as_secs_f64();
        metrics::histogram!("faultline_grading_seconds", "phase" => phase.clone()).record(seconds);
    }
}

/// The sum over all tests.
fn score(report: &Report) -> Score {
    let points = report.tests.iter().map(|test| test.points).sum();
    let possible = report.tests.iter().map(|test| test.possible).sum();
    Score { points, possible }
}
