//! `GET /v1/submissions/{id}/events`.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::State,
    http::HeaderMap,
    response::sse::{Event, KeepAlive, Sse},
};
use futures::{Stream, stream};
use shared::{
    auth::Caller,
    http::Path,
    problem::{Document, Problem},
    store::shown::{self, Shown},
    submission::Step,
};
use tokio::time::Instant;

use crate::{
    App,
    changes::Ear,
    reader::{self, Reader},
    view,
};

/// A comment after this time, so that nobody between takes the connection for dead.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// How often a stream looks by itself, should a notification be lost.
const LOOK: Duration = Duration::from_secs(5);
/// The longest life of a stream.
const LIFE: Duration = Duration::from_hours(1);

/// Follows a submission: `change` with the whole submission, its id the revision; `progress` between.
///
/// The first event comes at once, unless `Last-Event-ID` is the current revision. The stream ends when
/// the state is final and nothing is pending, or after 60 minutes.
#[utoipa::path(get, path = "/v1/submissions/{id}/events", tag = "submissions",
    params(("id" = String, Path, description = "The submission"),
           ("Last-Event-ID" = Option<String>, Header, description = "The last revision seen")),
    responses((status = 200, description = "Server-sent events", content_type = "text/event-stream"),
              (status = 404, body = Document)))]
#[tracing::instrument(skip_all, fields(submission.id = id))]
pub(crate) async fn follow_submission(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let (shown, reader) = reader::open(&mut *app.db.acquire().await?, &caller, &id).await?;
    let last = headers.get("last-event-id").and_then(|value| value.to_str().ok()?.parse().ok());
    let follower = Follower {
        ear: app.changes.follow(shown.id),
        id: shown.id,
        reader,
        revision: last,
        step: None,
        over: false,
        until: Instant::now() + LIFE,
        app,
    };
    let events = stream::unfold(follower, async |mut follower| {
        let event = follower.next().await?;
        Some((Ok(event), follower))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)))
}

/// One stream. It keeps what was told last, and nothing of the submission itself.
struct Follower {
    app: App,
    ear: Ear,
    id: shared::ids::SubmissionId,
    reader: Reader,
    revision: Option<i32>,
    step: Option<Step>,
    over: bool,
    until: Instant,
}

impl Follower {
    /// The next event; `None` ends the stream. A database that does not answer is asked again later: were
    /// all streams to end, all clients would come back at once.
    async fn next(&mut self) -> Option<Event> {
        while !self.over {
            match self.look().await {
                Ok(Some(event)) => return Some(event),
                Ok(None) => {}
                Err(problem) => {
                    tracing::warn!(submission.id = %self.id, "a stream could not look: {problem}");
                    self.over = false;
                }
            }
            self.wait().await;
        }
        None
    }

    /// What is new since the last look.
    async fn look(&mut self) -> Result<Option<Event>, Problem> {
        let mut db = self.app.db.acquire().await?;
        let Some(shown) = shown::get(&mut db, self.id).await? else {
            self.over = true;
            return Ok(None);
        };
        self.over = is_over(&shown);
        let step = view::step(&mut db, &shown).await?;
        let silent = step.progress.is_none() && step.queue.is_none();
        if self.revision != Some(shown.revision) {
            let revision = shown.revision;
            let (queue, now) = (step.queue.clone(), self.app.clock.now());
            let submission = view::read(&mut db, shown, self.reader, queue, now).await?;
            let event = event("change", &submission)?.id(revision.to_string());
            (self.revision, self.step) = (Some(revision), Some(step));
            return Ok(Some(event));
        }
        if silent || self.step.as_ref() == Some(&step) {
            return Ok(None);
        }
        let event = event("progress", &step)?;
        self.step = Some(step);
        Ok(Some(event))
    }

    /// Waits for a change, for the next look, or for the end.
    async fn wait(&mut self) {
        if self.over {
            return;
        }
        tokio::select! {
            () = self.ear.hears() => {}
            () = tokio::time::sleep(LOOK) => {}
            () = tokio::time::sleep_until(self.until) => self.over = true,
            () = self.app.stop.stopped() => self.over = true,
        }
    }
}

fn is_over(shown: &Shown) -> bool {
    shown.state.is_final() && shown.pending.is_empty()
}

fn event(name: &str, data: &impl serde::Serialize) -> Result<Event, Problem> {
    Event::default()
        .event(name)
        .json_data(data)
        .map_err(|error| Problem::Internal(anyhow::Error::new(error).context("write an event")))
}
