//! What a judge and grade-dispatch say to each other (design, section 4, the attempts' calls).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{ids::AttemptId, package::Files, submission::Progress};

/// How long a claim holds without a word from the judge, in ms.
pub const LEASE_MS: i64 = 15_000;

/// Why the grader runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(
    feature = "http",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A learner's submission, for the first time.
    Grade,
    /// A learner's submission, again.
    Regrade,
    /// Does a patch pass?
    Verify,
    /// Does the reference pass?
    Check,
}

impl Kind {
    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Grade => "grade",
            Self::Regrade => "regrade",
            Self::Verify => "verify",
            Self::Check => "check",
        }
    }
}

/// What `POST /v1/attempts/{id}/claim` answers: all that the judge must know but the package.
#[doc = concat!("\n\n```json\n", include_str!("../examples/work.json"), "```")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Work {
    /// The attempt.
    pub attempt: AttemptId,
    /// Why it runs.
    pub kind: Kind,
    /// The language, by its file's name.
    pub language: String,
    /// The files to grade.
    pub files: Files,
    /// SHA-256 of the package, in hex: what `GET …/package` gives, and what a slot may keep.
    pub package_hash: String,
    /// Where chance is needed, this decides it.
    pub seed: u64,
}

/// The body of `POST /v1/attempts/{id}/progress`; also prolongs the lease.
pub type ProgressReport = Progress;
