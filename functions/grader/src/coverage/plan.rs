//! Which tests run again, in what order and for how long.

use shared::{
    package::{Test, TestKind, manifest::Visibility},
    report::{Outcome, TestResult},
};

/// Tests whose values are observed: questions need few, and the smallest inputs make the best ones.
const WATCHED: usize = 3;

/// CPU time that a test may use when it is run again, at least and at most, in ms. Which lines a loop runs
/// shows early, so a run that is cut short loses little.
const CAP_MS: (u64, u64) = (500, 2000);

/// CPU time that all tests together may use that ran out of time before, in ms.
const LATE_MS: u64 = 2000;

/// The tests to run again. Visible and hidden ones never share a process or a folder: values seen in visible
/// tests reach learners, and must not hold what a program remembered of a hidden one.
#[derive(Debug)]
pub(crate) struct Plan<'a> {
    /// Tests that the learner may see.
    pub(crate) visible: Vec<Rerun<'a>>,
    /// The others.
    pub(crate) hidden: Vec<Rerun<'a>>,
}

/// One test to run again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rerun<'a> {
    /// The test; its expected value stays with the judge.
    pub(crate) test: &'a Test,
    /// CPU time it may use, in ms.
    pub(crate) cap_ms: u64,
    /// Whether values are observed.
    pub(crate) watched: bool,
}

impl<'a> Plan<'a> {
    /// Plans the tests that ran, failing and passing ones in turn, so that a budget that ends early has cut
    /// both. `tests` and `results` are in the same order.
    pub(crate) fn of(tests: &'a [Test], results: &[TestResult]) -> Self {
        let pairs = tests.iter().zip(results).filter(|(_, it)| it.outcome != Outcome::Skipped);
        let (seen, unseen): (Vec<_>, Vec<_>) =
            pairs.partition(|(_, it)| it.visibility == Visibility::Visible);
        let caps = Caps::of(results);
        let plan = |pairs: Vec<(&'a Test, &TestResult)>, most| {
            let watched = watched(&pairs, most);
            in_turn(pairs)
                .map(|(test, it)| Rerun {
                    test,
                    cap_ms: caps.of_test(it),
                    watched: watched.contains(&test.name.as_str()),
                })
                .collect()
        };
        Self { visible: plan(seen, WATCHED), hidden: plan(unseen, 0) }
    }
}

/// How long tests may run again.
struct Caps {
    late_ms: u64,
    other_ms: u64,
}

impl Caps {
    /// Three times the slowest passing test; those that ran out of time share a budget.
    fn of(results: &[TestResult]) -> Self {
        let passed = results.iter().filter(|it| it.outcome == Outcome::Passed);
        let slowest = passed.map(|it| it.cpu_ms).max().unwrap_or(0);
        let late = results.iter().filter(|it| is_late(it)).count() as u64;
        Self {
            late_ms: (LATE_MS / late.max(1)).clamp(100, CAP_MS.0),
            other_ms: (3 * slowest).clamp(CAP_MS.0, CAP_MS.1),
        }
    }

    fn of_test(&self, result: &TestResult) -> u64 {
        if is_late(result) { self.late_ms } else { self.other_ms }
    }
}

fn is_late(result: &TestResult) -> bool {
    matches!(result.outcome, Outcome::TimeLimit | Outcome::WallTimeLimit)
}

/// The failing tests with the smallest inputs.
fn watched<'a>(pairs: &[(&'a Test, &TestResult)], most: usize) -> Vec<&'a str> {
    let mut failing: Vec<&Test> = pairs
        .iter()
        .filter(|(_, it)| it.outcome != Outcome::Passed)
        .map(|(test, _)| *test)
        .collect();
    failing.sort_by_key(|test| size(&test.kind));
    failing.into_iter().take(most).map(|test| test.name.as_str()).collect()
}

/// How much there is to read in a test's input.
fn size(kind: &TestKind) -> usize {
    match kind {
        TestKind::Stdio { stdin, args, .. } => {
            stdin.len() + args.iter().map(String::len).sum::<usize>()
        }
        TestKind::Call { args, .. } => format!("{args:?}").len(),
        TestKind::Expr { expr, .. } => expr.len(),
    }
}

/// One that failed, one that passed, and so on; what is left over at the end.
fn in_turn<'a, 'r>(
    pairs: Vec<(&'a Test, &'r TestResult)>,
) -> impl Iterator<Item = (&'a Test, &'r TestResult)> {
    let (failing, passing): (Vec<_>, Vec<_>) =
        pairs.into_iter().partition(|(_, it)| it.outcome != Outcome::Passed);
    let place = |n: usize, passed| (2 * n + usize::from(passed), passed);
    let mut placed: Vec<_> =
        failing.into_iter().enumerate().map(|(n, it)| (place(n, false), it)).collect();
    placed.extend(passing.into_iter().enumerate().map(|(n, it)| (place(n, true), it)));
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, it)| it)
}

#[cfg(test)]
mod tests;
