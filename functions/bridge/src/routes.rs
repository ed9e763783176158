//! Which event goes where.

use shared::broker::Queue;

/// A queue, the part that it belongs to, and how many deliveries are under way at once.
#[derive(Debug)]
pub(crate) struct Route {
    pub(crate) queue: Queue,
    pub(crate) part: &'static str,
    pub(crate) workers: u32,
}

/// One queue for each receiver.
pub(crate) static ROUTES: [Route; 4] = [
    Route {
        queue: Queue { name: "grade-dispatch", receives: &["submission.received"] },
        part: "grade-dispatch",
        workers: 4,
    },
    Route {
        queue: Queue { name: "grade-dispatch.wanted", receives: &["grading.wanted"] },
        part: "grade-dispatch",
        workers: 2,
    },
    Route {
        queue: Queue { name: "feedback", receives: &["grading.finished", "suspects.added"] },
        part: "feedback",
        workers: 4,
    },
    Route {
        queue: Queue { name: "feedback.wanted", receives: &["feedback.wanted"] },
        part: "feedback",
        workers: 2,
    },
];

/// The queues, for the broker.
pub fn queues() -> Vec<Queue> {
    ROUTES.iter().map(|route| route.queue).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_but_tick_and_feedback_ready_has_one_receiver() {
        for name in shared::events::NAMES {
            let receivers = ROUTES.iter().filter(|route| route.queue.receives.contains(&name));
            let wanted = usize::from(!["tick", "feedback.ready"].contains(&name));
            assert_eq!(receivers.count(), wanted, "{name}");
        }
    }
}
