//! All tests of a submission that was built, one after the other.

use std::time::Instant;

use shared::report::TestResult;

use crate::{
    Job,
    launcher::Launcher,
    patience::Patience,
    schedule::{self, Turn},
    trial::Trial,
    verdict,
    walk::Walk,
};

/// Runs every test whose group is not held back, visible ones first but for those that wait; results are in the
/// package's order.
pub(crate) fn run_all(
    walk: &mut Walk<'_>,
    trial: &Trial<'_>,
    launcher: &mut Launcher,
) -> anyhow::Result<Vec<TestResult>> {
    let since = Instant::now();
    let package = trial.job.package;
    let mut results: Vec<Option<TestResult>> = vec![None; package.tests.len()];
    let patience = Patience::since(since);
    let mut done = 0;
    walk.tested(done);
    while let Some((index, turn)) = schedule::next(package, &results) {
        let test = &package.tests[index];
        let result = match (turn, patience.is_over()) {
            (Turn::Skip, _) => verdict::skipped(package, test, HELD_BACK),
            (Turn::Run, Some(why)) => verdict::skipped(package, test, &why),
            (Turn::Run, None) => {
                let ran = launcher.run(&trial.order(test)?)?;
                verdict::of(trial, test, &ran)?
            }
        };
        results[index] = Some(result);
        done += 1;
        walk.tested(done);
    }
    walk.note("test", since);
    let tests = package.tests.iter().zip(results);
    Ok(tests
        .map(|(test, it)| it.unwrap_or_else(|| verdict::skipped(package, test, HELD_BACK)))
        .collect())
}

/// Why a test of a group did not run.
const HELD_BACK: &str = "tests that it depends on did not pass";

/// No test runs, and why.
pub(crate) fn skip_all(job: &Job<'_>, why: &str) -> Vec<TestResult> {
    job.package.tests.iter().map(|test| verdict::skipped(job.package, test, why)).collect()
}
