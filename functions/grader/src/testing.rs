//! All tests of a submission that was built, one after the other.

use std::time::Instant;

use shared::report::TestResult;

use crate::{
    Job,
    launcher::Launcher,
    schedule::{self, Turn},
    trial::Trial,
    verdict,
    walk::Walk,
};

/// Runs every test whose group is not held back, in the package's order but for those that wait.
pub(crate) fn run_all(
    walk: &mut Walk<'_>,
    trial: &Trial<'_>,
    launcher: &mut Launcher,
) -> anyhow::Result<Vec<TestResult>> {
    let since = Instant::now();
    let package = trial.job.package;
    let mut results: Vec<Option<TestResult>> = vec![None; package.tests.len()];
    let mut done = 0;
    walk.tested(done);
    loop {
        let before = done;
        for (index, test) in package.tests.iter().enumerate() {
            if results[index].is_some() {
                continue;
            }
            results[index] = match schedule::turn(package, test, &results) {
                Turn::Wait => continue,
                Turn::Skip => Some(verdict::skipped(package, test, HELD_BACK)),
                Turn::Run => {
                    let ran = launcher.run(&trial.order(test)?)?;
                    Some(verdict::of(trial, test, &ran)?)
                }
            };
            done += 1;
            walk.tested(done);
        }
        if done == before {
            break;
        }
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
