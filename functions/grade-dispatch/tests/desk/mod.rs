//! A grade-dispatch on a real database, without graders: tests are the judges.

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use chrono::{TimeZone as _, Utc};
use grade_dispatch::{App, ProcessRunner, Slots};
use serde_json::{Value, json};
use shared::{
    auth::LocalIssuer,
    clock::Clock,
    http::{Parts, router},
    ids::{AttemptId, SubmissionId},
    store::{attempts, blobs, blobs::Hash, notify::Notifier},
};
use sqlx::PgPool;
use tower::ServiceExt as _;

/// The function, its database and its clock.
pub(crate) struct Desk {
    pub(crate) clock: Clock,
    db: PgPool,
    issuer: LocalIssuer,
    router: Router,
}

/// A judge that holds the token of one attempt.
pub(crate) struct Judge {
    pub(crate) token: String,
    attempt: AttemptId,
    router: Router,
}

impl Desk {
    /// A desk with one assignment, `sum`, in its database.
    pub(crate) async fn new(db: PgPool) -> Self {
        let start = Utc.with_ymd_and_hms(2030, 1, 1, 12, 0, 0).unwrap();
        let mut connection = db.acquire().await.unwrap();
        let package = blobs::put(&mut connection, &package()).await.unwrap();
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
        Self::at(db, clock, issuer)
    }

    fn at(db: PgPool, clock: Clock, issuer: LocalIssuer) -> Self {
        let slots = Slots {
            count: 0,
            folder: "/nonexistent".into(),
            first_uid: None,
            judge: Vec::new(),
            dispatch_url: String::new(),
        };
        let app = App {
            db: db.clone(),
            notifier: Notifier::start(db.clone()),
            runner: ProcessRunner::new(slots),
            started_at: clock.now(),
            clock: clock.clone(),
        };
        let router = router(Parts {
            api: grade_dispatch::api(app.clone()),
            events: grade_dispatch::events(app, "/events"),
            auth: issuer.auth().unwrap(),
            db: db.clone(),
            metrics: None,
            origins: Vec::new(),
        });
        Self { clock, db, issuer, router }
    }

    /// The same desk, started anew.
    pub(crate) fn restarted(&self) -> Self {
        Self::at(self.db.clone(), self.clock.clone(), self.issuer.clone())
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

    /// The states of a submission's attempts, oldest first.
    pub(crate) async fn states(&self, id: SubmissionId) -> Vec<String> {
        sqlx::query_scalar("select state from attempts where submission_id = $1 order by id")
            .bind(id)
            .fetch_all(&self.db)
            .await
            .unwrap()
    }

    pub(crate) async fn attempts(&self) -> i64 {
        sqlx::query_scalar("select count(*) from attempts").fetch_one(&self.db).await.unwrap()
    }

    /// How many events of a name the outbox holds.
    pub(crate) async fn events(&self, name: &str) -> i64 {
        sqlx::query_scalar("select count(*) from outbox where name = $1")
            .bind(name)
            .fetch_one(&self.db)
            .await
            .unwrap()
    }

    pub(crate) async fn points(&self, id: SubmissionId) -> String {
        sqlx::query_scalar("select points::text from attempts where submission_id = $1")
            .bind(id)
            .fetch_one(&self.db)
            .await
            .unwrap()
    }

    pub(crate) async fn problem(&self, id: SubmissionId) -> Value {
        sqlx::query_scalar(
            "select problem from attempts where submission_id = $1 and state = 'failed'",
        )
        .bind(id)
        .fetch_one(&self.db)
        .await
        .unwrap()
    }

    /// The assignment's state, and its problem.
    pub(crate) async fn assignment(&self) -> (String, Value) {
        sqlx::query_as("select state, coalesce(problem, '{}') from assignments")
            .fetch_one(&self.db)
            .await
            .unwrap()
    }
}

impl Judge {
    /// Posts to one of the attempt's calls.
    pub(crate) async fn posts(&self, call: &str, body: &Value) -> (StatusCode, Value) {
        let request = Request::post(format!("/v1/attempts/{}/{call}", self.attempt))
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::AUTHORIZATION, bearer(&self.token))
            .body(Body::from(body.to_string()))
            .unwrap();
        answer(&self.router, request).await
    }
}

/// A report of one test, `one`, that gave a wrong answer.
pub(crate) fn report() -> Value {
    json!({
        "grader": "0", "language": { "name": "python", "tools": {} }, "tier": "process",
        "limits": {}, "seed": 0, "build": { "outcome": "ok", "diagnostics": [] },
        "tests": [{
            "name": "one", "outcome": "wrong_answer", "points": 0.0, "possible": 1.0,
            "visibility": "visible", "duration_ms": 1, "cpu_ms": 1, "peak_bytes": 1, "input": "",
            "expected": "2", "actual": "1", "message": ""
        }],
        "suspects": { "visible": { "suspects": [], "abstained": null },
                      "all": { "suspects": [], "abstained": null } },
        "forgeable": false, "search_until": null, "timings_ms": {}, "coverage": {},
        "observations": []
    })
}

/// The assignment `sum`: print 2.
fn package() -> Vec<u8> {
    let files = [
        ("assignment.toml", "id = \"sum\"\ntitle = \"Sum\"\nlanguages = [\"python\"]\n"),
        ("text.md", "Print 2.\n"),
        ("reference/python/solution.py", "print(2)\n"),
        ("tests/one.in", ""),
        ("tests/one.out", "2\n"),
    ];
    let mut archive =
        tar::Builder::new(flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast()));
    for (path, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        archive.append_data(&mut header, path, content.as_bytes()).unwrap();
    }
    archive.into_inner().unwrap().finish().unwrap()
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
