//! What writers say of a submission, and what the learner answers.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

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
#[doc = concat!("\n\n```json\n", include_str!("../../examples/answer.json"), "```")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The answer, at most 1000 characters.
    pub text: String,
}

/// What an answer is answered with.
#[doc = concat!("\n\n```json\n", include_str!("../../examples/answer_result.json"), "```")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AnswerResult {
    /// Right or wrong, and what was observed.
    #[serde(flatten)]
    pub answered: Answered,
    /// The next hint, if a wrong answer unlocked one.
    pub next_hint: Option<Hint>,
}
