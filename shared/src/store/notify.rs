//! PostgreSQL notifications: what wakes the bridge and the streams.
//!
//! They are hints, sent from a side connection after the commit and at most once in 10 ms, because a
//! `pg_notify` inside the transaction halves its rate. Whoever listens also looks now and then.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgListener, PgNotification, PgPoolOptions},
};
use tokio::sync::Notify;
use uuid::Uuid;

use crate::ids::SubmissionId;

/// Something waits in the outbox.
const OUTBOX: &str = "outbox";
/// A submission changed, or its grading went on; the payload is its id.
const SUBMISSIONS: &str = "submissions";
/// At most one round of notifications in this time.
const PAUSE: Duration = Duration::from_millis(10);

/// Sends notifications for one process. Cheap to clone; ends with its last clone.
#[derive(Clone, Debug)]
pub struct Notifier(Arc<Waiting>);

#[derive(Debug, Default)]
struct Waiting {
    news: Mutex<News>,
    wake: Notify,
}

#[derive(Debug, Default)]
struct News {
    outbox: bool,
    submissions: BTreeSet<Uuid>,
}

impl Notifier {
    /// Starts the task that sends. Needs a tokio runtime.
    pub fn start(db: PgPool) -> Self {
        let waiting = Arc::new(Waiting::default());
        let for_task = Arc::downgrade(&waiting);
        tokio::spawn(async move {
            while let Some(waiting) = for_task.upgrade() {
                let _ = tokio::time::timeout(Duration::from_secs(1), waiting.wake.notified()).await;
                let news = std::mem::take(
                    &mut *waiting.news.lock().unwrap_or_else(PoisonError::into_inner),
                );
                drop(waiting);
                if let Err(error) = news.send(&db).await {
                    tracing::warn!(
                        "nobody was notified: {error}; those who listen look themselves"
                    );
                }
                tokio::time::sleep(PAUSE).await;
            }
        });
        Self(waiting)
    }

    /// The outbox has a new row, committed.
    pub fn outbox(&self) {
        self.0.news.lock().unwrap_or_else(PoisonError::into_inner).outbox = true;
        self.0.wake.notify_one();
    }

    /// A submission changed, committed.
    pub fn submission(&self, id: SubmissionId) {
        self.0.news.lock().unwrap_or_else(PoisonError::into_inner).submissions.insert(id.0);
        self.0.wake.notify_one();
    }
}

impl News {
    async fn send(self, db: &PgPool) -> sqlx::Result<()> {
        if self.outbox {
            sqlx::query!("select pg_notify($1, '')", OUTBOX).execute(db).await?;
        }
        if !self.submissions.is_empty() {
            let ids: Vec<String> = self.submissions.iter().map(Uuid::to_string).collect();
            sqlx::query!("select pg_notify($1, id) from unnest($2::text[]) id", SUBMISSIONS, &ids)
                .execute(db)
                .await?;
        }
        Ok(())
    }
}

/// Listens for outbox rows, on a connection of its own.
///
/// # Errors
///
/// [`sqlx::Error`] when the database cannot be reached.
pub async fn listen_outbox(db: &PgPool) -> sqlx::Result<PgListener> {
    listen(db, OUTBOX).await
}

/// Listens for changes of submissions, on a connection of its own.
///
/// # Errors
///
/// [`sqlx::Error`] when the database cannot be reached.
pub async fn listen_submissions(db: &PgPool) -> sqlx::Result<PgListener> {
    listen(db, SUBMISSIONS).await
}

/// The submission that a notification speaks of.
pub fn submission_of(notification: &PgNotification) -> Option<SubmissionId> {
    notification.payload().parse().ok()
}

/// A listener keeps its connection for good, so it is not one of the pool's.
async fn listen(db: &PgPool, channel: &str) -> sqlx::Result<PgListener> {
    let own = PgPoolOptions::new().max_connections(1);
    let own = own.connect_lazy_with(PgConnectOptions::clone(&db.connect_options()));
    let mut listener = PgListener::connect_with(&own).await?;
    listener.listen(channel).await?;
    Ok(listener)
}
