//! `GET /v1/submissions/{id}`.

use axum::extract::State;
use shared::{
    auth::Caller,
    http::{Json, Path},
    problem::{Document, Problem},
    submission::Submission,
};

use crate::{App, reader, view};

/// Shows a submission: to its owner what learners may see, to instructors of its course all of it.
#[utoipa::path(get, path = "/v1/submissions/{id}", tag = "submissions",
    params(("id" = String, Path, description = "The submission")),
    responses((status = 200, body = Submission), (status = 404, body = Document)))]
#[tracing::instrument(skip_all, fields(submission.id = id))]
pub(crate) async fn show_submission(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<Submission>, Problem> {
    let mut db = app.db.acquire().await?;
    let (shown, reader) = reader::open(&mut db, &caller, &id).await?;
    let queue = view::step(&mut db, &shown).await?.queue;
    Ok(Json(view::read(&mut db, shown, reader, queue, app.clock.now()).await?))
}
