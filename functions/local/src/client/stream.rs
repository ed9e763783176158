//! A submission's stream of server-sent events, taken up again where it breaks.

use std::time::Duration;

use anyhow::Context as _;
use reqwest::Method;
use shared::{
    ids::SubmissionId,
    submission::{Step, Submission},
};

use super::{Client, good};

/// How long one stream may last; the server ends it earlier.
const LIFE: Duration = Duration::from_hours(1);
/// How often a broken stream is taken up again before we give up.
const AGAIN: u32 = 5;

/// How long to wait before that.
const PAUSE: Duration = Duration::from_secs(1);

/// What a stream tells.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum News {
    /// The submission changed.
    Change(Box<Submission>),
    /// Grading went on.
    Progress(Step),
}

/// Follows a submission until it is final and nothing is pending.
pub(super) async fn follow(
    client: &Client,
    id: SubmissionId,
    tell: &mut (dyn FnMut(&News) + Send),
) -> anyhow::Result<Submission> {
    let mut last: Option<Submission> = None;
    let mut broke = None;
    for _ in 0..AGAIN {
        broke = once(client, id, &mut last, tell).await.err();
        if let Some(done) = last.take_if(|seen| seen.state.is_final() && seen.pending.is_empty()) {
            return Ok(done);
        }
        tokio::time::sleep(PAUSE).await;
    }
    let broke = broke.unwrap_or_else(|| anyhow::anyhow!("its stream ends too early"));
    Err(broke.context(format!("follow submission {id}, which goes on without us")))
}

async fn once(
    client: &Client,
    id: SubmissionId,
    last: &mut Option<Submission>,
    tell: &mut (dyn FnMut(&News) + Send),
) -> anyhow::Result<()> {
    let request = client.asks(Method::GET, &format!("/v1/submissions/{id}/events")).timeout(LIFE);
    let mut response = match last.as_ref() {
        Some(seen) => good(request.header("Last-Event-ID", seen.revision.to_string())).await?,
        None => good(request).await?,
    };
    let mut unread = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        unread.extend_from_slice(&chunk);
        while let Some(end) = unread.windows(2).position(|two| two == b"\n\n") {
            let event: Vec<u8> = unread.drain(..end + 2).collect();
            let event = std::str::from_utf8(&event).context("read an event")?;
            let Some(news) = read(event)? else { continue };
            tell(&news);
            if let News::Change(submission) = news {
                *last = Some(*submission);
            }
        }
    }
    Ok(())
}

/// An event of ours; comments, and events that a later server may send, are none.
fn read(event: &str) -> anyhow::Result<Option<News>> {
    let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name));
    let Some(data) = field("data: ") else { return Ok(None) };
    Ok(match field("event: ") {
        Some("change") => Some(News::Change(serde_json::from_str(data)?)),
        Some("progress") => Some(News::Progress(serde_json::from_str(data)?)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_strangers_are_no_news() {
        let step =
            "event: progress\ndata: {\"phase\":\"test\",\"done\":1,\"of\":3,\"queue\":null}\n\n";

        assert!(matches!(read(step).unwrap(), Some(News::Progress(_))));
        assert_eq!(read(": still here\n\n").unwrap(), None);
        assert_eq!(read("event: other\ndata: {}\n\n").unwrap(), None);
    }
}
