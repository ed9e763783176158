//! In which order tests run, and which are left out: a group waits for those that it depends on.

use shared::{
    package::{Package, Test, manifest::Visibility, matches},
    report::{Outcome, TestResult},
};

/// What is next for a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// It can run.
    Run,
    /// A test that it depends on did not pass.
    Skip,
}

/// The next test, by its place in the package, and its turn; `results` are in the package's order, `None` where
/// undecided. `None` where no test is left, or all that are wait for each other.
///
/// What a learner sees runs first: a program cannot show there what it kept of a hidden test that has not run.
pub(crate) fn next(package: &Package, results: &[Option<TestResult>]) -> Option<(usize, Turn)> {
    let undecided = |index: &usize| results[*index].is_none();
    let is_seen = |index: &usize| package.tests[*index].visibility == Visibility::Visible;
    let (seen, unseen): (Vec<_>, Vec<_>) =
        (0..package.tests.len()).filter(undecided).partition(is_seen);
    let mut in_order = seen.into_iter().chain(unseen);
    in_order.find_map(|index| Some((index, turn(package, &package.tests[index], results)?)))
}

/// What is next for `test`; `None` while a test that it depends on has not been decided.
fn turn(package: &Package, test: &Test, results: &[Option<TestResult>]) -> Option<Turn> {
    let group = test.group.and_then(|index| package.manifest.groups.get(index));
    let Some(group) = group.filter(|group| !group.depends_on.is_empty()) else {
        return Some(Turn::Run);
    };
    let mut turn = Some(Turn::Run);
    for (other, result) in package.tests.iter().zip(results) {
        let named = group.depends_on.iter().any(|pattern| matches(pattern, &other.name));
        if !named || other.name == test.name {
            continue;
        }
        match result.as_ref().map(|result| result.outcome) {
            Some(Outcome::Passed) => {}
            Some(_) => return Some(Turn::Skip),
            None => turn = None,
        }
    }
    turn
}
