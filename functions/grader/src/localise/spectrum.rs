//! Who ran what: the counts from which suspicion is computed.

use std::collections::{BTreeMap, BTreeSet};

use shared::report::{Outcome, TestResult};

use super::ochiai::ochiai;
use crate::coverage::{Coverage, Place, TestRun};

/// How many failing and passing tests ran each line, and where failing tests crashed.
#[derive(Debug, Default)]
pub(crate) struct Spectrum {
    /// Failing tests whose lines are known.
    pub(crate) failing: u32,
    /// Lines that some test ran.
    lines: BTreeMap<Place, Count>,
    /// Where failing tests crashed, and by what.
    pub(crate) crashes: BTreeMap<Place, String>,
}

/// How many tests ran one line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    /// Failing tests.
    pub(crate) failing: u32,
    /// Passing tests.
    pub(crate) passing: u32,
}

impl Spectrum {
    /// Counts the tests that are both in `results` and were run again; skipped ones say nothing.
    pub(crate) fn of(results: &[&TestResult], coverage: &Coverage) -> Self {
        let mut spectrum = Self::default();
        for result in results.iter().filter(|result| result.outcome != Outcome::Skipped) {
            if let Some(run) = coverage.runs.get(&result.name) {
                let failed = result.outcome != Outcome::Passed;
                let crash = if failed { crash(result, run) } else { None };
                let mut ran: BTreeSet<&Place> = run.hits.keys().collect();
                ran.extend(crash.as_ref().map(|(place, _)| place));
                spectrum.count(&ran, failed);
                spectrum.crashes.extend(crash);
            }
        }
        spectrum
    }

    fn count(&mut self, ran: &BTreeSet<&Place>, failed: bool) {
        self.failing += u32::from(failed);
        for place in ran {
            let count = self.lines.entry((*place).clone()).or_default();
            count.failing += u32::from(failed);
            count.passing += u32::from(!failed);
        }
    }

    /// How many tests ran the line.
    pub(crate) fn at(&self, place: &Place) -> Count {
        self.lines.get(place).copied().unwrap_or_default()
    }

    /// How strongly the line is suspected, between 0 and 1.
    pub(crate) fn suspicion(&self, place: &Place) -> f64 {
        let count = self.at(place);
        ochiai(count.failing, count.passing, self.failing)
    }

    /// Lines that a failing test ran.
    pub(crate) fn suspected(&self) -> impl Iterator<Item = &Place> {
        self.lines.iter().filter(|(_, count)| count.failing > 0).map(|(place, _)| place)
    }
}

/// Where the test crashed: in the judge's own run, or, if that does not tell the line, when it ran again. A watched
/// run may crash in another way: it has less room for recursion, for one.
fn crash(result: &TestResult, again: &TestRun) -> Option<(Place, String)> {
    let crash = result.crash.as_ref()?;
    if crash.line > 0 {
        let place = Place { path: crash.path.clone(), line: crash.line };
        return Some((place, crash.name.clone()));
    }
    again.crash.clone().filter(|(_, name)| *name == crash.name)
}
