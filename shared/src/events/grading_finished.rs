//! `grading.finished`.

use serde::{Deserialize, Serialize};

use super::Message;
use crate::{
    ids::{AttemptId, SubmissionId},
    submission::Score,
    work::Kind,
};

/// A grader's report is stored, or grading failed for good.
///
/// ```
/// # use shared::events::GradingFinished;
/// let example = r#"{"submission_id":"01936b1e-7c00-7000-8000-000000000001","attempt_id":"01936b1e-7c00-7000-8000-000000000002","kind":"grade","score":{"points":3.0,"possible":5.0},"failed":false}"#;
/// serde_json::from_str::<GradingFinished>(example).unwrap();
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GradingFinished {
    /// The submission; `null` for kind `check`.
    pub submission_id: Option<SubmissionId>,
    /// The attempt.
    pub attempt_id: AttemptId,
    /// Why it ran.
    pub kind: Kind,
    /// What it earned; `null` where it failed.
    pub score: Option<Score>,
    /// Whether grading failed for good.
    pub failed: bool,
}

impl Message for GradingFinished {
    const NAME: &'static str = "grading.finished";
    const FROM: &'static str = "grade-dispatch";

    fn subject(&self) -> String {
        self.submission_id.map_or_else(|| self.attempt_id.to_string(), |id| id.to_string())
    }
}
