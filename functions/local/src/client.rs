//! Speaks to a server for somebody at a command line.

mod stream;

use std::{collections::BTreeMap, path::PathBuf, time::Duration};

use anyhow::Context as _;
use chrono::TimeDelta;
use reqwest::{Method, RequestBuilder, Response, header::CONTENT_TYPE};
use serde::de::DeserializeOwned;
use shared::{
    assignment::{Assignment, AssignmentState, Uploaded},
    auth::LocalIssuer,
    clock::Clock,
    http,
    ids::SubmissionId,
    problem::Document,
    submission::{Accepted, AnswerResult, NewSubmission, Submission},
};
use uuid::Uuid;

pub(crate) use stream::News;

/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long an assignment may be checked.
const CHECK_PATIENCE: Duration = Duration::from_mins(1);

/// Which server, and as whom.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Server {
    /// The server's address.
    #[arg(long = "server", env = "FAULTLINE_SERVER", default_value = "http://127.0.0.1:8080")]
    url: String,
    /// Your token; on the machine of a local edition one is made for your user name.
    #[arg(long, env = "FAULTLINE_TOKEN", hide_env_values = true)]
    token: Option<String>,
    /// The local edition's folder.
    #[arg(long, env = "FAULTLINE_FOLDER", default_value = ".local")]
    folder: PathBuf,
}

impl Server {
    /// A client of this server.
    ///
    /// # Errors
    ///
    /// When there is no token and no local edition here to make one.
    pub(crate) fn client(&self) -> anyhow::Result<Client> {
        let token = match &self.token {
            Some(token) => token.clone(),
            None => self.own_token()?,
        };
        Client::new(&self.url, token)
    }

    fn own_token(&self) -> anyhow::Result<String> {
        let key = crate::commands::issuer_key(&self.folder);
        anyhow::ensure!(
            key.exists(),
            "you have no token; give --token, or run where the local edition's folder is"
        );
        let user = std::env::var_os("USER").and_then(|user| user.into_string().ok());
        let user = user.unwrap_or_else(|| "learner".into());
        LocalIssuer::at(&key, Clock::default())?.person(&user, BTreeMap::new(), TimeDelta::hours(1))
    }
}

/// Somebody with a token, at a server.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    url: String,
    token: String,
    http: reqwest::Client,
}

impl Client {
    pub(crate) fn new(url: &str, token: String) -> anyhow::Result<Self> {
        let http = http::client(PATIENCE).context("make an HTTP client")?;
        Ok(Self { url: url.trim_end_matches('/').to_owned(), token, http })
    }

    /// Submits files; the same call may be sent again.
    pub(crate) async fn submit(&self, new: &NewSubmission) -> anyhow::Result<Accepted> {
        let request = self.asks(Method::POST, "/v1/submissions").json(new);
        read(request.header("Idempotency-Key", Uuid::now_v7().to_string())).await
    }

    /// Follows a submission to its end; `tell` hears of every step.
    pub(crate) async fn follow(
        &self,
        id: SubmissionId,
        tell: &mut (dyn FnMut(&News) + Send),
    ) -> anyhow::Result<Submission> {
        stream::follow(self, id, tell).await
    }

    /// Answers a question.
    pub(crate) async fn answer(
        &self,
        id: SubmissionId,
        n: i32,
        text: &str,
    ) -> anyhow::Result<AnswerResult> {
        let path = format!("/v1/submissions/{id}/questions/{n}/answer");
        read(self.asks(Method::POST, &path).json(&serde_json::json!({ "text": text }))).await
    }

    /// Uploads a package and waits until learners can submit.
    pub(crate) async fn set(&self, package: Vec<u8>) -> anyhow::Result<()> {
        let request = self.asks(Method::POST, "/v1/assignments?course=default");
        let request = request.header(CONTENT_TYPE, "application/gzip").body(package);
        let Uploaded { id, mut state, .. } = read(request).await?;
        let mut why = String::new();
        let ready = async {
            while state == AssignmentState::Checking {
                tokio::time::sleep(Duration::from_millis(100)).await;
                let path = format!("/v1/assignments/{id}");
                let seen: Assignment = read(self.asks(Method::GET, &path)).await?;
                state = seen.state;
                let detail = seen.problem.and_then(|it| it["detail"].as_str().map(str::to_owned));
                why = detail.unwrap_or_default();
            }
            anyhow::ensure!(state == AssignmentState::Ready, "{id} was rejected: {why}");
            Ok(())
        };
        tokio::time::timeout(CHECK_PATIENCE, ready).await.context("wait for a reference's check")?
    }

    fn asks(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.url)).bearer_auth(&self.token)
    }
}

async fn read<T: DeserializeOwned>(request: RequestBuilder) -> anyhow::Result<T> {
    let response = good(request).await?;
    response.json().await.context("read the server's answer")
}

/// The answer, or the problem that it tells of.
async fn good(request: RequestBuilder) -> anyhow::Result<Response> {
    let response = request.send().await.context("ask the server")?;
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let problem: Document = response.json().await.with_context(|| format!("answer {status}"))?;
    let mut told = problem.detail.unwrap_or(problem.title);
    for error in problem.errors {
        told.extend(["\n  ", &error.pointer, ": ", &error.reason]);
    }
    anyhow::bail!(told)
}
