//! How far a grading is, and how long its phases took.

use std::{collections::BTreeMap, time::Instant};

use shared::submission::{Phase, Progress};

use crate::Job;

/// Progress and time of one grading.
pub(crate) struct Walk<'a> {
    tests: u32,
    progress: &'a mut dyn FnMut(Progress),
    /// How long each phase took, in ms.
    pub(crate) timings: BTreeMap<String, u64>,
}

impl<'a> Walk<'a> {
    /// Nothing done yet; `progress` hears of every step.
    pub(crate) fn of(job: &Job<'_>, progress: &'a mut dyn FnMut(Progress)) -> Self {
        let tests = count(job.package.tests.len());
        Self { tests, progress, timings: BTreeMap::new() }
    }

    /// A phase begins.
    pub(crate) fn enter(&mut self, phase: Phase) {
        let of = self.tests;
        let done = if phase > Phase::Test { of } else { 0 };
        (self.progress)(Progress { phase, done, of });
    }

    /// So many tests are decided.
    pub(crate) fn tested(&mut self, done: usize) {
        let of = self.tests;
        (self.progress)(Progress { phase: Phase::Test, done: count(done), of });
    }

    /// Notes how long a phase's work takes.
    pub(crate) fn time<T>(&mut self, phase: &str, work: impl FnOnce() -> T) -> T {
        let since = Instant::now();
        let done = work();
        self.note(phase, since);
        done
    }

    /// Notes how long a phase took that began then.
    pub(crate) fn note(&mut self, phase: &str, since: Instant) {
        let ms = u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.timings.insert(phase.to_owned(), ms);
    }
}

fn count(tests: usize) -> u32 {
    u32::try_from(tests).unwrap_or(u32::MAX)
}
