//! `POST /v1/submissions`.

use axum::{
    extract::State,
    http::{StatusCode, header::LOCATION},
    response::IntoResponse,
};
use shared::{
    auth::Caller,
    http::Json,
    problem::{Document, Problem},
    store::submissions,
    submission::{self, Accepted, Links, NewSubmission},
};

use crate::{App, asked::Asked, check_body, idempotency::IdempotencyKey};

/// Where nobody says a course.
const DEFAULT_COURSE: &str = "default";

/// Stores the code and lets grading know, in one transaction; grading itself happens later.
#[utoipa::path(post, path = "/v1/submissions", tag = "submissions",
    params(("Idempotency-Key" = String, Header, description = "New for each submission")),
    request_body = NewSubmission,
    responses((status = 202, body = Accepted), (status = 404, body = Document),
        (status = 409, body = Document), (status = 413, body = Document),
        (status = 422, body = Document), (status = 429, body = Document),
        (status = 503, body = Document)))]
#[tracing::instrument(skip_all)]
pub(crate) async fn create_submission(
    State(app): State<App>,
    caller: Caller,
    IdempotencyKey(key): IdempotencyKey,
    Json(body): Json<NewSubmission>,
) -> Result<impl IntoResponse, Problem> {
    let course = body.course.as_deref().unwrap_or(DEFAULT_COURSE);
    let asked = Asked { learner: &caller.subject, course, key: &key, body: &body };
    caller.role_in(course).ok_or_else(|| asked.unknown())?;
    let files = check_body::files(&body)?;

    let _turn = app.gates.turn(asked.learner, app.limits.open_per_learner).await?;
    let mut tx = app.db.begin().await?;
    submissions::one_at_a_time(&mut tx, asked.learner).await?;
    let id = match asked.repeated(&mut tx, app.clock.now()).await? {
        Some(id) => id,
        None => asked.store(&mut tx, &app, &files).await?,
    };
    tx.commit().await?;
    app.notifier.outbox();

    let links = Links::of(&app.public_url, id);
    let place = [(LOCATION, links.this.clone())];
    let accepted = Accepted { id, state: submission::State::Queued, links };
    Ok((StatusCode::ACCEPTED, place, Json(accepted)))
}
