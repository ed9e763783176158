//! A status function on a real database, with one assignment and people who read.

mod rows;

use std::{
    collections::{BTreeMap, HashMap},
    sync::Mutex,
};

use axum::{
    Router,
    body::{Body, BodyDataStream},
    http::{HeaderMap, Request, StatusCode, header},
};
use chrono::{DateTime, TimeDelta, TimeZone as _, Utc};
use futures::StreamExt as _;
use serde_json::Value;
use shared::{
    auth::{LocalIssuer, Role},
    clock::Clock,
    http::{Parts, Stop, router},
    store::notify::Notifier,
};
use sqlx::PgPool;
use tower::ServiceExt as _;

pub(crate) use rows::REPORT;

/// The function, its database and its clock.
pub(crate) struct Library {
    pub(crate) clock: Clock,
    pub(crate) db: PgPool,
    pub(crate) stop: Stop,
    notifier: Notifier,
    issuer: LocalIssuer,
    /// One for each person: to sign takes longer than to ask.
    tokens: Mutex<HashMap<String, String>>,
    router: Router,
}

/// An answer that still comes.
pub(crate) struct Stream {
    body: BodyDataStream,
}

/// When the assignment `sum` is due.
pub(crate) fn due() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2030, 6, 1, 0, 0, 0).unwrap()
}

impl Library {
    /// A library before the assignment `sum` is due.
    pub(crate) async fn new(db: PgPool) -> Self {
        rows::assignment(&db, due()).await;
        let clock = Clock::turned(due() - TimeDelta::days(9));
        let stop = Stop::default();
        let issuer = LocalIssuer::ephemeral(Clock::default()).unwrap();
        let router = router(Parts {
            api: status::api(status::App::new(db.clone(), clock.clone(), stop.clone())),
            events: Router::new(),
            auth: issuer.auth().unwrap(),
            db: db.clone(),
            metrics: None,
            origins: Vec::new(),
        });
        Self {
            clock,
            notifier: Notifier::start(db.clone()),
            db,
            stop,
            issuer,
            tokens: Mutex::default(),
            router,
        }
    }

    /// A notification of a submission.
    pub(crate) fn told(&self, id: shared::ids::SubmissionId) {
        self.notifier.submission(id);
    }

    /// What `who` is answered.
    pub(crate) async fn reads(&self, who: &str, path: &str) -> (StatusCode, Value) {
        let response = self.asks(who, path, HeaderMap::new()).await;
        let status = response.status();
        let body = axum::body::to_bytes(response.into_body(), 1 << 22).await.unwrap();
        (status, serde_json::from_slice(&body).unwrap_or(Value::Null))
    }

    /// What `who` is shown.
    pub(crate) async fn shows(&self, who: &str, path: &str) -> Value {
        let (status, shown) = self.reads(who, path).await;
        assert_eq!(status, StatusCode::OK, "{path}: {shown}");
        shown
    }

    /// Follows a submission, from `last` revision on.
    pub(crate) async fn follows(&self, who: &str, path: &str, last: Option<&str>) -> Stream {
        let mut headers = HeaderMap::new();
        if let Some(last) = last {
            headers.insert("last-event-id", last.parse().unwrap());
        }
        let response = self.asks(who, path, headers).await;
        assert_eq!(response.status(), StatusCode::OK);
        Stream { body: response.into_body().into_data_stream() }
    }

    fn token(&self, who: &str) -> String {
        let sign = || self.issuer.person(who, roles(who), TimeDelta::hours(1)).unwrap();
        self.tokens.lock().unwrap().entry(who.to_owned()).or_insert_with(sign).clone()
    }

    async fn asks(&self, who: &str, path: &str, headers: HeaderMap) -> axum::response::Response {
        let bearer = format!("Bearer {}", self.token(who)).parse().unwrap();
        let mut request = Request::get(path).body(Body::empty()).unwrap();
        *request.headers_mut() = headers;
        request.headers_mut().insert(header::AUTHORIZATION, bearer);
        self.router.clone().oneshot(request).await.unwrap()
    }
}

impl Stream {
    /// The next event as it is sent; `None` when the stream has ended.
    pub(crate) async fn next(&mut self) -> Option<String> {
        let next = tokio::time::timeout(std::time::Duration::from_secs(20), self.body.next()).await;
        let bytes = next.expect("something comes, or the stream ends")?.unwrap();
        Some(String::from_utf8(bytes.to_vec()).unwrap())
    }
}

/// Ada and Bob learn in `default`, Grace teaches there, Tom teaches elsewhere, Root may do everything.
fn roles(who: &str) -> BTreeMap<String, Role> {
    let role = |course: &str, role| BTreeMap::from([(course.to_owned(), role)]);
    match who {
        "grace" => role("default", Role::Instructor),
        "tom" => role("cs1", Role::Instructor),
        "root" => role("*", Role::Admin),
        _ => BTreeMap::new(),
    }
}
