//! The bridge: relays the outbox to the broker, delivers events over HTTP, says when something is due.
//!
//! Always on. One is enough, two do no harm.

mod answer;
mod deliver;
mod forget;
mod relay;
mod routes;
mod tick;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use shared::{auth::LocalIssuer, broker::Memory, clock::Clock, http::Stop};
use sqlx::PgPool;
use tokio::task::JoinSet;

pub use routes::queues;

/// How long a handler may take to answer an event.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

/// What the bridge works with. Cheap to clone.
#[derive(Clone, Debug)]
pub struct App {
    /// The database, whose outbox it relays.
    pub db: PgPool,
    /// Where events go.
    pub broker: Memory,
    /// Where each part takes its events: `grade-dispatch` → `http://…/events/grade-dispatch`.
    pub addresses: Arc<BTreeMap<&'static str, String>>,
    /// Signs the tokens that it shows to the parts.
    pub issuer: LocalIssuer,
    /// What it delivers with.
    pub client: reqwest::Client,
    /// Tells the time.
    pub clock: Clock,
    /// Ends it.
    pub stop: Stop,
}

impl App {
    /// A client that waits as long as handlers may take.
    ///
    /// # Errors
    ///
    /// When the client cannot be made.
    pub fn client() -> reqwest::Result<reqwest::Client> {
        shared::http::client(ANSWER_WITHIN)
    }
}

/// Starts relaying, delivering and ticking; the tasks end when `app.stop` says so.
pub fn start(app: &App) -> JoinSet<()> {
    let mut tasks = JoinSet::new();
    tasks.spawn(relay::relay(app.clone()));
    tasks.spawn(tick::tick(app.clone()));
    tasks.spawn(forget::forget(app.clone()));
    for route in &routes::ROUTES {
        for _ in 0..route.workers {
            tasks.spawn(deliver::deliver(app.clone(), route));
        }
    }
    tasks
}
