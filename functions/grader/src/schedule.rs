//! In which order tests run, and which are left out: a group waits for those that it depends on.

use shared::{
    package::{Package, Test, matches},
    report::{Outcome, TestResult},
};

/// What is next for a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// It can run.
    Run,
    /// A test that it depends on has not been decided.
    Wait,
    /// A test that it depends on did not pass.
    Skip,
}

/// What is next for `test`; `results` are in the package's order, `None` where undecided.
pub(crate) fn turn(package: &Package, test: &Test, results: &[Option<TestResult>]) -> Turn {
    let group = test.group.and_then(|index| package.manifest.groups.get(index));
    let Some(group) = group.filter(|group| !group.depends_on.is_empty()) else { return Turn::Run };
    let mut turn = Turn::Run;
    for (other, result) in package.tests.iter().zip(results) {
        let named = group.depends_on.iter().any(|pattern| matches(pattern, &other.name));
        if !named || other.name == test.name {
            continue;
        }
        match result.as_ref().map(|result| result.outcome) {
            Some(Outcome::Passed) => {}
            Some(_) => return Turn::Skip,
            None => turn = Turn::Wait,
        }
    }
    turn
}
