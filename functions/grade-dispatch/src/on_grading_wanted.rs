//! `grading.wanted`.

use anyhow::Context as _;
use axum::{extract::State, http::StatusCode};
use shared::{
    events::GradingWanted,
    http::Incoming,
    ids::AttemptId,
    package::Package,
    problem::Problem,
    store::{attempts, checks, inbox},
    work::Kind,
};
use sqlx::PgConnection;

use crate::App;

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
    let mut tx = app.db.begin().await?;
    if inbox::claim(&mut tx, &event.event, "grade-dispatch").await? {
        let created = check(&mut tx, &course, &assignment, version).await?;
        tx.commit().await?;
        for attempt in created {
            app.runner.start(attempt);
        }
    }
    Ok(StatusCode::ACCEPTED)
}

/// One attempt of kind `check` for each language that has a reference.
pub(crate) async fn check(
    db: &mut PgConnection,
    course: &str,
    assignment: &str,
    version: i32,
) -> Result<Vec<AttemptId>, Problem> {
    let Some((_, package)) = checks::package(db, course, assignment, version).await? else {
        let (course, assignment) = (course.to_owned(), assignment.to_owned());
        return Err(Problem::UnknownAssignment { course, assignment });
    };
    let package = Package::from_tar_gz(&package).context("a stored package is whole")?;
    let mut created = Vec::new();
    for language in package.references.into_keys() {
        let new = attempts::NewAttempt {
            submission: None,
            course: course.to_owned(),
            assignment: assignment.to_owned(),
            version,
            language,
            kind: Kind::Check,
        };
        created.push(attempts::create(db, &new).await?);
    }
    Ok(created)
}
