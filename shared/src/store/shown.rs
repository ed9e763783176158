//! What a submission's readers are shown: its row, its attempt's, and what writers wrote of it.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, types::Json};

use crate::{
    ids::{AttemptId, SubmissionId},
    package::Manifest,
    submission::{Answered, Hint, Progress, Question, State},
};

/// A submission and the attempt that it shows; reports and source are left in their blobs.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Its id.
    pub id: SubmissionId,
    /// The course.
    pub course: String,
    /// The assignment.
    pub assignment: String,
    /// Its version.
    pub version: i32,
    /// The assignment's rules.
    pub manifest: Json<Manifest>,
    /// The learner.
    pub learner: String,
    /// The learner's n-th graded submission for the assignment.
    pub nth: Option<i32>,
    /// The language.
    pub language: String,
    /// Where its source came from, if from git.
    pub git: Option<serde_json::Value>,
    /// SHA-256 of its files.
    pub source_hash: Vec<u8>,
    /// The state of the attempt shown.
    pub state: State,
    /// Grows with every change.
    pub revision: i32,
    /// When it was accepted.
    pub submitted_at: DateTime<Utc>,
    /// The attempt shown.
    pub attempt: Option<AttemptId>,
    /// Its kind.
    pub kind: Option<String>,
    /// 1, 2, 3 …
    pub n: Option<i32>,
    /// What may still come.
    pub pending: Vec<String>,
    /// How far grading is.
    pub progress: Option<Json<Progress>>,
    /// SHA-256 of the report, once there is one.
    pub report_hash: Option<Vec<u8>>,
    /// When the report came.
    pub graded_at: Option<DateTime<Utc>>,
    /// When feedback came.
    pub completed_at: Option<DateTime<Utc>>,
    /// Points earned.
    pub points: Option<f64>,
    /// Points possible.
    pub possible: Option<f64>,
    /// Why it failed.
    pub problem: Option<serde_json::Value>,
}

/// What a writer wrote for an attempt.
#[derive(Clone, Debug)]
pub struct Written {
    /// `rules`, or a model's name.
    pub writer: String,
    /// Whether its claim was run.
    pub verified: bool,
    /// What happened, in a few sentences.
    pub summary: String,
    /// Hints of all levels.
    pub hints: Json<Vec<Hint>>,
    /// Why there is no feedback.
    pub problem: Option<serde_json::Value>,
    /// The hint level that the learner may read up to.
    pub unlocked: i32,
}

/// A submission, by id.
pub async fn get(db: &mut PgConnection, id: SubmissionId) -> sqlx::Result<Option<Shown>> {
    sqlx::query_as!(
        Shown,
        r#"select s.id as "id: _", s.course, s.assignment, s.version, a.manifest as "manifest: _",
                  s.learner, s.try as nth, s.language, s.git, s.source_hash, s.state as "state: _",
                  s.revision, s.submitted_at, t.id as "attempt?: _", t.kind as "kind?", t.n as "n?",
                  coalesce(t.pending, '{}') as "pending!", t.progress as "progress: _",
                  t.report_hash, t.graded_at, t.completed_at, t.points::float8 as points,
                  t.possible::float8 as possible, t.problem
           from submissions s
           join assignments a on a.course = s.course and a.id = s.assignment and a.version = s.version
           left join attempts t on t.id = s.shown_attempt
           where s.id = $1"#,
        id.0
    )
    .fetch_optional(db)
    .await
}

/// What was written for an attempt, if it was.
pub async fn written(db: &mut PgConnection, attempt: AttemptId) -> sqlx::Result<Option<Written>> {
    sqlx::query_as!(
        Written,
        r#"select writer, verified, summary, hints as "hints: _", problem, unlocked
           from feedbacks where attempt_id = $1"#,
        attempt.0
    )
    .fetch_optional(db)
    .await
}

/// The questions asked about an attempt, by number, without the answers that nobody gave yet.
pub async fn questions(db: &mut PgConnection, attempt: AttemptId) -> sqlx::Result<Vec<Question>> {
    let rows = sqlx::query!(
        r#"select n, text, line, answered as "answered: Json<Answered>"
           from questions where attempt_id = $1 order by n"#,
        attempt.0
    )
    .fetch_all(db)
    .await?;
    let question = |n, text, line: Option<i32>, answered: Option<Json<Answered>>| Question {
        n,
        text,
        line: line.and_then(|line| line.try_into().ok()),
        answered: answered.map(|Json(answered)| answered),
    };
    Ok(rows.into_iter().map(|row| question(row.n, row.text, row.line, row.answered)).collect())
}
