//! The attempts' calls of grade-dispatch, repeated while it cannot be reached.

use std::time::Duration;

use anyhow::{Context, bail};
use reqwest::{RequestBuilder, Response, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use shared::{package::Package, report::Report, submission::Progress, work::Work};
use tokio::time::Instant;

/// How long one call may take.
const CALL: Duration = Duration::from_secs(10);

/// How long telling progress may take: the next word must not be late for the lease.
const WORD: Duration = Duration::from_secs(4);

/// How long calls are repeated.
const PATIENCE: Duration = Duration::from_mins(1);

/// The first pause between two calls; it doubles, up to five seconds.
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// The longest pause between two calls.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// What a call was answered.
pub(super) enum Answered<T> {
    /// As it should be.
    Yes(T),
    /// The attempt is over, or another's: nothing is left to do.
    TooLate,
}

/// grade-dispatch, for one attempt.
pub(super) struct Service {
    client: reqwest::Client,
    attempt: String,
    token: SecretString,
}

impl Service {
    /// `url` is where grade-dispatch listens.
    pub(super) fn of(url: &str, attempt: &str, token: SecretString) -> anyhow::Result<Self> {
        let client = reqwest::Client::builder()
            .timeout(CALL)
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        let attempt = format!("{}/v1/attempts/{attempt}", url.trim_end_matches('/'));
        Ok(Self { client, attempt, token })
    }

    /// Takes the work; the same again while the lease holds.
    pub(super) async fn claim(&self) -> anyhow::Result<Answered<Work>> {
        self.read(|| self.client.post(format!("{}/claim", self.attempt))).await
    }

    /// The package that the attempt is graded by.
    pub(super) async fn package(&self) -> anyhow::Result<Answered<Package>> {
        self.read(|| self.client.get(format!("{}/package", self.attempt))).await
    }

    /// Tells how far grading is, once: the next one says more.
    pub(super) async fn progress(&self, progress: &Progress) -> Answered<()> {
        let call = self.client.post(format!("{}/progress", self.attempt)).timeout(WORD);
        let call = call.json(progress);
        match self.signed(call).send().await {
            Ok(answer) if answer.status() == StatusCode::CONFLICT => Answered::TooLate,
            Ok(_) => Answered::Yes(()),
            Err(error) => {
                tracing::debug!(%error, "progress was not told");
                Answered::Yes(())
            }
        }
    }

    /// Hands in the report. Too late is no error: another's counts.
    pub(super) async fn report(&self, report: &Report) -> anyhow::Result<()> {
        let body = serde_json::to_vec(report)?;
        let call = || {
            let call = self.client.post(format!("{}/report", self.attempt));
            call.header("content-type", "application/json").body(body.clone())
        };
        self.insist(call).await.map(|_| ())
    }

    async fn read<T: DeserializeOwned>(
        &self,
        call: impl Fn() -> RequestBuilder,
    ) -> anyhow::Result<Answered<T>> {
        match self.insist(call).await? {
            Answered::Yes(answer) => {
                Ok(Answered::Yes(answer.json().await.context("understand grade-dispatch")?))
            }
            Answered::TooLate => Ok(Answered::TooLate),
        }
    }

    /// Repeats a call while it cannot be made, or grade-dispatch is in trouble or busy.
    async fn insist(
        &self,
        call: impl Fn() -> RequestBuilder,
    ) -> anyhow::Result<Answered<Response>> {
        let until = Instant::now() + PATIENCE;
        let mut pause = FIRST_PAUSE;
        loop {
            let sent = self.signed(call()).send().await;
            let trouble = match sent {
                Ok(answer) if answer.status().is_success() => return Ok(Answered::Yes(answer)),
                Ok(answer) => match answer.status() {
                    StatusCode::CONFLICT => return Ok(Answered::TooLate),
                    status if is_passing(status) => format!("grade-dispatch answered {status}"),
                    status => bail!("grade-dispatch answered {status}"),
                },
                Err(error) => format!("{:#}", anyhow::Error::new(error.without_url())),
            };
            if Instant::now() + pause > until {
                bail!("gave up after a minute: {trouble}");
            }
            tokio::time::sleep(pause).await;
            pause = (2 * pause).min(LONGEST_PAUSE);
        }
    }

    fn signed(&self, call: RequestBuilder) -> RequestBuilder {
        call.bearer_auth(self.token.expose_secret())
    }
}

fn is_passing(status: StatusCode) -> bool {
    status.is_server_error()
        || matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT)
}
