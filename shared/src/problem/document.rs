//! A problem as it is sent and stored.

use axum::{
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A problem document (RFC 9457), as `application/problem+json`.
#[doc = concat!("\n\n```json\n", include_str!("../../examples/problem.json"), "```")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Document {
    /// `/problems/<name>`: stable, and the address of its page.
    #[serde(rename = "type")]
    pub kind: String,
    /// The same for every problem of the type.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What is wrong here, and what to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Each wrong part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
}

/// One wrong part of a body or package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldError {
    /// JSON pointer into the body (`/files/0/path`), or file, line and key of a package.
    pub pointer: String,
    /// What is wrong with it.
    pub reason: String,
}

impl Document {
    /// As a JSON value, for a database row.
    pub fn to_value(&self) -> serde_json::Value {
        serde_json::to_value(self).expect("a document is texts and numbers, which JSON can hold")
    }
}

impl IntoResponse for Document {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, [(CONTENT_TYPE, "application/problem+json")], self.to_value().to_string())
            .into_response()
    }
}
