//! Server-sent events as they come.

use std::time::Duration;

use reqwest::Response;
use serde_json::Value;
use shared::submission::{State, Submission};

use crate::until::LIMIT;

/// A server-sent event.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// `change` or `progress`.
    pub event: String,
    /// The revision, of a change.
    pub id: Option<String>,
    /// What it says.
    pub data: Value,
}

impl Seen {
    /// The submission that a change shows.
    #[track_caller]
    pub fn submission(&self) -> Submission {
        serde_json::from_value(self.data.clone()).expect("a change shows a whole submission")
    }
}

/// A stream of server-sent events, read as it comes.
#[derive(Debug)]
pub struct Stream {
    response: Response,
    unread: String,
}

impl Stream {
    pub(crate) fn of(response: Response) -> Self {
        let status = response.status();
        let kind = response.headers().get("content-type").and_then(|value| value.to_str().ok());
        let kind = kind.unwrap_or_default();
        assert!(status.is_success() && kind.starts_with("text/event-stream"), "{status} {kind}");
        Self { response, unread: String::new() }
    }

    /// The next event; `None` when the stream has ended. Comments (heartbeats) are skipped.
    pub async fn next(&mut self) -> Option<Seen> {
        let next = tokio::time::timeout(LIMIT, async {
            loop {
                if let Some((event, rest)) = self.unread.split_once("\n\n") {
                    let seen = parse(event);
                    self.unread = rest.into();
                    if seen.is_some() {
                        return seen;
                    }
                    continue;
                }
                let chunk = self.response.chunk().await.expect("the stream is not torn");
                self.unread
                    .push_str(std::str::from_utf8(&chunk?).expect("events are ASCII or whole"));
            }
        });
        next.await.expect("something comes, or the stream ends, within the limit")
    }

    /// Everything up to the stream's end.
    pub async fn to_the_end(mut self) -> Vec<Seen> {
        let mut all = Vec::new();
        while let Some(seen) = self.next().await {
            all.push(seen);
        }
        all
    }

    /// The submission as soon as it is in `state`.
    pub async fn state(&mut self, state: State) -> Submission {
        let mut last = None;
        while let Some(seen) = self.next().await {
            if seen.event == "change" {
                let submission = seen.submission();
                if submission.state == state {
                    return submission;
                }
                last = Some(submission);
            }
        }
        panic!("the stream ended before {state:?}; last seen: {last:#?}")
    }
}

/// How long a client may go without any event.
pub(crate) const PATIENCE: Duration = Duration::from_mins(2);

fn parse(event: &str) -> Option<Seen> {
    let field = |name: &str| {
        event
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
            .map(str::trim_start)
    };
    let data = serde_json::from_str(field("data")?).expect("data is JSON in one line");
    let (event, id) = (field("event")?.to_owned(), field("id").map(str::to_owned));
    Some(Seen { event, id, data })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_is_no_event_and_progress_has_no_id() {
        let progress = parse("event: progress\ndata: {\"done\":1}").unwrap();

        assert_eq!((progress.event.as_str(), progress.id), ("progress", None));
        assert_eq!(progress.data["done"], 1);
        assert_eq!(parse(": still here"), None);
    }
}
