//! Attempts that wait for a slot, first come, first served; each is there once.

use std::{
    collections::{HashSet, VecDeque},
    sync::{Mutex, PoisonError},
};

use shared::ids::AttemptId;
use tokio::sync::Notify;

/// The queue. An attempt counts as known from when it comes in until its grader has ended.
#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: Mutex<Waiting>,
    wake: Notify,
}

#[derive(Debug, Default)]
struct Waiting {
    order: VecDeque<AttemptId>,
    known: HashSet<AttemptId>,
}

impl Queue {
    /// Takes an attempt in, unless it is known.
    pub(super) fn push(&self, id: AttemptId) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.known.insert(id) {
            waiting.order.push_back(id);
            self.wake.notify_one();
        }
    }

    /// The next attempt, as soon as there is one.
    pub(super) async fn pop(&self) -> AttemptId {
        loop {
            let wake = self.wake.notified();
            if let Some(id) = self.take() {
                return id;
            }
            wake.await;
        }
    }

    fn take(&self) -> Option<AttemptId> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let id = waiting.order.pop_front()?;
        if !waiting.order.is_empty() {
            self.wake.notify_one();
        }
        Some(id)
    }

    /// The attempt's grader has ended.
    pub(super) fn forget(&self, id: AttemptId) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).known.remove(&id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_attempt_that_is_known_does_not_come_twice() {
        let queue = Queue::default();
        let (first, second) = (AttemptId::new(), AttemptId::new());

        for id in [first, second, first] {
            queue.push(id);
        }

        assert_eq!(queue.pop().await, first);
        queue.push(first);
        assert_eq!(queue.pop().await, second);
        queue.forget(first);
        queue.push(first);
        assert_eq!(queue.pop().await, first);
    }
}
