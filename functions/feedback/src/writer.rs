//! Who writes feedback, and what they are given and give.

pub(crate) mod rules;

use shared::{
    package::{Files, Package},
    report::Report,
    store::questions::NewQuestion,
    submission::Hint,
};

/// What a writer knows of an attempt.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts<'a> {
    /// What the grader found.
    pub(crate) report: &'a Report,
    /// The assignment; its references are never read.
    pub(crate) package: &'a Package,
    /// The learner's files.
    pub(crate) files: &'a Files,
    /// The learner's n-th graded submission for the assignment, from 1.
    pub(crate) r#try: u32,
}

/// What a writer wrote.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Written {
    /// What happened, in a sentence or two.
    pub(crate) summary: String,
    /// Hints of every level that the assignment allows, lowest first.
    pub(crate) hints: Vec<Hint>,
    /// The highest level that the learner may read at once.
    pub(crate) unlocked: u8,
    /// Whether the claim was run: a repair at the first suspect passes every test that fails.
    pub(crate) verified: bool,
    /// Questions about the learner's own run.
    pub(crate) questions: Vec<NewQuestion>,
}
