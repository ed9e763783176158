//! The events (design, section 7). CloudEvents 1.0.2: `type` is `dev.faultline.<name>.v1`.

mod feedback_ready;
mod feedback_wanted;
mod grading_finished;
mod grading_wanted;
mod submission_received;
mod suspects_added;
mod tick;

use serde::{Serialize, de::DeserializeOwned};

pub use feedback_ready::FeedbackReady;
pub use feedback_wanted::FeedbackWanted;
pub use grading_finished::GradingFinished;
pub use grading_wanted::GradingWanted;
pub use submission_received::SubmissionReceived;
pub use suspects_added::SuspectsAdded;
pub use tick::Tick;

/// An event's data.
pub trait Message: Serialize + DeserializeOwned + Send {
    /// `submission.received`: also the routing key.
    const NAME: &'static str;
    /// The part that it comes from; `source` is `/faultline/<part>`.
    const FROM: &'static str;

    /// What it is about: the submission's id, or the assignment's.
    fn subject(&self) -> String;
}

/// Which event a handler was given: what an inbox remembers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivered {
    /// CloudEvents `source`.
    pub source: String,
    /// CloudEvents `id`.
    pub id: String,
}

/// The trace that an event belongs to (W3C Trace Context), carried as CloudEvents extensions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// `traceparent`.
    pub parent: Option<String>,
    /// `tracestate`.
    pub state: Option<String>,
}

/// The CloudEvents `type` of an event's name.
pub fn type_of(name: &str) -> String {
    format!("dev.faultline.{name}.v1")
}

/// The name in a CloudEvents `type`, if it is one of ours.
pub fn name_of(event_type: &str) -> Option<&str> {
    event_type.strip_prefix("dev.faultline.")?.strip_suffix(".v1")
}

/// Every event name, in the order of the design's table.
pub const NAMES: [&str; 7] = [
    SubmissionReceived::NAME,
    GradingWanted::NAME,
    GradingFinished::NAME,
    SuspectsAdded::NAME,
    FeedbackWanted::NAME,
    FeedbackReady::NAME,
    Tick::NAME,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_again_in_its_type() {
        for name in NAMES {
            assert_eq!(name_of(&type_of(name)), Some(name));
        }
        assert_eq!(name_of("com.example.tick.v1"), None);
    }
}
