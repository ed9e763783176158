//! The walk benchmark: how long a learner waits, from the 202 to feedback.
//!
//! One submission at a time, then a crowd at once; what is refused comes back when it was told to.

mod client;

use std::{fmt::Write as _, time::Instant};

use client::{Accepted, Client};
use serde::Serialize;
use tokio::task::JoinSet;

use crate::edition::Running;

/// A learner's program with a bug, for each language that is measured: name, path and text.
const PROGRAMS: [(&str, &str, &str); 2] = [
    (
        "python",
        "solution.py",
        include_str!("../../samples/programs/digit-sum/wrong_initial_value.py"),
    ),
    ("c", "solution.c", include_str!("../../samples/programs/digit-sum/loop_ends_early.c")),
];

/// How many learners the crowd has: more submissions than each may have open at once.
const LEARNERS: usize = 8;

/// What was measured.
#[derive(Debug, Serialize)]
pub(crate) struct Figures {
    /// One at a time, by language.
    pub(crate) alone: Vec<Alone>,
    /// All at once.
    pub(crate) crowd: Crowd,
}

/// From the 202 to `complete`, one submission at a time.
#[derive(Debug, Serialize)]
pub(crate) struct Alone {
    /// The language.
    pub(crate) language: &'static str,
    /// How many submissions.
    pub(crate) count: usize,
    /// Half were faster, in ms.
    pub(crate) median_ms: u128,
    /// 95 of 100 were faster, in ms.
    pub(crate) p95_ms: u128,
}

/// Submissions sent at once.
#[derive(Debug, Serialize)]
pub(crate) struct Crowd {
    /// How many.
    pub(crate) count: usize,
    /// How many reached `complete`.
    pub(crate) complete: usize,
    /// How many answers refused one for now; each said when to come back.
    pub(crate) refused: usize,
    /// Of these, how many did not say when to come back.
    pub(crate) refused_without_time: usize,
    /// From the first request to the last `complete`, in ms.
    pub(crate) took_ms: u128,
}

/// Measures a running edition. `progress` is told what is being done.
///
/// # Errors
///
/// When a submission is not accepted, or ends otherwise than `complete`.
pub(crate) async fn walk(
    edition: &Running,
    each: usize,
    at_once: usize,
    progress: impl Fn(&str),
) -> anyhow::Result<Figures> {
    let client = Client::of(edition)?;
    progress("uploading the assignment");
    client.upload().await?;
    let mut alone = Vec::new();
    for program in PROGRAMS {
        progress(&format!("{each} submissions in {}, one at a time", program.0));
        alone.push(one_by_one(&client, program, each).await?);
    }
    progress(&format!("{at_once} submissions at once"));
    Ok(Figures { alone, crowd: crowd(&client, at_once).await? })
}

async fn one_by_one(
    client: &Client,
    (language, path, code): (&'static str, &str, &str),
    count: usize,
) -> anyhow::Result<Alone> {
    let mut took = Vec::new();
    for _ in 0..count {
        let id = client.submit_until_accepted("ada", language, path, code).await?.id;
        let began = Instant::now();
        client.complete("ada", &id).await?;
        took.push(began.elapsed().as_millis());
    }
    took.sort_unstable();
    let at = |share: usize| took.get((took.len() * share / 100).min(took.len() - 1)).copied();
    let (median_ms, p95_ms) = (at(50).unwrap_or_default(), at(95).unwrap_or_default());
    Ok(Alone { language, count, median_ms, p95_ms })
}

async fn crowd(client: &Client, count: usize) -> anyhow::Result<Crowd> {
    let began = Instant::now();
    let mut walking = JoinSet::new();
    for n in 0..count {
        let client = client.clone();
        walking.spawn(async move { one_of_the_crowd(&client, n).await });
    }
    let mut crowd = Crowd { count, complete: 0, refused: 0, refused_without_time: 0, took_ms: 0 };
    while let Some(walked) = walking.join_next().await {
        let accepted = walked??;
        crowd.complete += 1;
        crowd.refused += accepted.refused;
        crowd.refused_without_time += accepted.refused_without_time;
    }
    crowd.took_ms = began.elapsed().as_millis();
    Ok(crowd)
}

/// Sends one submission and waits for its end.
async fn one_of_the_crowd(client: &Client, n: usize) -> anyhow::Result<Accepted> {
    let learner = format!("learner-{}", n % LEARNERS);
    let (language, path, code) = PROGRAMS[n % PROGRAMS.len()];
    let accepted = client.submit_until_accepted(&learner, language, path, code).await?;
    client.complete(&learner, &accepted.id).await?;
    Ok(accepted)
}

/// The figures as people read them.
pub(crate) fn as_text(figures: &Figures) -> String {
    let mut text = "202 to complete     count   median      p95\n".to_owned();
    for alone in &figures.alone {
        let Alone { language, count, median_ms, p95_ms } = alone;
        let _ = writeln!(text, "{language:<18} {count:>6} {median_ms:>5} ms {p95_ms:>5} ms");
    }
    let crowd = &figures.crowd;
    let _ = writeln!(
        text,
        "at once: {} sent, {} complete in {} ms; refused for now {} times, {} without Retry-After",
        crowd.count, crowd.complete, crowd.took_ms, crowd.refused, crowd.refused_without_time
    );
    text
}
