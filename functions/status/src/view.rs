//! A submission as its reader may see it.
//!
//! Nothing about a hidden test's input, output or crash reaches a learner: what they may not see is taken
//! out here, in one place, from a report that holds everything.

mod results;
mod suspects;
mod words;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use shared::{
    ids::AttemptId,
    problem::Problem,
    report::Report,
    store::{
        attempts,
        blobs::{self, Hash},
        shown::{self, Shown, Written},
    },
    submission::{AssignmentVersion, Attempt, Question, Queue, Score, State, Step, Submission},
};
use sqlx::PgConnection;

use crate::reader::Reader;

/// What was found and written about a submission.
#[derive(Debug, Default)]
struct Findings {
    report: Option<Report>,
    written: Option<Written>,
    questions: Vec<Question>,
}

/// Reads what belongs to a submission and shows what `reader` may see at `now`; `queue` is its [`step`]'s.
pub(crate) async fn read(
    db: &mut PgConnection,
    shown: Shown,
    reader: Reader,
    queue: Option<Queue>,
    now: DateTime<Utc>,
) -> Result<Submission, Problem> {
    let mut findings = Findings::default();
    if let Some(hash) = &shown.report_hash {
        let blob = blobs::get(db, &Hash(hash.clone())).await?.context("a report is kept")?;
        findings.report = Some(serde_json::from_slice(&blob).context("read a report")?);
    }
    if let Some(attempt) = shown.attempt {
        findings.written = shown::written(db, attempt).await?;
        findings.questions = shown::questions(db, attempt).await?;
    }
    Ok(submission(shown, queue, findings, &Sight::of(reader, now)))
}

/// How far grading is, or where the submission waits.
pub(crate) async fn step(db: &mut PgConnection, shown: &Shown) -> Result<Step, Problem> {
    if shown.state != State::Queued {
        let grading = shown.state == State::Grading;
        let progress = shown.progress.as_ref().filter(|_| grading).map(|json| json.0.clone());
        return Ok(Step { progress, queue: None });
    }
    let place = match shown.attempt {
        Some(attempt) => attempts::place(db, attempt).await?,
        // As if its attempt were made now: behind all that wait.
        None => attempts::place(db, AttemptId::new()).await? + 1,
    };
    let place = u32::try_from(place.max(1)).unwrap_or(u32::MAX);
    Ok(Step { progress: None, queue: Some(Queue { place, reason: "slots".into() }) })
}

/// What a reader may see.
#[derive(Clone, Copy, Debug)]
struct Sight {
    instructor: bool,
    now: DateTime<Utc>,
}

impl Sight {
    fn of(reader: Reader, now: DateTime<Utc>) -> Self {
        Self { instructor: reader == Reader::Instructor, now }
    }
}

fn submission(shown: Shown, queue: Option<Queue>, findings: Findings, sight: &Sight) -> Submission {
    let manifest = &shown.manifest;
    let report = findings.report.as_ref();
    let results = report.map(|report| results::of(report, manifest, sight)).unwrap_or_default();
    let found = report.map(|report| suspects::of(report, manifest, &results.tests, sight));
    let (suspects, abstained) = found.unwrap_or_default();
    let feedback = findings
        .written
        .map(|written| words::feedback(written, findings.questions, manifest, sight));
    let attempt = shown.attempt.zip(shown.kind).zip(shown.n);
    let score = shown.points.zip(shown.possible);
    Submission {
        id: shown.id,
        course: shown.course,
        assignment: AssignmentVersion { id: shown.assignment, version: shown.version },
        learner: shown.learner,
        r#try: shown.nth,
        language: shown.language,
        git: shown.git,
        state: shown.state,
        revision: shown.revision,
        pending: shown.pending,
        attempt: attempt.map(|((id, kind), n)| Attempt { id, kind, n }),
        progress: shown.progress.map(|json| json.0).filter(|_| shown.state == State::Grading),
        queue,
        submitted_at: shown.submitted_at,
        graded_at: shown.graded_at,
        completed_at: shown.completed_at,
        score: score.map(|(points, possible)| Score { points, possible }.rounded()),
        build: report.map(|report| words::build(&report.build)),
        tests: results.tests,
        hidden: results.hidden,
        suspects,
        abstained,
        forgeable: report.is_some_and(|report| report.forgeable),
        feedback,
        error: shown.problem.filter(|_| shown.state == State::Failed),
    }
}
