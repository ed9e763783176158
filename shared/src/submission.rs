//! A submission as HTTP takes it and shows it (design, section 4).

mod feedback;
mod received;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    ids::{AttemptId, SubmissionId},
    package::Files,
    report::{Build, Suspect, TestResult},
};

pub use feedback::{Answer, AnswerResult, Answered, Feedback, Hint, Question};
pub use received::{Accepted, File, Links, MAX_FILES, MAX_SOURCE_BYTES, NewSubmission};

/// The state of an attempt, and through it of a submission. Attempts may also be `lost`, which is never
/// shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[cfg_attr(
    feature = "http",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Waits for a grader.
    Queued,
    /// A grader has it.
    Grading,
    /// The report is in; feedback is being written.
    Graded,
    /// Feedback is in, or a problem in its place.
    Complete,
    /// We could not grade it; a problem says why.
    Failed,
}

impl State {
    /// Whether no state follows.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Complete | Self::Failed)
    }
}

/// A submission, as an instructor sees it; learners see less (no hidden test, no edit, hints up to the
/// level they unlocked).
#[doc = concat!("\n\n```json\n", include_str!("../examples/submission.json"), "```")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Submission {
    /// Its id.
    pub id: SubmissionId,
    /// The course.
    pub course: String,
    /// The assignment version.
    pub assignment: AssignmentVersion,
    /// The learner.
    pub learner: String,
    /// The learner's n-th graded submission for the assignment.
    pub r#try: Option<i32>,
    /// The language.
    pub language: String,
    /// Where its source came from, if from git.
    pub git: Option<serde_json::Value>,
    /// The state of the attempt shown.
    pub state: State,
    /// Grows with every change of state, score, suspects or feedback.
    pub revision: i32,
    /// What may still come: `search`, `model`, `regrade`.
    pub pending: Vec<String>,
    /// The attempt shown.
    pub attempt: Option<Attempt>,
    /// How far grading is.
    pub progress: Option<Progress>,
    /// Where it waits, while it waits.
    pub queue: Option<Queue>,
    /// When it was accepted.
    pub submitted_at: DateTime<Utc>,
    /// When the report came.
    pub graded_at: Option<DateTime<Utc>>,
    /// When feedback came.
    pub completed_at: Option<DateTime<Utc>>,
    /// What it earned.
    pub score: Option<Score>,
    /// How the build went.
    pub build: Option<Build>,
    /// Tests that the reader may see.
    pub tests: Vec<TestResult>,
    /// Tests that the reader may not see, counted by group.
    pub hidden: Vec<HiddenGroup>,
    /// Suspicious lines, most suspicious first.
    pub suspects: Vec<Suspect>,
    /// Why there are no suspects.
    pub abstained: Option<String>,
    /// Whether tests shared a process with learner code.
    pub forgeable: bool,
    /// What a writer says.
    pub feedback: Option<Feedback>,
    /// Why it failed: a problem.
    pub error: Option<serde_json::Value>,
}

/// An assignment version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AssignmentVersion {
    /// Its id in the course.
    pub id: String,
    /// Its version.
    pub version: i32,
}

/// Which run of the grader is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Attempt {
    /// Its id.
    pub id: AttemptId,
    /// `grade` or `regrade`.
    pub kind: String,
    /// 1, 2, 3 …
    pub n: i32,
}

/// How far grading is.
#[doc = concat!("\n\n```json\n", include_str!("../examples/progress.json"), "```")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Progress {
    /// What is being done.
    pub phase: Phase,
    /// Tests finished.
    pub done: u32,
    /// Tests in all.
    pub of: u32,
}

/// The phases of grading, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// The judge gets package and source.
    Fetch,
    /// Learner code is built.
    Build,
    /// Tests run.
    Test,
    /// Tests run again, watched line by line.
    Cover,
    /// Lines are ranked.
    Localise,
}

/// Where a submission waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Queue {
    /// 1 is next.
    pub place: u32,
    /// `slots`: all are busy; `quota`: the cluster's is used up.
    pub reason: String,
}

/// What a submission earned.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Score {
    /// Points earned, two decimals.
    pub points: f64,
    /// Points possible.
    pub possible: f64,
}

impl Score {
    /// With two decimals, as it is shown.
    #[must_use]
    pub fn rounded(self) -> Self {
        Self { points: rounded(self.points), possible: rounded(self.possible) }
    }
}

/// Points with two decimals, as they are shown.
pub fn rounded(points: f64) -> f64 {
    (points * 100.0).round() / 100.0
}

/// Tests that the reader may not see, counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HiddenGroup {
    /// The group's patterns, joined by commas.
    pub group: String,
    /// Tests that passed.
    pub passed: u32,
    /// Tests that did not.
    pub failed: u32,
    /// Points earned.
    pub points: f64,
    /// Points possible.
    pub possible: f64,
}

/// The files of a submission.
#[doc = concat!("\n\n```json\n", include_str!("../examples/submitted_files.json"), "```")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SubmittedFiles {
    /// Content by path.
    pub files: Files,
}

/// The data of `event: progress` in a submission's stream: how far grading is, or where it waits.
#[doc = concat!("\n\n```json\n", include_str!("../examples/step.json"), "```")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Step {
    /// How far grading is; absent while it waits.
    #[serde(flatten)]
    pub progress: Option<Progress>,
    /// Where it waits, while it waits.
    pub queue: Option<Queue>,
}

/// A submission in a list: what it is and how it went, without tests, suspects and feedback.
#[doc = concat!("\n\n```json\n", include_str!("../examples/summary.json"), "```")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Summary {
    /// Its id.
    pub id: SubmissionId,
    /// The course.
    pub course: String,
    /// The assignment version.
    pub assignment: AssignmentVersion,
    /// The learner.
    pub learner: String,
    /// The learner's n-th graded submission for the assignment.
    pub r#try: Option<i32>,
    /// The language.
    pub language: String,
    /// The state of the attempt shown.
    pub state: State,
    /// Grows with every change of state, score, suspects or feedback.
    pub revision: i32,
    /// When it was accepted.
    pub submitted_at: DateTime<Utc>,
    /// When the report came.
    pub graded_at: Option<DateTime<Utc>>,
    /// What it earned.
    pub score: Option<Score>,
}

/// A page of a list.
#[doc = concat!("\n\n```json\n", include_str!("../examples/page.json"), "```")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Page<T> {
    /// Newest first.
    pub items: Vec<T>,
    /// The next page's `after`; `null` on the last page.
    pub next: Option<String>,
}
