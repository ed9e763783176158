//! Since when this process and its database answer: graders lost from before were lost by our own fault.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use shared::{problem::Problem, work::LEASE_MS};

/// Remembers when the database was last found to answer again. Cheap to clone; clones remember together.
#[derive(Clone, Debug)]
pub struct Answering(Arc<Mutex<Phase>>);

#[derive(Debug)]
struct Phase {
    started: DateTime<Utc>,
    since: DateTime<Utc>,
    is_broken: bool,
}

impl Answering {
    /// A process that begins to answer at `start`.
    pub fn since(start: DateTime<Utc>) -> Self {
        Self(Arc::new(Mutex::new(Phase { started: start, since: start, is_broken: false })))
    }

    /// When this process started.
    pub(crate) fn started(&self) -> DateTime<Utc> {
        self.phase().started
    }

    /// Notes whether the database answered a call that ended at `now`, and passes on what came of it.
    pub(crate) fn heard<T>(
        &self,
        now: DateTime<Utc>,
        result: Result<T, Problem>,
    ) -> Result<T, Problem> {
        let mut phase = self.phase();
        if matches!(result, Err(Problem::Unavailable(_))) {
            phase.is_broken = true;
        } else if phase.is_broken {
            phase.is_broken = false;
            phase.since = now;
        }
        result
    }

    /// Whether the loss of a grader that was started then is its own fault: we answered all the while.
    pub(crate) fn counts(&self, started: Option<DateTime<Utc>>) -> bool {
        let phase = self.phase();
        !phase.is_broken && started.is_some_and(|started| started >= phase.since)
    }

    /// Whether judges have had the time of a lease to be heard again.
    pub(crate) fn is_settled(&self, now: DateTime<Utc>) -> bool {
        now >= self.phase().since + TimeDelta::milliseconds(LEASE_MS)
    }

    fn phase(&self) -> MutexGuard<'_, Phase> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
