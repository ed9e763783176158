//! The local edition's broker: queues in memory, the outbox as their disk.
//!
//! [`Memory::publish`] comes back when every receiver is done with the event, so whoever marks the outbox
//! row then loses nothing: after a crash the row is still unsent, and is published again.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use cloudevents::{AttributesReader as _, Event};
use futures::future::join_all;
use tokio::sync::{Mutex, mpsc, oneshot};

use crate::events;

/// How many deliveries a queue holds before publishers wait.
const CAPACITY: usize = 1024;

/// A queue and the events that it receives, by name.
#[derive(Clone, Copy, Debug)]
pub struct Queue {
    /// Its name.
    pub name: &'static str,
    /// Names of its events: `submission.received`.
    pub receives: &'static [&'static str],
}

/// The broker. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Memory(Arc<BTreeMap<&'static str, Bound>>);

#[derive(Debug)]
struct Bound {
    receives: &'static [&'static str],
    sender: mpsc::Sender<Delivery>,
    receiver: Mutex<mpsc::Receiver<Delivery>>,
}

/// An event on its way to one receiver. Dropped without an answer, it counts as not delivered, and its
/// outbox row stays unsent.
#[derive(Debug)]
pub struct Delivery {
    /// The event.
    pub event: Event,
    /// How often it was tried before.
    pub tries: u32,
    done: oneshot::Sender<()>,
    back: mpsc::Sender<Delivery>,
}

impl Memory {
    /// A broker with these queues, all empty.
    pub fn new(queues: &[Queue]) -> Self {
        let bound = queues.iter().map(|queue| {
            let (sender, receiver) = mpsc::channel(CAPACITY);
            let bound = Bound { receives: queue.receives, sender, receiver: Mutex::new(receiver) };
            (queue.name, bound)
        });
        Self(Arc::new(bound.collect()))
    }

    /// Gives the event to every queue that receives it, and waits until each receiver is done with it.
    /// False: one gave it up without an answer, so it must be published again.
    pub async fn publish(&self, event: &Event) -> bool {
        let name = events::name_of(event.ty()).unwrap_or_default();
        let receivers = self.0.values().filter(|bound| bound.receives.contains(&name));
        let handed = receivers.map(async |bound| {
            let (done, answered) = oneshot::channel();
            let back = bound.sender.clone();
            let delivery = Delivery { event: event.clone(), tries: 0, done, back };
            bound.sender.send(delivery).await.is_ok() && answered.await.is_ok()
        });
        join_all(handed).await.into_iter().all(|done| done)
    }

    /// The next event of a queue; `None` where there is no such queue.
    pub async fn next(&self, queue: &str) -> Option<Delivery> {
        self.0.get(queue)?.receiver.lock().await.recv().await
    }
}

impl Delivery {
    /// The receiver is done with it, or it lies with the dead letters.
    pub fn done(self) {
        // Nobody waits any more only where the publisher was stopped; the row is then published again.
        let _ = self.done.send(());
    }

    /// Once more, after a while. Needs a tokio runtime.
    pub fn again_after(mut self, wait: Duration) {
        self.tries += 1;
        tokio::spawn(async move {
            tokio::time::sleep(wait).await;
            let back = self.back.clone();
            // Fails only when the broker is gone; the outbox row is then still unsent.
            let _ = back.send(self).await;
        });
    }
}

#[cfg(test)]
mod tests {
    use cloudevents::{EventBuilder, EventBuilderV10};

    use super::*;

    const QUEUES: [Queue; 2] = [
        Queue { name: "feedback", receives: &["grading.finished"] },
        Queue { name: "archive", receives: &["grading.finished", "feedback.ready"] },
    ];

    fn event(name: &str) -> Event {
        let builder = EventBuilderV10::new().id("1").source("/faultline/test");
        builder.ty(events::type_of(name)).build().unwrap()
    }

    #[tokio::test]
    async fn an_event_is_published_when_every_receiver_is_done_with_it() {
        let broker = Memory::new(&QUEUES);
        let publisher = broker.clone();
        let published =
            tokio::spawn(async move { publisher.publish(&event("grading.finished")).await });

        broker.next("feedback").await.unwrap().done();
        let second = broker.next("archive").await.unwrap();
        assert!(!published.is_finished());
        second.done();

        assert!(published.await.unwrap());
    }

    #[tokio::test]
    async fn a_delivery_that_failed_comes_again_and_says_how_often() {
        let broker = Memory::new(&QUEUES);
        let publisher = broker.clone();
        let published =
            tokio::spawn(async move { publisher.publish(&event("feedback.ready")).await });

        broker.next("archive").await.unwrap().again_after(Duration::from_millis(1));
        let again = broker.next("archive").await.unwrap();

        assert_eq!(again.tries, 1);
        again.done();
        assert!(published.await.unwrap());
    }

    #[tokio::test]
    async fn a_delivery_that_is_dropped_was_not_published() {
        let broker = Memory::new(&QUEUES);
        let publisher = broker.clone();
        let published =
            tokio::spawn(async move { publisher.publish(&event("feedback.ready")).await });

        drop(broker.next("archive").await.unwrap());

        assert!(!published.await.unwrap());
    }
}
