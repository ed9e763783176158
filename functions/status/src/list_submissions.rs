//! `GET /v1/submissions`.

use axum::extract::State;
use serde::Deserialize;
use shared::{
    auth::Caller,
    http::{Json, Query},
    problem::{Document, Problem},
    store::listed::{self, PAGE, Wanted},
    submission::{Page, State as SubmissionState, Summary},
};
use uuid::Uuid;

use crate::App;

/// Which submissions are wanted; what is absent does not matter.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wish {
    /// Only of this course.
    course: Option<String>,
    /// Only for this assignment.
    assignment: Option<String>,
    /// Only of this learner.
    learner: Option<String>,
    /// Only in this state.
    state: Option<SubmissionState>,
    /// The `next` of the page before.
    after: Option<Uuid>,
}

/// Lists submissions, newest first, 50 a page: everybody their own, instructors their courses'.
#[utoipa::path(get, path = "/v1/submissions", tag = "submissions", params(Wish),
    responses((status = 200, body = Page<Summary>), (status = 400, body = Document)))]
#[tracing::instrument(skip_all)]
pub(crate) async fn list_submissions(
    State(app): State<App>,
    caller: Caller,
    Query(wish): Query<Wish>,
) -> Result<Json<Page<Summary>>, Problem> {
    let wanted = Wanted {
        instructed: caller.instructed(),
        reader: caller.subject,
        course: wish.course,
        assignment: wish.assignment,
        learner: wish.learner,
        state: wish.state,
        after: wish.after,
    };
    let mut items = listed::page(&mut *app.db.acquire().await?, &wanted).await?;
    let more = items.len() > PAGE;
    items.truncate(PAGE);
    let next = items.last().filter(|_| more).map(|last| last.id.to_string());
    Ok(Json(Page { items, next }))
}
