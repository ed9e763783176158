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
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

use anyhow::bail;
use shared::package::{Files, Package};

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

impl Slot {
    /// A slot for this process alone, in a folder of its own. As root, learner code runs as a user whom nothing
    /// belongs to.
    pub fn on_the_spot(dir: &Path, launcher: Vec<OsString>) -> Self {
        let uid = nix::unistd::geteuid().is_root().then(unused_uid);
        Self { dir: dir.to_owned(), uid, launcher }
    }
}

/// A user that no other slot of this machine has: told apart by this process's number, up to 64 in one process.
fn unused_uid() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let n = NEXT.fetch_add(1, Ordering::Relaxed) % 64;
    FIRST_UID + 64 * std::process::id() + n
}

/// Users from here on belong to slots that are made on the spot: beyond those that systems give out.
const FIRST_UID: u32 = 1 << 30;

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
