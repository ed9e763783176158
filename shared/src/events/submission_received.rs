//! `submission.received`.

use serde::{Deserialize, Serialize};

use super::Message;
use crate::ids::SubmissionId;

/// A submission was accepted and is stored.
///
/// ```
/// # use shared::events::SubmissionReceived;
/// let example = r#"{"submission_id":"01936b1e-7c00-7000-8000-000000000001","course":"default","assignment":"median","version":3,"language":"python"}"#;
/// serde_json::from_str::<SubmissionReceived>(example).unwrap();
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SubmissionReceived {
    /// The submission.
    pub submission_id: SubmissionId,
    /// Its course.
    pub course: String,
    /// Its assignment.
    pub assignment: String,
    /// The version that was newest and ready when it came.
    pub version: i32,
    /// Its language.
    pub language: String,
}

impl Message for SubmissionReceived {
    const NAME: &'static str = "submission.received";
    const FROM: &'static str = "submit";

    fn subject(&self) -> String {
        self.submission_id.to_string()
    }
}
