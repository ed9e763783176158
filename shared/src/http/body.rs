//! JSON bodies: a bad one answers with a problem that names the part and what to do.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request, rejection::BytesRejection},
    http::{HeaderMap, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_path_to_error::{Path, Segment};

use crate::problem::Problem;

/// A JSON body, in and out. In: 415 for another type, 413 too large, 400 not parsable, 422 parsable but
/// wrong.
#[derive(Clone, Copy, Debug)]
pub struct Json<T>(pub T);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(Problem::UnsupportedMediaType("application/json"));
        }
        let body = whole(request, state).await?;
        read(&body).map(Self)
    }
}

/// The whole body, up to the limit of its route.
pub(super) async fn whole<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Problem> {
    Bytes::from_request(request, state).await.map_err(|error| match error {
        BytesRejection::FailedToBufferBody(_)
            if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE =>
        {
            Problem::TooLarge { what: "the body", limit_bytes: super::router::MAX_BODY_BYTES }
        }
        other => Problem::MalformedBody(other.body_text()),
    })
}

/// Reads JSON; a mistake in it is told with its place.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    if let Err(error) = std::str::from_utf8(body) {
        return Err(Problem::MalformedBody(format!("it is not UTF-8: {error}")));
    }
    let mut json = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let pointer = pointer(error.path());
        let inner = error.into_inner();
        if inner.is_data() {
            Problem::field(pointer, without_place(&inner.to_string()))
        } else {
            Problem::MalformedBody(inner.to_string())
        }
    })?;
    json.end().map_err(|error| Problem::MalformedBody(error.to_string()))?;
    Ok(value)
}

/// A path in a document as JSON pointer (RFC 6901).
fn pointer(path: &Path) -> String {
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { variant } => format!("/{variant}"),
            Segment::Unknown => String::new(),
        })
        .collect()
}

/// The reason alone: the pointer says where.
fn without_place(reason: &str) -> &str {
    reason.rsplit_once(" at line ").map_or(reason, |(reason, _)| reason)
}

fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = value.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::NewSubmission;

    fn refusal(body: &[u8]) -> (u16, String) {
        let document = read::<NewSubmission>(body).unwrap_err().document();
        let errors = document.errors.iter().map(|e| format!("{}: {}", e.pointer, e.reason));
        let told = errors.chain(document.detail).collect::<Vec<_>>().join("; ");
        (document.status, told)
    }

    #[test]
    fn what_does_not_parse_is_400_and_what_is_wrong_is_422_with_its_place() {
        assert_eq!(refusal(b"{").0, 400);
        assert_eq!(refusal(b"{} x").0, 422);
        assert_eq!(refusal(b"{\"assignment\":\"a\",\"files\":[]} x").0, 400);
        assert_eq!(refusal(b"{\"assignment\":\"\xff\",\"files\":[]}").0, 400);
        let (status, told) =
            refusal(br#"{"assignment":"a","files":[{"path":"x.py","content":7}]}"#);
        assert_eq!(status, 422);
        assert!(told.starts_with("/files/0/content: invalid type"), "{told}");
        let (status, told) = refusal(br#"{"assignment":"a","files":[],"score":5}"#);
        assert_eq!(status, 422);
        assert!(told.contains("unknown field `score`"), "{told}");
    }
}
