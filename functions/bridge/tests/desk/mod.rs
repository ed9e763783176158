//! A bridge between a real outbox and receivers that answer as they are told.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    routing::post,
};
use bridge::{App, queues};
use serde_json::Value;
use shared::{auth::LocalIssuer, broker::Memory, clock::Clock, http::Stop};
use sqlx::PgPool;
use tokio::{net::TcpListener, task::JoinSet};
use uuid::Uuid;

/// The trace of every event here.
pub(crate) const TRACE: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
/// How long anything here may take.
const LIMIT: Duration = Duration::from_secs(30);

/// An event as a receiver saw it.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) part: String,
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) traceparent: Option<String>,
    pub(crate) token: String,
}

#[derive(Debug, Default)]
struct Receivers {
    seen: Vec<Seen>,
    answers: BTreeMap<String, StatusCode>,
}

type Shared = Arc<Mutex<Receivers>>;

/// The outbox's end and the receivers' end of a bridge.
pub(crate) struct Desk {
    db: PgPool,
    issuer: LocalIssuer,
    receivers: Shared,
    stop: Stop,
    tasks: JoinSet<()>,
}

impl Desk {
    pub(crate) async fn new(db: PgPool) -> Self {
        let receivers = Shared::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router =
            Router::new().route("/events/{part}", post(receive)).with_state(receivers.clone());
        let stop = Stop::default();
        let app = App {
            db: db.clone(),
            broker: Memory::new(&queues()),
            addresses: Arc::new(
                ["grade-dispatch", "feedback"]
                    .map(|part| (part, format!("http://{address}/events/{part}")))
                    .into(),
            ),
            issuer: LocalIssuer::ephemeral(Clock::default()).unwrap(),
            client: App::client().unwrap(),
            clock: Clock::default(),
            stop: stop.clone(),
        };
        let mut tasks = bridge::start(&app);
        let ended = stop.stopped();
        tasks.spawn(async move {
            axum::serve(listener, router).with_graceful_shutdown(ended).await.unwrap();
        });
        Self { db, issuer: app.issuer, receivers, stop, tasks }
    }

    /// Ends the bridge as a crash would, and starts another on the same database.
    pub(crate) async fn restarted(mut self) -> Self {
        self.tasks.shutdown().await;
        Self::new(self.db).await
    }

    pub(crate) async fn stop(mut self) {
        self.stop.now();
        self.tasks.shutdown().await;
    }

    /// Lets a part answer with a status from now on.
    pub(crate) fn answers(&self, part: &str, status: StatusCode) {
        self.receivers.lock().unwrap().answers.insert(part.to_owned(), status);
    }

    /// Writes an outbox row, and gives its id.
    pub(crate) async fn decides(&self, name: &str, subject: &str) -> Uuid {
        let id = Uuid::now_v7();
        sqlx::query(
            "insert into outbox (id, source, name, subject, data, traceparent)
             values ($1, '/faultline/test', $2, $3, '{}', $4)",
        )
        .bind(id)
        .bind(name)
        .bind(subject)
        .bind(TRACE)
        .execute(&self.db)
        .await
        .unwrap();
        id
    }

    /// A submission that stands still for long: its event went astray.
    pub(crate) async fn forgets_a_submission(&self) {
        for statement in [
            "insert into blobs (hash, content) values ('h', '')",
            "insert into assignments (course, id, version, state, package_hash, manifest, details,
             created_by) values ('default', 'sum', 1, 'ready', 'h', '{}', '{}', 'grace')",
            "insert into submissions (id, course, assignment, version, learner, language,
             source_hash, body_hash, submitted_at) values (gen_random_uuid(), 'default', 'sum', 1,
             'ada', 'python', 'h', 'h', now() - interval '1 hour')",
        ] {
            sqlx::query(statement).execute(&self.db).await.unwrap();
        }
    }

    pub(crate) fn delivered(&self) -> Vec<Seen> {
        self.receivers.lock().unwrap().seen.clone()
    }

    /// How many rows are marked.
    pub(crate) async fn sent(&self) -> i64 {
        let sent = sqlx::query_scalar("select count(*) from outbox where sent_at is not null");
        sent.fetch_one(&self.db).await.unwrap()
    }

    /// Queue, event and reason of each dead letter.
    pub(crate) async fn dead_letters(&self) -> Vec<(String, Value, String)> {
        let letters = sqlx::query_as("select queue, event, reason from dead_letters order by id");
        letters.fetch_all(&self.db).await.unwrap()
    }

    /// Whether a token is good for a part.
    pub(crate) fn trusts(&self, token: &str, audience: &str) -> bool {
        self.issuer.auth().unwrap().check(token, audience).is_ok()
    }

    pub(crate) async fn until_sent(&self, count: i64) {
        self.until(async || self.sent().await >= count).await;
    }

    pub(crate) async fn until_delivered(&self, count: usize) {
        self.until(async || self.delivered().len() >= count).await;
    }

    async fn until(&self, holds: impl AsyncFn() -> bool) {
        let wait = async {
            while !holds().await {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(LIMIT, wait).await.unwrap();
    }
}

async fn receive(
    State(receivers): State<Shared>,
    Path(part): Path<String>,
    headers: HeaderMap,
) -> StatusCode {
    let text = |name: &str| headers.get(name).and_then(|it| it.to_str().ok()).map(str::to_owned);
    let token = text("authorization").unwrap_or_default();
    let mut receivers = receivers.lock().unwrap();
    receivers.seen.push(Seen {
        part: part.clone(),
        id: text("ce-id").unwrap_or_default().parse().unwrap(),
        kind: text("ce-type").unwrap_or_default(),
        traceparent: text("ce-traceparent"),
        token: token.trim_start_matches("Bearer ").to_owned(),
    });
    receivers.answers.get(&part).copied().unwrap_or(StatusCode::ACCEPTED)
}
