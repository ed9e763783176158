//! A feedback on a real database: tests are the broker and the learners.

use std::collections::BTreeMap;

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use chrono::TimeDelta;
use feedback::App;
use serde_json::{Value, json};
use shared::{
    auth::{LocalIssuer, Role},
    clock::Clock,
    http::{Parts, router},
    ids::{AttemptId, SubmissionId},
    package::pack,
    store::{blobs, notify::Notifier},
};
use sqlx::PgPool;
use tower::ServiceExt as _;

/// What the learner sent.
const CODE: &str =
    "def f(n):\n    total = 0\n    for i in range(n):\n        total += i\n    return total\n";

/// The function and its database.
pub(crate) struct Room {
    db: PgPool,
    issuer: LocalIssuer,
    router: Router,
}

/// A submission and its attempt.
#[derive(Clone, Copy)]
pub(crate) struct Graded {
    pub(crate) submission: SubmissionId,
    pub(crate) attempt: AttemptId,
}

impl Room {
    /// A room with one assignment, `sum`, in its database.
    pub(crate) async fn new(db: PgPool) -> Self {
        let mut connection = db.acquire().await.unwrap();
        let package = blobs::put(&mut connection, &package()).await.unwrap();
        sqlx::query(
            "insert into assignments (course, id, version, state, package_hash, manifest, details,
             created_by) values ('default', 'sum', 1, 'ready', $1, '{}', '{}', 'grace')",
        )
        .bind(&package.0)
        .execute(&db)
        .await
        .unwrap();
        let issuer = LocalIssuer::ephemeral(Clock::default()).unwrap();
        let app =
            App { db: db.clone(), notifier: Notifier::start(db.clone()), clock: Clock::default() };
        let router = router(Parts {
            api: feedback::api(app.clone()),
            events: feedback::events(app, "/events"),
            auth: issuer.auth().unwrap(),
            db: db.clone(),
            metrics: None,
            origins: Vec::new(),
        });
        Self { db, issuer, router }
    }

    /// A submission of Ada's with a graded attempt that has this report.
    pub(crate) async fn graded(&self, report: &Value) -> Graded {
        let submission = SubmissionId::new();
        let files = json!({ "solution.py": CODE }).to_string();
        let mut connection = self.db.acquire().await.unwrap();
        let source = blobs::put(&mut connection, files.as_bytes()).await.unwrap();
        sqlx::query(
            "insert into submissions (id, course, assignment, version, learner, language,
             source_hash, body_hash, state, try)
             values ($1, 'default', 'sum', 1, 'ada', 'python', $2, $2, 'graded', 1)",
        )
        .bind(submission)
        .bind(&source.0)
        .execute(&self.db)
        .await
        .unwrap();
        self.attempt(submission, "grade", report).await
    }

    /// Another graded attempt of a submission.
    pub(crate) async fn attempt(
        &self,
        submission: SubmissionId,
        kind: &str,
        report: &Value,
    ) -> Graded {
        let mut connection = self.db.acquire().await.unwrap();
        let report = blobs::put(&mut connection, report.to_string().as_bytes()).await.unwrap();
        let attempt = AttemptId::new();
        sqlx::query(
            "insert into attempts (id, submission_id, course, assignment, version, language, kind, n,
             state, report_hash, points, possible)
             values ($1, $2, 'default', 'sum', 1, 'python', $3, 1, 'graded', $4, 1, 2)",
        )
        .bind(attempt)
        .bind(submission)
        .bind(kind)
        .bind(&report.0)
        .execute(&self.db)
        .await
        .unwrap();
        Graded { submission, attempt }
    }

    /// Delivers `grading.finished` for an attempt of kind `grade`.
    pub(crate) async fn finished(&self, of: Graded, event: &str) -> StatusCode {
        self.delivers(of, event, "grade", false).await
    }

    /// Delivers `grading.finished`.
    pub(crate) async fn delivers(
        &self,
        of: Graded,
        event: &str,
        kind: &str,
        failed: bool,
    ) -> StatusCode {
        let data = json!({ "submission_id": of.submission, "attempt_id": of.attempt, "kind": kind,
                           "score": null, "failed": failed });
        self.tells("grading.finished", event, &data).await
    }

    /// A search puts line 5 in place of line 4, and `suspects.added` is delivered.
    pub(crate) async fn searched(&self, of: Graded, event: &str) -> StatusCode {
        let mut report = report();
        for ranking in ["visible", "all"] {
            report["suspects"][ranking]["suspects"][0]["line"] = json!(5);
        }
        let mut connection = self.db.acquire().await.unwrap();
        let report = blobs::put(&mut connection, report.to_string().as_bytes()).await.unwrap();
        sqlx::query("update attempts set report_hash = $2 where id = $1")
            .bind(of.attempt)
            .bind(&report.0)
            .execute(&self.db)
            .await
            .unwrap();
        let data = json!({ "submission_id": of.submission, "attempt_id": of.attempt });
        self.tells("suspects.added", event, &data).await
    }

    async fn tells(&self, name: &str, event: &str, data: &Value) -> StatusCode {
        let request = Request::post("/events")
            .header("ce-specversion", "1.0")
            .header("ce-id", event)
            .header("ce-source", "/faultline/grade-dispatch")
            .header("ce-type", format!("dev.faultline.{name}.v1"))
            .header(
                header::AUTHORIZATION,
                bearer(&self.issuer.service("bridge", "feedback").unwrap()),
            );
        self.sends(request, data).await.0
    }

    /// Answers a question as somebody.
    pub(crate) async fn answers(
        &self,
        who: &str,
        submission: SubmissionId,
        n: i32,
        text: &str,
    ) -> (StatusCode, Value) {
        let role = if who == "grace" { Role::Instructor } else { Role::Learner };
        let roles = BTreeMap::from([("default".to_owned(), role)]);
        let token = self.issuer.person(who, roles, TimeDelta::minutes(1)).unwrap();
        let request = Request::post(format!("/v1/submissions/{submission}/questions/{n}/answer"))
            .header(header::AUTHORIZATION, bearer(&token));
        self.sends(request, &json!({ "text": text })).await
    }

    async fn sends(
        &self,
        request: axum::http::request::Builder,
        body: &Value,
    ) -> (StatusCode, Value) {
        let request = request.header(header::CONTENT_TYPE, "application/json");
        let request = request.body(Body::from(body.to_string())).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let body = axum::body::to_bytes(response.into_body(), 1 << 22).await.unwrap();
        (status, serde_json::from_slice(&body).unwrap_or(Value::Null))
    }

    /// The attempt's row and its feedback's, as one document.
    pub(crate) async fn shows(&self, of: Graded) -> Value {
        sqlx::query_scalar(
            "select jsonb_build_object('state', a.state, 'submission', s.state, 'revision', s.revision,
                'points', a.points, 'summary', f.summary, 'hints', f.hints, 'problem', f.problem,
                'unlocked', f.unlocked,
                'questions', (select count(*) from questions q where q.submission_id = s.id))
             from attempts a join submissions s on s.id = a.submission_id
             left join feedbacks f on f.attempt_id = a.id where a.id = $1",
        )
        .bind(of.attempt)
        .fetch_one(&self.db)
        .await
        .unwrap()
    }

    /// Events that wait in the outbox: name and data.
    pub(crate) async fn outbox(&self) -> Vec<(String, Value)> {
        sqlx::query_as("select name, data from outbox").fetch_all(&self.db).await.unwrap()
    }

    /// The numbers of a submission's questions.
    pub(crate) async fn numbers(&self, submission: SubmissionId) -> Vec<i32> {
        sqlx::query_scalar("select n from questions where submission_id = $1 order by n")
            .bind(submission)
            .fetch_all(&self.db)
            .await
            .unwrap()
    }
}

/// One test fails: 3 came in place of 6. Line 4 is suspected, and ran three times.
pub(crate) fn report() -> Value {
    let ranking = json!({ "suspects": [{ "path": "solution.py", "line": 4, "rank": 1, "score": 0.9,
        "evidence": [{ "kind": "spectrum", "failing": 1, "passing": 0 }] }], "abstained": null });
    json!({
        "grader": "0", "language": { "name": "python", "tools": {} }, "tier": "process",
        "limits": {}, "seed": 0, "build": { "outcome": "ok", "diagnostics": [] },
        "tests": [{
            "name": "one", "outcome": "wrong_answer", "points": 0.0, "possible": 1.0,
            "visibility": "visible", "duration_ms": 1, "cpu_ms": 1, "peak_bytes": 1, "input": "3\n",
            "expected": "6\n", "actual": "3\n", "message": ""
        }],
        "suspects": { "visible": ranking, "all": ranking },
        "forgeable": false, "search_until": null, "timings_ms": {}, "coverage": {},
        "observations": [{ "test": "one", "path": "solution.py", "line": 4, "seen": "runs", "count": 3 }]
    })
}

/// The assignment `sum`, packed: read n, print the sum of the first n numbers.
fn package() -> Vec<u8> {
    let files = [
        ("assignment.toml", "id = \"sum\"\ntitle = \"Sum\"\nlanguages = [\"python\"]\n"),
        ("text.md", "Print the sum.\n"),
        ("tests/one.in", "3\n"),
        ("tests/one.out", "6\n"),
    ];
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("tests")).unwrap();
    for (path, content) in files {
        std::fs::write(folder.path().join(path), content).unwrap();
    }
    pack(folder.path()).unwrap()
}

fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}
