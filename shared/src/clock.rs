//! Where the time comes from: one function in production, a clock that tests turn elsewhere.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};

/// Tells the time. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Clock(Source);

#[derive(Clone, Debug, Default)]
enum Source {
    #[default]
    System,
    Turned(Arc<Mutex<DateTime<Utc>>>),
}

impl Clock {
    /// A clock that stands still at `start` until somebody turns it; clones turn together.
    pub fn turned(start: DateTime<Utc>) -> Self {
        Self(Source::Turned(Arc::new(Mutex::new(start))))
    }

    /// The time, in UTC.
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the system")]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            Source::System => Utc::now(),
            Source::Turned(time) => *time.lock().unwrap_or_else(std::sync::PoisonError::into_inner),
        }
    }

    /// Moves a turned clock forward; the system's clock ignores it.
    pub fn advance(&self, by: TimeDelta) {
        if let Source::Turned(time) = &self.0 {
            *time.lock().unwrap_or_else(std::sync::PoisonError::into_inner) += by;
        }
    }
}
