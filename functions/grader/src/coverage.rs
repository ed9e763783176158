//! Which lines each test ran, and values seen on the way.
//!
//! Tests run again for this, and only when one failed: watched runs are slower and must never decide a score. All
//! of it comes from beside learner code, so it is checked, bounded and used for hints alone. Where watching
//! fails, the localiser abstains and says why; that is neither the learner's failure nor an error.

mod blocks;
mod c_text;
mod native;
mod plan;
mod python;
mod reading;

use std::collections::BTreeMap;

use serde::Deserialize;
use shared::report::{Observation, Outcome, Seen, TestResult};

use crate::{launcher::Launcher, trial::Trial};
use plan::Plan;

/// A line of the learner's code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// The learner's file.
    pub(crate) path: String,
    /// The line, from 1.
    pub(crate) line: u32,
}

/// What sort of statement begins on a line, in the order in which learners' faults are found on them.
///
/// Counted once on the development set of the localisation benchmark, by kind alone: in its 131 Python programs a
/// third of the lines with a computed `return` are faulty, a sixth of the conditions, a hundredth of the definitions;
/// in its 210 C programs conditions lead too, before loops and `printf`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Statement {
    /// Returns something computed here.
    Return,
    /// Decides which way to go.
    Condition,
    /// Decides whether to go round again.
    Loop,
    /// Calls, for what the call does: `printf`, `append`.
    Call,
    /// Changes a variable by what it holds: `+=`, `++`.
    Update,
    /// Gives a variable a computed value.
    Assign,
    /// Gives a variable a constant.
    Constant,
    /// Returns a variable, a constant or nothing.
    ReturnPlain,
    /// Goes elsewhere: `break`, `raise`.
    Jump,
    /// Anything else.
    Other,
    /// Only names something: a function, a class, an import.
    Definition,
}

/// What watching the tests gave. Untrusted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Coverage {
    /// Every line that can run, and what stands on it.
    pub(crate) statements: BTreeMap<Place, Statement>,
    /// What each test ran, by the test's name; a test that was not watched is not here.
    pub(crate) runs: BTreeMap<String, TestRun>,
    /// Values seen while running visible tests.
    pub(crate) observations: Vec<Observation>,
    /// Why nothing was recorded, in the words of an abstention.
    pub(crate) missing: Option<String>,
}

/// What one test ran.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TestRun {
    /// How often each line ran; lines that did not are not here.
    pub(crate) hits: BTreeMap<Place, u64>,
    /// The line of the learner's that a crash came from, and the crash's name.
    pub(crate) crash: Option<(Place, String)>,
}

/// How lines are counted in a language: the table `coverage` of its file.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "collector", rename_all = "snake_case")]
pub(crate) enum Collector {
    /// Python's own tracing, in one process for all tests.
    Settrace {
        /// Runs the program that watches; it finds its request on file descriptor 3 and answers on 4.
        argv: Vec<String>,
    },
    /// A call that the compiler puts into each basic block.
    Blocks(native::Tools),
}

/// Runs tests again and watches which lines they run; `results` are in the package's order.
///
/// Only when a test failed: nobody looks for a bug in a program that passes.
pub(crate) fn collect(
    trial: &Trial<'_>,
    results: &[TestResult],
    launcher: &mut Launcher,
) -> Coverage {
    if !results.iter().any(|it| !matches!(it.outcome, Outcome::Passed | Outcome::Skipped)) {
        return Coverage::default();
    }
    let plan = Plan::of(&trial.job.package.tests, results);
    let collected = match &trial.language.coverage {
        None => return Coverage::missing("lines are not counted in this language"),
        Some(Collector::Settrace { argv }) => python::collect(trial, argv, &plan, launcher),
        Some(Collector::Blocks(tools)) => native::collect(tools, trial, &plan, launcher),
    };
    match collected {
        Ok(coverage) if coverage.runs.is_empty() => Coverage::missing("no lines were recorded"),
        Ok(coverage) => coverage,
        Err(error) => {
            tracing::warn!(error = format!("{error:#}"), "tests could not be watched");
            Coverage::missing("no lines were recorded")
        }
    }
}

impl Coverage {
    /// Nothing, for this reason.
    fn missing(why: &str) -> Self {
        Self { missing: Some(why.to_owned()), ..Self::default() }
    }

    /// As the report holds it: test → path → lines as ranges `[first, last]`.
    pub(crate) fn ranges(&self) -> BTreeMap<String, BTreeMap<String, Vec<(u32, u32)>>> {
        self.runs.iter().map(|(test, run)| (test.clone(), run.ranges())).collect()
    }
}

impl TestRun {
    /// How often each line ran, as observations of this test.
    fn observations(&self, test: &str) -> impl Iterator<Item = Observation> {
        self.hits.iter().map(move |(place, count)| Observation {
            test: test.to_owned(),
            path: place.path.clone(),
            line: place.line,
            seen: Seen::Runs { count: *count },
        })
    }

    fn ranges(&self) -> BTreeMap<String, Vec<(u32, u32)>> {
        let mut files: BTreeMap<String, Vec<(u32, u32)>> = BTreeMap::new();
        for Place { path, line } in self.hits.keys() {
            let ranges = files.entry(path.clone()).or_default();
            match ranges.last_mut() {
                Some((_, last)) if *last + 1 == *line => *last = *line,
                _ => ranges.push((*line, *line)),
            }
        }
        files
    }
}

#[cfg(test)]
mod tests;
