//! A submission as HTTP takes it and shows it (design, section 4).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    ids::{AttemptId, SubmissionId},
    package::Files,
    report::{Build, Suspect, TestResult},
};

/// Largest source, unpacked, in bytes.
pub const MAX_SOURCE_BYTES: usize = 1024 * 1024;
/// Most files of one submission.
pub const MAX_FILES: usize = 100;

/// The body of `POST /v1/submissions`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSubmission {
    /// The course; `default` where nobody says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course: Option<String>,
    /// The assignment's id.
    pub assignment: String,
    /// May be left out where the assignment allows one language, or the files' endings tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// At least one file.
    pub files: Vec<File>,
}

/// One file of a submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Relative, with `/` between the parts.
    pub path: String,
    /// UTF-8 text.
    pub content: String,
}

/// The 202 to a submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Accepted {
    /// The submission.
    pub id: SubmissionId,
    /// `queued`.
    pub state: State,
    /// Where to look.
    pub links: Links,
}

/// Where a submission can be read and watched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Links {
    /// The submission.
    #[serde(rename = "self")]
    pub this: String,
    /// Its stream of server-sent events.
    pub events: String,
}

impl Links {
    /// The links of a submission, below `public_url` (no slash at its end; may be empty).
    pub fn of(public_url: &str, id: SubmissionId) -> Self {
        let this = format!("{public_url}/v1/submissions/{id}");
        Self { events: format!("{this}/events"), this }
    }
}

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

/// What a writer says about an attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Feedback {
    /// `rules`, or a model's name.
    pub writer: String,
    /// Whether its claim was run: a patch or repair that passes.
    pub verified: bool,
    /// Why there is none: a problem.
    pub problem: Option<serde_json::Value>,
    /// What happened, in a few sentences.
    pub summary: String,
    /// Hints, from general to concrete.
    pub hints: Vec<Hint>,
    /// Questions about the learner's own run.
    pub questions: Vec<Question>,
}

/// A hint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Hint {
    /// 1 data and behaviour, 2 location, 3 what sort of change.
    pub level: u8,
    /// Its text.
    pub text: String,
    /// The line it speaks of.
    pub line: Option<u32>,
}

/// A question about the learner's own run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Question {
    /// Its number in the submission; never reused.
    pub n: i32,
    /// Its text.
    pub text: String,
    /// The line it speaks of.
    pub line: Option<u32>,
    /// The learner's answer, once there is one.
    pub answered: Option<Answered>,
}

/// An answer to a question, and whether it is right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Answered {
    /// What the learner wrote.
    pub text: String,
    /// Whether it is what was observed.
    pub right: bool,
    /// What was observed.
    pub observed: String,
}

/// The body of `POST …/questions/{n}/answer`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The answer, at most 1000 characters.
    pub text: String,
}

/// What an answer is answered with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AnswerResult {
    /// Right or wrong, and what was observed.
    #[serde(flatten)]
    pub answered: Answered,
    /// The next hint, if a wrong answer unlocked one.
    pub next_hint: Option<Hint>,
}

/// The files of a submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SubmittedFiles {
    /// Content by path.
    pub files: Files,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Page<T> {
    /// Newest first.
    pub items: Vec<T>,
    /// The next page's `after`; `null` on the last page.
    pub next: Option<String>,
}
