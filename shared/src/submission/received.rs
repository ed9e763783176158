//! A submission as it is taken in.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::State;
use crate::ids::SubmissionId;

/// Largest source, unpacked, in bytes.
pub const MAX_SOURCE_BYTES: usize = 1024 * 1024;
/// Most files of one submission.
pub const MAX_FILES: usize = 100;

/// The body of `POST /v1/submissions`.
#[doc = concat!("\n\n```json\n", include_str!("../../examples/new_submission.json"), "```")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSubmission {
    /// The course; `default` where nobody says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course: Option<String>,
    /// The assignment's id.
    pub assignment: String,
    /// May be left out where the assignment allows one language, or the files' endings tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// At least one file.
    pub files: Vec<File>,
}

/// One file of a submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Relative, with `/` between the parts.
    pub path: String,
    /// UTF-8 text.
    pub content: String,
}

/// The 202 to a submission.
#[doc = concat!("\n\n```json\n", include_str!("../../examples/accepted.json"), "```")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Accepted {
    /// The submission.
    pub id: SubmissionId,
    /// `queued`.
    pub state: State,
    /// Where to look.
    pub links: Links,
}

/// Where a submission can be read and watched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Links {
    /// The submission.
    #[serde(rename = "self")]
    pub this: String,
    /// Its stream of server-sent events.
    pub events: String,
}

impl Links {
    /// The links of a submission, below `public_url` (no slash at its end; may be empty).
    pub fn of(public_url: &str, id: SubmissionId) -> Self {
        let this = format!("{public_url}/v1/submissions/{id}");
        Self { events: format!("{this}/events"), this }
    }
}
