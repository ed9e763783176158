//! `faultline assignment push`.

use std::{path::PathBuf, time::Duration};

use anyhow::{Context as _, bail};
use reqwest::{Client, RequestBuilder, Response};
use secrecy::{ExposeSecret as _, SecretString};
use shared::{
    assignment::{Assignment, AssignmentState, Uploaded},
    package::{Package, pack},
    problem::Document,
};
use tokio::time::{Instant, sleep};

use super::{say, say_mistakes};

/// How often the server is asked.
const PAUSE: Duration = Duration::from_secs(1);

/// Sends an assignment's folder to a server and waits until learners can submit.
#[derive(Debug, clap::Args)]
pub(super) struct Push {
    /// The assignment's folder.
    folder: PathBuf,
    /// The course that shall own it.
    #[arg(long, default_value = "default")]
    course: String,
    /// The server's address.
    #[arg(long, default_value = "http://127.0.0.1:8080", env = "FAULTLINE_SERVER")]
    server: String,
    /// A token of an instructor of the course; see `faultline token`.
    #[arg(long, env = "FAULTLINE_TOKEN", hide_env_values = true)]
    token: SecretString,
    /// For how many seconds to wait for the references.
    #[arg(long, default_value_t = 300)]
    wait_seconds: u64,
}

impl Push {
    /// Whether learners can submit.
    pub(super) async fn run(self) -> anyhow::Result<bool> {
        if let Err(mistakes) = Package::from_dir(&self.folder) {
            say_mistakes(&mistakes)?;
            return Ok(false);
        }
        let package = pack(&self.folder).context("pack the folder")?;
        let client = shared::http::client(Duration::from_mins(1))?;
        let until = Instant::now() + Duration::from_secs(self.wait_seconds);
        let mut told = None;
        loop {
            // The same bytes again change nothing and tell how far the check is.
            let Some(uploaded) = self.upload(&client, package.clone()).await? else {
                return Ok(false);
            };
            if told != Some(uploaded.state) {
                told = Some(uploaded.state);
                say(describe(&uploaded))?;
            }
            match uploaded.state {
                AssignmentState::Ready => return Ok(true),
                AssignmentState::Rejected => {
                    self.say_why(&client, &uploaded).await?;
                    return Ok(false);
                }
                AssignmentState::Checking if Instant::now() >= until => {
                    bail!("it is still being checked after {} s", self.wait_seconds)
                }
                AssignmentState::Checking => sleep(PAUSE).await,
            }
        }
    }

    /// Uploads the package; `None` where the server tells mistakes, which are told on.
    async fn upload(&self, client: &Client, package: Vec<u8>) -> anyhow::Result<Option<Uploaded>> {
        let request = client
            .post(format!("{}/v1/assignments", self.server))
            .query(&[("course", &self.course)])
            .header("content-type", "application/gzip")
            .body(package);
        let response = self.send(request).await?;
        if response.status().is_success() {
            return Ok(Some(response.json().await.context("read the server's answer")?));
        }
        let status = response.status();
        let problem: Document =
            response.json().await.with_context(|| format!("the server answers {status}"))?;
        say(format_args!("{}: {}", problem.title, problem.detail.unwrap_or_default()))?;
        for error in problem.errors {
            say(format_args!("  {}: {}", error.pointer, error.reason))?;
        }
        Ok(None)
    }

    /// Why a version was rejected. The server shows a newer or ready version instead, where there is one.
    async fn say_why(&self, client: &Client, uploaded: &Uploaded) -> anyhow::Result<()> {
        let request = client
            .get(format!("{}/v1/assignments/{}", self.server, uploaded.id))
            .query(&[("course", &self.course)]);
        let response = self.send(request).await?.error_for_status()?;
        let shown: Assignment = response.json().await.context("read the server's answer")?;
        let problem = shown.problem.filter(|_| shown.version == uploaded.version);
        match problem.as_ref().and_then(|problem| problem["detail"].as_str()) {
            Some(detail) => say(detail),
            None => say("its reference does not pass; `faultline assignment check` shows where"),
        }
    }

    async fn send(&self, request: RequestBuilder) -> anyhow::Result<Response> {
        let request = request.bearer_auth(self.token.expose_secret());
        request.send().await.with_context(|| format!("ask {}", self.server))
    }
}

fn describe(uploaded: &Uploaded) -> String {
    let state = match uploaded.state {
        AssignmentState::Checking => "its references are being graded",
        AssignmentState::Ready => "ready: learners can submit",
        AssignmentState::Rejected => "rejected",
    };
    format!("{} version {} in {}: {state}", uploaded.id, uploaded.version, uploaded.course)
}
