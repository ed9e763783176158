//! `grading.wanted`.

use serde::{Deserialize, Serialize};

use super::Message;
use crate::{ids::SubmissionId, work::Kind};

/// Somebody wants the grader to run other than for a new submission.
///
/// ```
/// # use shared::events::GradingWanted;
/// let example = r#"{"kind":"check","submission_id":null,"course":"default","assignment":"median",
///                   "version":3,"row":null}"#;
/// serde_json::from_str::<GradingWanted>(example).unwrap();
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GradingWanted {
    /// `regrade`, `verify` or `check`.
    pub kind: Kind,
    /// The submission; `null` for kind `check`.
    pub submission_id: Option<SubmissionId>,
    /// The course of the assignment to check.
    pub course: Option<String>,
    /// The assignment to check.
    pub assignment: Option<String>,
    /// Its version.
    pub version: Option<i32>,
    /// The row of the patch to verify.
    pub row: Option<uuid::Uuid>,
}

impl Message for GradingWanted {
    const NAME: &'static str = "grading.wanted";
    const FROM: &'static str = "submit";

    fn subject(&self) -> String {
        match (&self.submission_id, &self.course, &self.assignment) {
            (Some(id), ..) => id.to_string(),
            (None, course, assignment) => {
                let course = course.as_deref().unwrap_or("default");
                format!("{course}/{}", assignment.as_deref().unwrap_or_default())
            }
        }
    }
}
