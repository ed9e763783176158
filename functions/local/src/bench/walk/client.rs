//! A learner's and an instructor's end of the wire.

use std::{collections::BTreeMap, path::Path, time::Duration};

use anyhow::Context as _;
use chrono::TimeDelta;
use reqwest::{StatusCode, header::RETRY_AFTER};
use serde_json::{Value, json};
use shared::{
    auth::{LocalIssuer, Role},
    http,
    ids::SubmissionId,
    package,
};

use crate::edition::Running;

/// The assignment that is measured with.
const ASSIGNMENT: &str = "digit-sum";

/// Speaks to one edition. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Client {
    url: String,
    issuer: LocalIssuer,
    http: reqwest::Client,
}

/// A submission that was accepted in the end.
#[derive(Debug)]
pub(super) struct Accepted {
    /// Its id.
    pub(super) id: String,
    /// How often it was refused for now.
    pub(super) refused: usize,
    /// How often nobody said when to come back.
    pub(super) refused_without_time: usize,
}

/// What became of sending a submission.
#[derive(Debug)]
enum Sent {
    /// It has this id.
    Accepted(String),
    /// Not now; how long to wait, where it was said.
    ComeBack(Option<Duration>),
}

impl Client {
    pub(super) fn of(edition: &Running) -> anyhow::Result<Self> {
        let http = http::client(Duration::from_mins(5))?;
        Ok(Self { url: edition.url(), issuer: edition.issuer.clone(), http })
    }

    fn token(&self, subject: &str, role: Role) -> anyhow::Result<String> {
        let roles = BTreeMap::from([("default".to_owned(), role)]);
        self.issuer.person(subject, roles, TimeDelta::hours(1))
    }

    /// Uploads the sample assignment.
    pub(super) async fn upload(&self) -> anyhow::Result<()> {
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/assignments");
        let package = package::pack(&samples.join(ASSIGNMENT)).context("pack the sample")?;
        let answer = self
            .http
            .post(format!("{}/v1/assignments?course=default", self.url))
            .bearer_auth(self.token("grace", Role::Instructor)?)
            .header("content-type", "application/gzip")
            .body(package)
            .send()
            .await?;
        answer.error_for_status().context("upload the sample")?;
        Ok(())
    }

    /// Sends a submission, and comes back when it was told to, until it is accepted.
    pub(super) async fn submit_until_accepted(
        &self,
        learner: &str,
        language: &str,
        path: &str,
        code: &str,
    ) -> anyhow::Result<Accepted> {
        let (mut refused, mut refused_without_time) = (0, 0);
        loop {
            match self.submit(learner, language, path, code).await? {
                Sent::Accepted(id) => return Ok(Accepted { id, refused, refused_without_time }),
                Sent::ComeBack(after) => {
                    refused += 1;
                    refused_without_time += usize::from(after.is_none());
                    tokio::time::sleep(after.unwrap_or(Duration::from_secs(1))).await;
                }
            }
        }
    }

    async fn submit(
        &self,
        learner: &str,
        language: &str,
        path: &str,
        code: &str,
    ) -> anyhow::Result<Sent> {
        let body = json!({ "assignment": ASSIGNMENT, "language": language,
                           "files": [{ "path": path, "content": code }] });
        let answer = self
            .http
            .post(format!("{}/v1/submissions", self.url))
            .bearer_auth(self.token(learner, Role::Learner)?)
            .header("idempotency-key", SubmissionId::new().to_string())
            .json(&body)
            .send()
            .await?;
        let status = answer.status();
        let after = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
        let after = after.and_then(|seconds| seconds.parse().ok()).map(Duration::from_secs);
        match status {
            StatusCode::ACCEPTED => {
                let accepted: Value = answer.json().await?;
                let id = accepted["id"].as_str().context("a 202 has an id")?;
                Ok(Sent::Accepted(id.to_owned()))
            }
            StatusCode::CONFLICT
            | StatusCode::TOO_MANY_REQUESTS
            | StatusCode::SERVICE_UNAVAILABLE => Ok(Sent::ComeBack(after)),
            _ => anyhow::bail!("{status}: {}", answer.text().await.unwrap_or_default()),
        }
    }

    /// Follows a submission's stream to its end, which must be `complete`.
    pub(super) async fn complete(&self, learner: &str, id: &str) -> anyhow::Result<()> {
        let token = self.token(learner, Role::Learner)?;
        let stream = format!("{}/v1/submissions/{id}/events", self.url);
        let said = self.http.get(stream).bearer_auth(&token).send().await?.text().await?;
        let last = said.lines().rfind(|line| line.starts_with("data:"));
        let complete = last.is_some_and(|line| line.contains("\"state\":\"complete\""));
        anyhow::ensure!(complete, "submission {id} did not end complete");
        Ok(())
    }
}
