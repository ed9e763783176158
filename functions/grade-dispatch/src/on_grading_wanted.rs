//! `grading.wanted`.

use axum::{extract::State, http::StatusCode};
use shared::{
    events::{Delivered, GradingWanted},
    http::Incoming,
    problem::Problem,
    store::{attempts, checks, inbox},
    work::Kind,
};

use crate::{App, unpack::unpack};

/// Has each reference of an assignment version graded, once.
pub(crate) async fn on_grading_wanted(
    State(app): State<App>,
    event: Incoming<GradingWanted>,
) -> Result<StatusCode, Problem> {
    let data = event.data;
    let (Kind::Check, Some(course), Some(assignment), Some(version)) =
        (data.kind, data.course, data.assignment, data.version)
    else {
        return Err(Problem::field("/data/kind", "only `check` of an assignment is taken"));
    };
    check(&app, &course, &assignment, version, Some(&event.event)).await?;
    Ok(StatusCode::ACCEPTED)
}

/// One attempt of kind `check` for each language that has a reference, unless there are some; `event` asks
/// for it, if one does.
pub(crate) async fn check(
    app: &App,
    course: &str,
    assignment: &str,
    version: i32,
    event: Option<&Delivered>,
) -> Result<(), Problem> {
    let languages = references(app, course, assignment, version).await?;
    let mut tx = app.db.begin().await?;
    if let Some(event) = event
        && !inbox::claim(&mut tx, event, "grade-dispatch").await?
    {
        return Ok(());
    }
    let mut created = Vec::new();
    if checks::wanted(&mut tx, course, assignment, version).await? {
        for language in languages {
            let new = attempts::NewAttempt {
                submission: None,
                course: course.to_owned(),
                assignment: assignment.to_owned(),
                version,
                language,
                kind: Kind::Check,
            };
            created.push(attempts::create(&mut tx, &new).await?);
        }
    }
    tx.commit().await?;
    for attempt in created {
        app.runner.start(attempt);
    }
    Ok(())
}

/// The languages that have a reference.
async fn references(
    app: &App,
    course: &str,
    assignment: &str,
    version: i32,
) -> Result<Vec<String>, Problem> {
    let mut db = app.db.acquire().await?;
    let found = checks::package(&mut db, course, assignment, version).await?;
    drop(db);
    let (_, package) = found.ok_or_else(|| Problem::UnknownAssignment {
        course: course.to_owned(),
        assignment: assignment.to_owned(),
    })?;
    Ok(unpack(package).await?.references.into_keys().collect())
}
