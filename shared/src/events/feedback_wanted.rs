//! `feedback.wanted`.

use serde::{Deserialize, Serialize};

use super::Message;
use crate::ids::{AttemptId, SubmissionId};

/// The rules have written; a model may take its turn.
///
/// ```
/// # use shared::events::FeedbackWanted;
/// let example = r#"{"submission_id":"01936b1e-7c00-7000-8000-000000000001","attempt_id":"01936b1e-7c00-7000-8000-000000000002"}"#;
/// serde_json::from_str::<FeedbackWanted>(example).unwrap();
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FeedbackWanted {
    /// The submission.
    pub submission_id: SubmissionId,
    /// The attempt.
    pub attempt_id: AttemptId,
}

impl Message for FeedbackWanted {
    const NAME: &'static str = "feedback.wanted";
    const FROM: &'static str = "feedback";

    fn subject(&self) -> String {
        self.submission_id.to_string()
    }
}
