//! The grader: builds, runs, covers and localises one submission.
//!
//! Two processes. The judge knows tests, expected values and the token, and never runs learner code; the
//! launcher runs learner code and knows nothing worth stealing.

mod building;
mod compare;
mod coverage;
mod crash;
mod diagnostics;
mod fitting;
mod frames;
mod glue;
mod judge;
mod language;
mod launch;
mod launcher;
mod localise;
mod own_user;
mod patience;
mod pipeline;
mod protocol;
mod schedule;
mod scratch;
mod source;
mod testing;
mod trial;
mod verdict;
mod walk;

use std::{
    ffi::OsString,
    io,
    ops::Deref,
    path::{Path, PathBuf},
};

use anyhow::bail;
use shared::package::{Files, Package};

pub use own_user::{OwnUsers, claim_users};
pub use pipeline::{Examined, examine, grade, language_of, languages};

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

/// A slot for this process alone, and the user that it claimed.
#[derive(Debug)]
pub struct OnTheSpot {
    slot: Slot,
    _users: Option<OwnUsers>,
}

impl Slot {
    /// A slot for this process alone, in a folder of its own. As root, learner code runs as a user whom nothing
    /// belongs to.
    ///
    /// # Errors
    ///
    /// When no user can be claimed.
    pub fn on_the_spot(dir: &Path, launcher: Vec<OsString>) -> io::Result<OnTheSpot> {
        let users = nix::unistd::geteuid().is_root().then(|| claim_users(1)).transpose()?;
        let uid = users.as_ref().and_then(|it| it.uids().first().copied());
        Ok(OnTheSpot { slot: Self { dir: dir.to_owned(), uid, launcher }, _users: users })
    }
}

impl Deref for OnTheSpot {
    type Target = Slot;

    fn deref(&self) -> &Slot {
        &self.slot
    }
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

/// Runs one half of a grader: `judge` (one attempt, from the environment) or `launcher`.
///
/// # Errors
///
/// When the half is unknown or fails; the attempt is then lost, and tried again by whoever started it.
pub fn run(half: &str) -> anyhow::Result<()> {
    match half {
        "judge" => judge::run(),
        "launcher" => launch::serve(),
        _ => bail!("{half:?} is no half of a grader; use `judge` or `launcher`"),
    }
}
