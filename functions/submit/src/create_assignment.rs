//! `POST /v1/assignments`.

use axum::{
    body::Bytes,
    extract::{FromRequest as _, Request, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, header::CONTENT_TYPE},
    response::IntoResponse,
};
use serde::Deserialize;
use shared::{
    assignment::Uploaded,
    auth::Caller,
    http::{Json, Query},
    problem::{Document, Problem},
};

use crate::{App, upload::Upload};

/// Largest package, packed, in bytes.
pub(crate) const MAX_PACKAGE_BYTES: usize = 16 * 1024 * 1024;
/// Longest name of a course, in bytes.
const MAX_COURSE: usize = 100;

/// The query.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Parameters {
    /// The course that shall own it; `default` where nobody says.
    #[serde(default = "default_course")]
    course: String,
}

fn default_course() -> String {
    "default".into()
}

/// Checks a package and stores it as the assignment's next version; where it has a reference, that is
/// graded before learners can submit.
#[utoipa::path(post, path = "/v1/assignments", tag = "assignments", params(Parameters),
    request_body(content = Vec<u8>, content_type = "application/gzip"),
    responses((status = 201, body = Uploaded), (status = 200, body = Uploaded),
        (status = 403, body = Document), (status = 413, body = Document),
        (status = 415, body = Document), (status = 422, body = Document),
        (status = 503, body = Document)))]
#[tracing::instrument(skip_all)]
pub(crate) async fn create_assignment(
    State(app): State<App>,
    caller: Caller,
    Query(Parameters { course }): Query<Parameters>,
    request: Request,
) -> Result<impl IntoResponse, Problem> {
    if course.is_empty() || course.len() > MAX_COURSE || course.contains(char::is_control) {
        let reason = format!("`course` has 1 to {MAX_COURSE} bytes, no control characters");
        return Err(Problem::MalformedRequest(reason));
    }
    if !caller.instructs(&course) {
        let reason = format!("only instructors of course {course:?} set its assignments");
        return Err(Problem::Forbidden(reason));
    }
    if !is_gzip(request.headers()) {
        return Err(Problem::UnsupportedMediaType("application/gzip"));
    }
    let _place = app.gates.upload().await?;
    let body = Bytes::from_request(request, &app).await.map_err(|error| refuse(&error))?;
    let upload = Upload::read(body).await?;

    let mut tx = app.db.begin().await?;
    let version = upload.store(&mut tx, &course, &caller.subject, app.clock.now()).await?;
    tx.commit().await?;
    app.notifier.outbox();

    let status = if version.is_new { StatusCode::CREATED } else { StatusCode::OK };
    let (id, state) = (upload.package.manifest.id, version.state);
    Ok((status, Json(Uploaded { course, id, version: version.number, state })))
}

fn is_gzip(headers: &HeaderMap) -> bool {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = value.split(';').next().unwrap_or_default().trim();
    ["application/gzip", "application/x-gzip"].iter().any(|gzip| essence.eq_ignore_ascii_case(gzip))
}

fn refuse(error: &BytesRejection) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Problem::TooLarge { what: "the package", limit_bytes: MAX_PACKAGE_BYTES }
    } else {
        Problem::MalformedBody(error.body_text())
    }
}
