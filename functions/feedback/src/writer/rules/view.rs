//! What of an attempt feedback may speak of.

use shared::{
    package::{
        TestKind,
        manifest::{SuspectsFrom, Visibility},
    },
    report::{BuildOutcome, Outcome, Suspect, TestResult},
};

use super::{Facts, outcome::Class};

/// An attempt as its learner may see it.
#[derive(Clone, Debug)]
pub(super) struct View<'a> {
    /// All that is known; texts of hidden tests are in there too, so look at tests through this view.
    pub(super) facts: Facts<'a>,
    /// What sort of thing went wrong.
    pub(super) class: Class,
    /// The failing test to speak of; `None` where only its class may be told, or none fails.
    pub(super) failing: Option<&'a TestResult>,
    /// Suspicious lines that the learner may see.
    pub(super) suspects: &'a [Suspect],
}

impl<'a> View<'a> {
    /// What of these facts may be told.
    pub(super) fn of(facts: Facts<'a>) -> Self {
        let report = facts.report;
        let from_all = facts.package.manifest.suspects_from == SuspectsFrom::All;
        let ranking = if from_all { &report.suspects.all } else { &report.suspects.visible };
        let mut view =
            Self { facts, class: Class::Passes, failing: None, suspects: &ranking.suspects };
        match report.build.outcome {
            BuildOutcome::CompileError => view.class = Class::Build,
            BuildOutcome::CompileLimit => view.class = Class::BuildLimit,
            BuildOutcome::Ok => {
                view.failing = view.easiest();
                view.class = view.class_of_tests(from_all);
            }
        }
        view
    }

    fn class_of_tests(&self, from_all: bool) -> Class {
        if let Some(class) = self.failing.and_then(Class::of_test) {
            return class;
        }
        let tests = &self.facts.report.tests;
        let hidden = tests.iter().find_map(|test| Class::of(test.outcome)).filter(|_| from_all);
        match hidden {
            Some(class) => class,
            None if tests.iter().all(|test| test.outcome == Outcome::Passed) => Class::Passes,
            None => Class::Unseen,
        }
    }

    /// Tests that the learner may see, in their order.
    pub(super) fn visible(&self) -> impl Iterator<Item = &'a TestResult> + use<'a> {
        self.facts.report.tests.iter().filter(|test| test.visibility == Visibility::Visible)
    }

    /// Visible tests that were run and did not pass.
    pub(super) fn failing(&self) -> impl Iterator<Item = &'a TestResult> + use<'a> {
        self.visible().filter(|test| Class::of(test.outcome).is_some())
    }

    /// How many tests that suspects come from fail.
    pub(super) fn failing_count(&self) -> usize {
        let from_all = self.facts.package.manifest.suspects_from == SuspectsFrom::All;
        let tests = self.facts.report.tests.iter();
        let counted = tests.filter(|test| from_all || test.visibility == Visibility::Visible);
        counted.filter(|test| Class::of(test.outcome).is_some()).count()
    }

    /// The failing test with the smallest input; among equals, the one whose result is closest.
    fn easiest(&self) -> Option<&'a TestResult> {
        self.failing().min_by_key(|test| (test.input.trim().len(), distance(test)))
    }

    /// Whether nothing was written yet, in any file.
    pub(super) fn is_blank(&self) -> bool {
        self.facts.files.values().all(|text| text.trim().is_empty())
    }

    /// Whether a test calls a function; the others read input and write output.
    pub(super) fn is_call(&self, test: &TestResult) -> bool {
        let named = self.facts.package.tests.iter().find(|it| it.name == test.name);
        named.is_some_and(|it| !matches!(it.kind, TestKind::Stdio { .. }))
    }
}

/// How far a result is from the expected one: characters outside the common start and end.
fn distance(test: &TestResult) -> usize {
    let same =
        |pairs: &mut dyn Iterator<Item = (u8, u8)>| pairs.take_while(|(a, b)| a == b).count();
    let (expected, actual) = (test.expected.trim(), test.actual.trim());
    let start = same(&mut expected.bytes().zip(actual.bytes()));
    let end = same(&mut expected.bytes().rev().zip(actual.bytes().rev()));
    expected.len().max(actual.len()).saturating_sub(start + end)
}
