//! grade-dispatch as a judge sees it: the attempts' calls over HTTP, and what was said in them.

use std::{
    process::Stdio,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    extract::{Path as UrlPath, Request, State},
    http::{StatusCode, header::AUTHORIZATION},
    response::{IntoResponse, Response},
};
use serde_json::{Value as Json, json};
use shared::package::{Files, Package};
use tokio::process::{Child, Command};

/// The attempt that is served.
const ATTEMPT: &str = "01990000-0000-7000-8000-000000000001";

/// Serves one attempt.
#[derive(Clone)]
pub(crate) struct Dispatch {
    url: String,
    said: Arc<Mutex<Said>>,
}

/// What is answered, and what was heard.
struct Said {
    work: Json,
    package: Json,
    /// Calls that are refused before one is answered.
    busy: usize,
    over: bool,
    calls: Vec<String>,
    report: Option<Json>,
}

impl Dispatch {
    /// Listens, with this program as the work.
    pub(crate) async fn serve(package: &Package, program: &str) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let files = Files::from([("solution.py".to_owned(), program.to_owned())]);
        let work = json!({"attempt": ATTEMPT, "kind": "grade", "language": "python", "files": files,
            "package_hash": "ab12", "seed": 7});
        let package = serde_json::to_value(package).unwrap();
        let said = Said { work, package, busy: 0, over: false, calls: Vec::new(), report: None };
        let url = format!("http://{}", listener.local_addr().unwrap());
        let dispatch = Self { url, said: Arc::new(Mutex::new(said)) };
        let calls = axum::routing::any(call);
        let router =
            Router::new().route("/v1/attempts/{id}/{call}", calls).with_state(dispatch.clone());
        tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
        dispatch
    }

    /// Refuses the next calls for want of room.
    pub(crate) fn is_busy_for(&self, calls: usize) {
        self.said.lock().unwrap().busy = calls;
    }

    /// Answers from now on that the attempt is over.
    pub(crate) fn gives_up(&self) {
        self.said.lock().unwrap().over = true;
    }

    /// Starts a judge in this slot; learner code runs as the judge's own user.
    pub(crate) fn judge(&self, slot: &std::path::Path) -> Child {
        self.command(slot).spawn().unwrap()
    }

    /// Starts a judge in this slot; learner code runs as this user.
    pub(crate) fn judge_with(&self, slot: &std::path::Path, uid: u32) -> Child {
        self.command(slot).env("GRADER_SLOT_UID", uid.to_string()).spawn().unwrap()
    }

    fn command(&self, slot: &std::path::Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_grader"));
        command
            .arg("judge")
            .env_clear()
            .env("GRADER_ATTEMPT", ATTEMPT)
            .env("GRADER_TOKEN", "secret")
            .env("GRADER_DISPATCH_URL", &self.url)
            .env("GRADER_SLOT_DIR", slot)
            .stdin(Stdio::null())
            .kill_on_drop(true);
        command
    }

    /// How often a call was answered.
    pub(crate) fn count(&self, call: &str) -> usize {
        self.said.lock().unwrap().calls.iter().filter(|said| *said == call).count()
    }

    /// The report that was handed in.
    pub(crate) fn report(&self) -> Option<shared::report::Report> {
        let report = self.said.lock().unwrap().report.clone();
        report.map(|report| serde_json::from_value(report).unwrap())
    }
}

async fn call(
    State(dispatch): State<Dispatch>,
    UrlPath((id, call)): UrlPath<(String, String)>,
    request: Request,
) -> Response {
    let signed = request.headers().get(AUTHORIZATION).is_some_and(|it| it == "Bearer secret");
    let body = axum::body::to_bytes(request.into_body(), 4 << 20).await.unwrap();
    let mut said = dispatch.said.lock().unwrap();
    if !signed || id != ATTEMPT {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    if said.busy > 0 {
        said.busy -= 1;
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    if said.over {
        return StatusCode::CONFLICT.into_response();
    }
    said.calls.push(call.clone());
    match call.as_str() {
        "claim" => said.work.to_string().into_response(),
        "package" => said.package.to_string().into_response(),
        "report" => {
            said.report = Some(serde_json::from_slice(&body).unwrap());
            StatusCode::NO_CONTENT.into_response()
        }
        _ => StatusCode::NO_CONTENT.into_response(),
    }
}
