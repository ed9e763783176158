//! `GET /v1/assignments`.

use axum::extract::State;
use serde::Deserialize;
use shared::{
    assignment::Assignment,
    auth::Caller,
    http::{Json, Query},
    problem::{Document, Problem},
    store::offered::{self, Offered},
};

use crate::App;

/// Which assignments are wanted.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wish {
    /// Only of this course; otherwise of all in which the caller has a role.
    course: Option<String>,
}

/// Lists the assignments of the caller's courses, with the tests that are visible from the start.
#[utoipa::path(get, path = "/v1/assignments", tag = "assignments", params(Wish),
    responses((status = 200, body = Vec<Assignment>), (status = 400, body = Document)))]
#[tracing::instrument(skip_all)]
pub(crate) async fn list_assignments(
    State(app): State<App>,
    caller: Caller,
    Query(wish): Query<Wish>,
) -> Result<Json<Vec<Assignment>>, Problem> {
    let courses = match wish.course {
        Some(course) if caller.role_in(&course).is_none() => Some(Vec::new()),
        Some(course) => Some(vec![course]),
        None => caller.courses(),
    };
    let offered = offered::of(&mut *app.db.acquire().await?, courses.as_deref(), None).await?;
    Ok(Json(offered.into_iter().map(|offered| told(offered, &caller)).collect()))
}

/// Why a package was rejected is told to those who can mend it.
pub(crate) fn told(offered: Offered, caller: &Caller) -> Assignment {
    let mut assignment = offered.assignment;
    if !caller.instructs(&assignment.course) {
        assignment.problem = None;
    }
    assignment
}
