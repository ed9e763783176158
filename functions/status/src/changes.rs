//! Tells streams when their submission changed: one listening connection for all streams of a process.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use shared::{ids::SubmissionId, store::notify};
use sqlx::PgPool;
use tokio::sync::{Notify, watch};

/// How long to wait before the database is asked again after it did not answer.
const PAUSE: Duration = Duration::from_secs(1);

/// Who waits for what. Cheap to clone. It listens only while somebody waits, so that an idle process
/// keeps no connection.
#[derive(Clone, Debug)]
pub(crate) struct Changes(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    db: PgPool,
    waiting: Mutex<Waiting>,
    left: Notify,
}

#[derive(Debug, Default)]
struct Waiting {
    /// One entry for each submission that somebody follows.
    streams: HashMap<SubmissionId, watch::Sender<()>>,
    listening: bool,
}

/// One stream's ear. Dropped, it is forgotten.
#[derive(Debug)]
pub(crate) struct Ear {
    id: SubmissionId,
    news: watch::Receiver<()>,
    shared: Arc<Shared>,
}

impl Changes {
    /// Changes that are told in this database.
    pub(crate) fn of(db: PgPool) -> Self {
        let waiting = Mutex::default();
        Self(Arc::new(Shared { db, waiting, left: Notify::new() }))
    }

    /// Listens to one submission. Needs a tokio runtime.
    pub(crate) fn follow(&self, id: SubmissionId) -> Ear {
        let mut waiting = self.0.lock();
        let sender = waiting.streams.entry(id).or_insert_with(|| watch::Sender::new(()));
        let news = sender.subscribe();
        if !std::mem::replace(&mut waiting.listening, true) {
            tokio::spawn(listen(Arc::clone(&self.0)));
        }
        Ear { id, news, shared: Arc::clone(&self.0) }
    }
}

impl Ear {
    /// Waits until the submission may have changed. A change since the last call counts.
    pub(crate) async fn hears(&mut self) {
        if self.news.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        let mut waiting = self.shared.lock();
        let last = waiting.streams.get(&self.id).is_some_and(|all| all.receiver_count() <= 1);
        if last {
            waiting.streams.remove(&self.id);
        }
        if waiting.streams.is_empty() {
            self.shared.left.notify_one();
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether nobody waits any more; then the one who asks must end.
    fn is_over(&self) -> bool {
        let mut waiting = self.lock();
        waiting.listening = !waiting.streams.is_empty();
        !waiting.listening
    }

    /// Wakes those who follow `id`; `None`: everybody, because something may have been missed.
    fn tell(&self, id: Option<SubmissionId>) {
        let waiting = self.lock();
        match id {
            Some(id) => waiting.streams.get(&id).into_iter().for_each(wake),
            None => waiting.streams.values().for_each(wake),
        }
    }
}

fn wake(stream: &watch::Sender<()>) {
    stream.send_replace(());
}

/// Listens as long as somebody waits. Lost connections are made again.
async fn listen(shared: Arc<Shared>) {
    while !shared.is_over() {
        if let Err(error) = hear_all(&shared).await {
            tracing::warn!("changes are not heard: {error}; streams look by themselves");
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// Passes notifications on until nobody waits or the connection is lost.
async fn hear_all(shared: &Shared) -> sqlx::Result<()> {
    let mut listener = notify::listen_submissions(&shared.db).await?;
    shared.tell(None);
    loop {
        tokio::select! {
            heard = listener.try_recv() => match heard? {
                Some(notification) => shared.tell(notify::submission_of(&notification)),
                None => shared.tell(None),
            },
            () = shared.left.notified() => if shared.lock().streams.is_empty() {
                return Ok(());
            },
        }
    }
}
