//! The walk benchmark: how long a learner waits, from the 202 to feedback.
//!
//! One submission at a time, then a crowd at once; what is refused comes back when it was told to.

mod client;

use std::time::{Duration, Instant};

use client::{Client, Sent};
use serde::Serialize;
use tokio::task::JoinSet;

use crate::edition::Running;

/// A learner's program with a bug, for each language that is measured.
const PROGRAMS: [(&str, &str, &str); 2] = [
    (
        "python",
        "main.py",
        "n = int(input())\ntotal = 0\nfor i in range(1, n):\n    total += i\nprint(total)\n",
    ),
    (
        "c",
        "main.c",
        "#include <stdio.h>\n\nint main(void) {\n    int n, total = 0;\n    scanf(\"%d\", &n);\n    \
         for (int i = 1; i < n; i++) {\n        total += i;\n    }\n    printf(\"%d\\n\", total);\n    \
         return 0;\n}\n",
    ),
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
        let Sent::Accepted(id) = client.submit("ada", language, path, code).await? else {
            anyhow::bail!("a single submission was refused");
        };
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
        let (refused, without_time) = walked??;
        crowd.complete += 1;
        crowd.refused += refused;
        crowd.refused_without_time += without_time;
    }
    crowd.took_ms = began.elapsed().as_millis();
    Ok(crowd)
}

/// Sends one submission until it is accepted, and waits for its end: how often it was refused, and how
/// often without a time to come back.
async fn one_of_the_crowd(client: &Client, n: usize) -> anyhow::Result<(usize, usize)> {
    let learner = format!("learner-{}", n % LEARNERS);
    let (language, path, code) = PROGRAMS[n % PROGRAMS.len()];
    let (mut refused, mut without_time) = (0, 0);
    loop {
        match client.submit(&learner, language, path, code).await? {
            Sent::Accepted(id) => {
                client.complete(&learner, &id).await?;
                return Ok((refused, without_time));
            }
            Sent::ComeBack(after) => {
                refused += 1;
                without_time += usize::from(after.is_none());
                tokio::time::sleep(after.unwrap_or(Duration::from_secs(1))).await;
            }
        }
    }
}

/// The figures as people read them.
pub(crate) fn as_text(figures: &Figures) -> String {
    let mut text = "202 to complete     count   median      p95\n".to_owned();
    for alone in &figures.alone {
        text += &format!(
            "{:<18} {:>6} {:>5} ms {:>5} ms\n",
            alone.language, alone.count, alone.median_ms, alone.p95_ms
        );
    }
    let crowd = &figures.crowd;
    text += &format!(
        "at once: {} sent, {} complete, refused for now {} times ({} without Retry-After), {} ms\n",
        crowd.count, crowd.complete, crowd.refused, crowd.refused_without_time, crowd.took_ms
    );
    text
}
