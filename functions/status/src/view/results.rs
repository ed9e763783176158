//! Tests: one by one where the reader may see them, counted by group where not.

use shared::{
    package::{Manifest, manifest::Visibility},
    report::{Outcome, Report, TestResult},
    submission::{HiddenGroup, rounded},
    text::{SHOWN_BYTES, cut},
};

use super::Sight;

/// The tests of a report, as a reader sees them.
#[derive(Debug, Default)]
pub(super) struct Results {
    /// Tests that the reader may see.
    pub(super) tests: Vec<TestResult>,
    /// All others, counted.
    pub(super) hidden: Vec<HiddenGroup>,
}

pub(super) fn of(report: &Report, manifest: &Manifest, sight: &Sight) -> Results {
    let (seen, unseen): (Vec<_>, Vec<_>) =
        report.tests.iter().partition(|test| sight.sees(test.visibility, manifest));
    let mut hidden: Vec<HiddenGroup> = Vec::new();
    for test in unseen {
        let name = patterns_of(&test.name, manifest);
        match hidden.iter_mut().find(|group| group.group == name) {
            Some(group) => count(group, test),
            None => hidden.push(first_of(name, test)),
        }
    }
    for group in &mut hidden {
        (group.points, group.possible) = (rounded(group.points), rounded(group.possible));
    }
    Results { tests: seen.into_iter().map(cut_texts).collect(), hidden }
}

impl Sight {
    /// Whether the reader may see tests of this visibility one by one.
    fn sees(&self, visibility: Visibility, manifest: &Manifest) -> bool {
        let shown = match visibility {
            Visibility::Visible => true,
            Visibility::Hidden => false,
            Visibility::AfterDue => manifest.due.is_some_and(|due| due <= self.now),
        };
        self.instructor || shown
    }
}

/// The patterns of the test's group; hidden tests always have a group, because tests without one are
/// visible.
fn patterns_of(test: &str, manifest: &Manifest) -> String {
    let group = manifest.group_of(test).and_then(|n| manifest.groups.get(n));
    group.map(|group| group.tests.join(",")).unwrap_or_default()
}

fn first_of(name: String, test: &TestResult) -> HiddenGroup {
    let mut group = HiddenGroup { group: name, passed: 0, failed: 0, points: 0.0, possible: 0.0 };
    count(&mut group, test);
    group
}

fn count(group: &mut HiddenGroup, test: &TestResult) {
    let passed = test.outcome == Outcome::Passed;
    *(if passed { &mut group.passed } else { &mut group.failed }) += 1;
    group.points += test.points;
    group.possible += test.possible;
}

fn cut_texts(test: &TestResult) -> TestResult {
    let mut test = test.clone();
    for text in [&mut test.input, &mut test.expected, &mut test.actual, &mut test.message] {
        *text = cut(text, SHOWN_BYTES);
    }
    if let Some(crash) = &mut test.crash {
        crash.message = cut(&crash.message, SHOWN_BYTES);
    }
    test.points = rounded(test.points);
    test.possible = rounded(test.possible);
    test
}
