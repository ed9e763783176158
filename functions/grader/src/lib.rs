//! The grader: builds, runs, covers and localises one submission.
//!
//! Two processes. The judge knows tests, expected values and the token, and never runs learner code; the
//! launcher runs learner code and knows nothing worth stealing.

mod coverage;
mod frames;
mod language;
mod launch;
mod launcher;
mod localise;
mod protocol;
mod scratch;

use std::{ffi::OsString, path::PathBuf};

use shared::package::{Files, Package};

/// A place in which one submission at a time is graded; outlives graders.
#[derive(Clone, Debug)]
pub struct Slot {
    /// Its folder: packages are kept here, scratch folders come and go below it.
    pub dir: PathBuf,
    /// User and group that learner code runs as; needs root. The grader's own where absent.
    pub uid: Option<u32>,
    /// The command line of the launcher.
    pub launcher: Vec<OsString>,
}

/// What is graded.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    /// The assignment.
    pub package: &'a Package,
    /// The language, by its file's name.
    pub language: &'a str,
    /// The learner's files.
    pub files: &'a Files,
    /// Where chance is needed, this decides it.
    pub seed: u64,
}
