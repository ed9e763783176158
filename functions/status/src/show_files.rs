//! `GET /v1/submissions/{id}/files`.

use anyhow::Context as _;
use axum::extract::State;
use shared::{
    auth::Caller,
    http::{Json, Path},
    problem::{Document, Problem},
    store::blobs::{self, Hash},
    submission::SubmittedFiles,
};

use crate::{App, reader};

/// Shows the files of a submission, to its owner and to instructors of its course.
#[utoipa::path(get, path = "/v1/submissions/{id}/files", tag = "submissions",
    params(("id" = String, Path, description = "The submission")),
    responses((status = 200, body = SubmittedFiles), (status = 404, body = Document)))]
#[tracing::instrument(skip_all, fields(submission.id = id))]
pub(crate) async fn show_files(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<SubmittedFiles>, Problem> {
    let mut db = app.db.acquire().await?;
    let (shown, _) = reader::open(&mut db, &caller, &id).await?;
    let blob = blobs::get(&mut db, &Hash(shown.source_hash)).await?;
    let bytes = blob.context("a submission's source is kept")?;
    let files = serde_json::from_slice(&bytes).context("read a submission's source")?;
    Ok(Json(SubmittedFiles { files }))
}
