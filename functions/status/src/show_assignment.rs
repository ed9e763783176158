//! `GET /v1/assignments/{id}`.

use anyhow::Context as _;
use axum::extract::State;
use serde::Deserialize;
use shared::{
    assignment::Assignment,
    auth::Caller,
    http::{Json, Path, Query},
    package::Package,
    problem::{Document, Problem},
    store::{
        blobs,
        offered::{self, Offered},
    },
};
use sqlx::PgConnection;

use crate::{App, list_assignments::told};

/// Where the assignment is.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Place {
    /// The course; `default` otherwise.
    course: Option<String>,
}

/// Shows what an assignment says to learners, with the tests that they may see by now.
#[utoipa::path(get, path = "/v1/assignments/{id}", tag = "assignments",
    params(("id" = String, Path, description = "The assignment"), Place),
    responses((status = 200, body = Assignment), (status = 404, body = Document)))]
#[tracing::instrument(skip_all, fields(assignment = id))]
pub(crate) async fn show_assignment(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Query(place): Query<Place>,
) -> Result<Json<Assignment>, Problem> {
    let course = place.course.unwrap_or_else(|| "default".into());
    let mut found = Vec::new();
    let mut db = app.db.acquire().await?;
    if caller.role_in(&course).is_some() {
        found = offered::of(&mut db, Some(std::slice::from_ref(&course)), Some(&id)).await?;
    }
    let mut offered = found.pop().ok_or(Problem::UnknownAssignment { course, assignment: id })?;
    let due = offered.assignment.details.due.is_some_and(|due| due <= app.clock.now());
    if due && offered.shows_later {
        show_later_tests(&mut db, &mut offered, &app).await?;
    }
    Ok(Json(told(offered, &caller)))
}

/// Adds the tests that are shown once the assignment is due.
async fn show_later_tests(
    db: &mut PgConnection,
    offered: &mut Offered,
    app: &App,
) -> Result<(), Problem> {
    let blob = blobs::get(db, &offered.package).await?.context("a version's package is kept")?;
    let unpacked = tokio::task::spawn_blocking(move || Package::from_tar_gz(&blob)).await;
    let package = unpacked.context("unpack a package")?.context("read a package")?;
    offered.assignment.details.tests = package.details(app.clock.now()).tests;
    Ok(())
}
