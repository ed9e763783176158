//! A grade-dispatch on a real database, without graders: tests are the judges.

mod judge;
mod tables;

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use chrono::{TimeZone as _, Utc};
use grade_dispatch::{Answering, App, ProcessRunner, Slots};
use serde_json::{Value, json};
use shared::{
    auth::LocalIssuer,
    clock::Clock,
    http::{Parts, Stop, router},
    ids::{AttemptId, SubmissionId},
    store::{attempts, blobs, blobs::Hash, notify::Notifier},
};
use sqlx::{PgPool, Postgres, Transaction, pool::PoolConnection, postgres::PgPoolOptions};
use tower::ServiceExt as _;

pub(crate) use judge::{Judge, rankings, report};

/// How long the function waits for its one connection.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(2);

/// The function, its database and its clock.
pub(crate) struct Desk {
    pub(crate) clock: Clock,
    db: PgPool,
    issuer: LocalIssuer,
    app: App,
    router: Router,
}

impl Desk {
    /// A desk with one assignment, `sum`, in its database.
    pub(crate) async fn new(db: PgPool) -> Self {
        let start = Utc.with_ymd_and_hms(2030, 1, 1, 12, 0, 0).unwrap();
        let mut connection = db.acquire().await.unwrap();
        let package = blobs::put(&mut connection, &judge::package()).await.unwrap();
        sqlx::query(
            "insert into assignments (course, id, version, state, package_hash, manifest, details,
             created_by, created_at)
             values ('default', 'sum', 1, 'checking', $1, '{}', '{}', 'grace', $2)",
        )
        .bind(&package.0)
        .bind(start)
        .execute(&db)
        .await
        .unwrap();
        let clock = Clock::turned(start);
        let issuer = LocalIssuer::ephemeral(Clock::default()).unwrap();
        Self::at(db, clock, issuer).await
    }

    /// The function has one connection, so that none may be taken while another is held.
    async fn at(db: PgPool, clock: Clock, issuer: LocalIssuer) -> Self {
        let slots = Slots {
            count: 0,
            folder: "/nonexistent".into(),
            first_uid: None,
            judge: Vec::new(),
            dispatch_url: String::new(),
        };
        let one = PgPoolOptions::new().max_connections(1).acquire_timeout(PATIENCE);
        let app = App {
            db: one.connect_with((*db.connect_options()).clone()).await.unwrap(),
            notifier: Notifier::start(db.clone()),
            runner: ProcessRunner::new(slots),
            answering: Answering::since(clock.now()),
            clock: clock.clone(),
        };
        let router = router(Parts {
            api: grade_dispatch::api(app.clone()),
            events: grade_dispatch::events(app.clone(), "/events"),
            auth: issuer.auth().unwrap(),
            db: db.clone(),
            metrics: None,
            origins: Vec::new(),
        });
        Self { clock, db, issuer, app, router }
    }

    /// The same desk, started anew.
    pub(crate) async fn restarted(&self) -> Self {
        Self::at(self.db.clone(), self.clock.clone(), self.issuer.clone()).await
    }

    /// Starts the runner, which has no slots, and lets it take over what is there.
    pub(crate) async fn takes_over(&self) {
        ProcessRunner::work(&self.app, &Stop::default()).join_all().await;
    }

    /// From now on the function cannot ask its database, until what is given back is dropped.
    pub(crate) async fn cut_off(&self) -> PoolConnection<Postgres> {
        self.app.db.acquire().await.unwrap()
    }

    /// A transaction of somebody else's.
    pub(crate) async fn meanwhile(&self) -> Transaction<'static, Postgres> {
        self.db.begin().await.unwrap()
    }

    /// Waits until so many wait for a lock.
    pub(crate) async fn queues(&self, waiting: i64) {
        let seen = async {
            while waiting
                > sqlx::query_scalar::<_, i64>(
                    "select count(*) from pg_stat_activity
                     where datname = current_database() and wait_event_type = 'Lock'",
                )
                .fetch_one(&self.db)
                .await
                .unwrap()
            {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(20), seen).await.unwrap();
    }

    /// A submission of `print(1)`, accepted now.
    pub(crate) async fn submission(&self) -> SubmissionId {
        let id = SubmissionId::new();
        let files = json!({ "solution.py": "print(1)\n" }).to_string();
        let mut connection = self.db.acquire().await.unwrap();
        let source = blobs::put(&mut connection, files.as_bytes()).await.unwrap();
        sqlx::query(
            "insert into submissions (id, course, assignment, version, learner, language,
             source_hash, body_hash, submitted_at)
             values ($1, 'default', 'sum', 1, 'ada', 'python', $2, $2, $3)",
        )
        .bind(id)
        .bind(&source.0)
        .bind(self.clock.now())
        .execute(&self.db)
        .await
        .unwrap();
        id
    }

    /// Delivers `submission.received`.
    pub(crate) async fn received(&self, id: SubmissionId, event: &str) -> StatusCode {
        let data = json!({ "submission_id": id, "course": "default", "assignment": "sum",
                           "version": 1, "language": "python" });
        self.event("dev.faultline.submission.received.v1", event, &data, "grade-dispatch").await.0
    }

    /// Delivers `grading.wanted` for the assignment's references.
    pub(crate) async fn wants_check(&self) -> StatusCode {
        let data = json!({ "kind": "check", "submission_id": null, "course": "default",
                           "assignment": "sum", "version": 1, "row": null });
        self.event("dev.faultline.grading.wanted.v1", "check-1", &data, "grade-dispatch").await.0
    }

    /// An assignment version whose check is wanted, and whose package nobody can read.
    pub(crate) async fn spoilt_assignment(&self) {
        let mut connection = self.db.acquire().await.unwrap();
        let package = blobs::put(&mut connection, b"no archive").await.unwrap();
        sqlx::query(
            "insert into assignments (course, id, version, state, package_hash, manifest, details,
             created_by, created_at)
             values ('default', 'spoilt', 1, 'checking', $1, '{}', '{}', 'grace', $2)",
        )
        .bind(&package.0)
        .bind(self.clock.now())
        .execute(&self.db)
        .await
        .unwrap();
    }

    /// Delivers `tick`.
    pub(crate) async fn ticks(&self) -> StatusCode {
        self.delivers("dev.faultline.tick.v1", "grade-dispatch").await.0
    }

    /// Delivers an event without data, with a token for `audience`.
    pub(crate) async fn delivers(&self, ty: &str, audience: &str) -> (StatusCode, Value) {
        self.event(ty, "event-9", &json!({}), audience).await
    }

    async fn event(&self, ty: &str, id: &str, data: &Value, audience: &str) -> (StatusCode, Value) {
        let request = Request::post("/events")
            .header("ce-specversion", "1.0")
            .header("ce-id", id)
            .header("ce-source", "/faultline/test")
            .header("ce-type", ty)
            .header(header::CONTENT_TYPE, "application/json")
            .header(
                header::AUTHORIZATION,
                bearer(&self.issuer.service("bridge", audience).unwrap()),
            )
            .body(Body::from(data.to_string()))
            .unwrap();
        answer(&self.router, request).await
    }

    /// The judge of a submission's first attempt.
    pub(crate) async fn judge(&self, id: SubmissionId) -> Judge {
        self.received(id, "event-1").await;
        self.newest_judge(id).await
    }

    /// The judge of a submission's newest attempt, as the runner would start it.
    pub(crate) async fn newest_judge(&self, id: SubmissionId) -> Judge {
        self.start("select id from attempts where submission_id = $1 order by id desc", id).await
    }

    /// The judge of the newest check.
    pub(crate) async fn newest_judge_of_check(&self) -> Judge {
        let any = SubmissionId::new();
        let newest =
            "select id from attempts where kind = 'check' and $1 is not null order by id desc";
        self.start(newest, any).await
    }

    async fn start(&self, newest: &'static str, id: SubmissionId) -> Judge {
        let attempt: AttemptId =
            sqlx::query_scalar(newest).bind(id).fetch_one(&self.db).await.unwrap();
        let token = "a1".repeat(32);
        let hash = Hash::of(token.as_bytes());
        let mut connection = self.db.acquire().await.unwrap();
        attempts::start(&mut connection, attempt, &hash, self.clock.now()).await.unwrap();
        Judge { token, attempt, router: self.router.clone() }
    }
}

fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}

async fn answer(router: &Router, request: Request<Body>) -> (StatusCode, Value) {
    let response = router.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let body = axum::body::to_bytes(response.into_body(), 1 << 22).await.unwrap();
    (status, serde_json::from_slice(&body).unwrap_or(Value::Null))
}
