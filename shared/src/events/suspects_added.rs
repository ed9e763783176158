//! `suspects.added`.

use serde::{Deserialize, Serialize};

use super::Message;
use crate::ids::{AttemptId, SubmissionId};

/// A search that ran on after the report found suspects.
///
/// ```
/// # use shared::events::SuspectsAdded;
/// let example = r#"{"submission_id":"01936b1e-7c00-7000-8000-000000000001","attempt_id":"01936b1e-7c00-7000-8000-000000000002"}"#;
/// serde_json::from_str::<SuspectsAdded>(example).unwrap();
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SuspectsAdded {
    /// The submission.
    pub submission_id: SubmissionId,
    /// The attempt.
    pub attempt_id: AttemptId,
}

impl Message for SuspectsAdded {
    const NAME: &'static str = "suspects.added";
    const FROM: &'static str = "grade-dispatch";

    fn subject(&self) -> String {
        self.submission_id.to_string()
    }
}
