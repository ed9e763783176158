//! `GET /v1/languages`.

use axum::extract::State;
use shared::{assignment::Language, auth::Caller, http::Json, problem::Problem, store::languages};

use crate::App;

/// Lists the languages that are graded here, with the versions of their tools.
#[utoipa::path(get, path = "/v1/languages", tag = "assignments",
    responses((status = 200, body = Vec<Language>)))]
#[tracing::instrument(skip_all)]
pub(crate) async fn list_languages(
    State(app): State<App>,
    _: Caller,
) -> Result<Json<Vec<Language>>, Problem> {
    Ok(Json(languages::all(&mut *app.db.acquire().await?).await?))
}
