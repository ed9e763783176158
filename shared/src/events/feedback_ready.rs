//! `feedback.ready`.

use serde::{Deserialize, Serialize};

use super::Message;
use crate::ids::SubmissionId;

/// Feedback is stored and can be read.
///
/// ```
/// # use shared::events::FeedbackReady;
/// let example = r#"{"submission_id":"01936b1e-7c00-7000-8000-000000000001","revision":4,"writer":"rules"}"#;
/// serde_json::from_str::<FeedbackReady>(example).unwrap();
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FeedbackReady {
    /// The submission.
    pub submission_id: SubmissionId,
    /// The revision that shows it.
    pub revision: i32,
    /// Who wrote it: `rules`, or a model.
    pub writer: String,
}

impl Message for FeedbackReady {
    const NAME: &'static str = "feedback.ready";
    const FROM: &'static str = "feedback";

    fn subject(&self) -> String {
        self.submission_id.to_string()
    }
}
