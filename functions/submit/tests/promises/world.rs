//! A submit function with a database of its own, and people who talk to it.

use std::collections::BTreeMap;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use shared::{
    auth::{LocalIssuer, Role},
    clock::Clock,
    http::{Parts, router},
    package::pack,
    store::notify::Notifier,
};
use sqlx::PgPool;
use submit::{App, Gates, Limits};
use tower::ServiceExt as _;

/// A package's manifest that says the least.
pub(crate) const GCD: &str = "id = \"gcd\"\ntitle = \"Gcd\"\nlanguages = [\"python\", \"c\"]\n";

/// The function under test and what is around it.
pub(crate) struct World {
    router: Router,
    issuer: LocalIssuer,
    pub(crate) clock: Clock,
    pub(crate) db: PgPool,
}

/// What was answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Answer {
    /// The problem's name, behind `/problems/`.
    pub(crate) fn problem(&self) -> &str {
        self.body["type"].as_str().unwrap_or_default().trim_start_matches("/problems/")
    }
}

impl World {
    pub(crate) fn new(db: PgPool) -> Self {
        Self::with(db, Limits::default())
    }

    pub(crate) fn with(db: PgPool, limits: Limits) -> Self {
        let start: DateTime<Utc> = "2026-11-01T12:00:00Z".parse().expect("this is a time");
        let clock = Clock::turned(start);
        // Tokens are checked against the system's time, not against the turned clock.
        let issuer = LocalIssuer::ephemeral(Clock::default()).expect("a key can be made");
        let app = App {
            db: db.clone(),
            notifier: Notifier::start(db.clone()),
            clock: clock.clone(),
            limits,
            gates: Gates::default(),
            public_url: String::new(),
        };
        let parts = Parts {
            api: submit::api(app),
            events: Router::new(),
            auth: issuer.auth().expect("the issuer has a key"),
            db: db.clone(),
            metrics: None,
            origins: Vec::new(),
        };
        Self { router: router(parts), issuer, clock, db }
    }

    /// Sends a request as somebody; `who` is `ada`, or `ida/cs1` for an instructor of `cs1`.
    pub(crate) async fn send(&self, who: &str, request: Request<Body>) -> Answer {
        let (subject, roles) = match who.split_once('/') {
            None => (who, BTreeMap::new()),
            Some((who, course)) => (who, BTreeMap::from([(course.to_owned(), Role::Instructor)])),
        };
        let token = self.issuer.person(subject, roles, TimeDelta::hours(1)).expect("a token");
        let mut request = request;
        let value = format!("Bearer {token}").parse().expect("a token is ASCII");
        request.headers_mut().insert("authorization", value);
        let response = self.router.clone().oneshot(request).await.expect("a router answers");
        let (head, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a body is whole");
        let body = serde_json::from_slice(&body).unwrap_or_default();
        Answer { status: head.status.as_u16(), headers: head.headers, body }
    }

    /// An instructor of `default` uploads a package of these files, with a text and one test.
    pub(crate) async fn uploads(&self, files: &[(&str, &str)]) -> Answer {
        self.send("ida/default", upload("default", package(files))).await
    }

    /// A learner submits one Python file under a key.
    pub(crate) async fn submits(&self, who: &str, key: &str, content: &str) -> Answer {
        let files = json!([{"path": "solution.py", "content": content}]);
        self.sends(who, key, &json!({"assignment": "gcd", "files": files})).await
    }

    /// A learner sends this body under a key.
    pub(crate) async fn sends(&self, who: &str, key: &str, body: &Value) -> Answer {
        let request = Request::post("/v1/submissions")
            .header("content-type", "application/json")
            .header("idempotency-key", key);
        self.send(who, request.body(body.to_string().into()).expect("a request")).await
    }

    /// The names of the events in the outbox, oldest first.
    pub(crate) async fn events(&self) -> Vec<String> {
        sqlx::query_scalar("select name from outbox order by id")
            .fetch_all(&self.db)
            .await
            .expect("the outbox can be read")
    }
}

/// The request that uploads a package.
pub(crate) fn upload(course: &str, package: Vec<u8>) -> Request<Body> {
    Request::post(format!("/v1/assignments?course={course}"))
        .header("content-type", "application/gzip")
        .body(package.into())
        .expect("a request")
}

/// A tar.gz of these files, a text and one test.
pub(crate) fn package(files: &[(&str, &str)]) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let usual = [("text.md", "Write gcd."), ("tests/1.in", "4 6\n"), ("tests/1.out", "2\n")];
    for (path, text) in usual.iter().chain(files) {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    pack(folder.path()).expect("a folder can be packed")
}
