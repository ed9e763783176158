//! The list of tests: one line each, and why a test failed.

use shared::{
    report::{Outcome, TestResult},
    submission::HiddenGroup,
};

use super::{
    difference::{labelled, parted},
    style::{BAD, FAINT, GOOD, STRONG, clean, paragraph},
};

/// How many failing tests are told in detail.
const DETAILED: usize = 3;
/// How the judge begins what a function wrote that should have given a value.
const PRINTED: &str = "it printed: ";

pub(super) fn list(tests: &[TestResult], hidden: &[HiddenGroup], width: usize) -> String {
    if tests.is_empty() && hidden.is_empty() {
        return String::new();
    }
    let skipped = tests.iter().filter(|test| test.outcome == Outcome::Skipped).count();
    let none_ran = skipped == tests.len() && hidden.is_empty();
    if none_ran {
        return format!("{}\n", FAINT.of(&format!("{skipped} tests were not run")));
    }
    let mut shown = format!("{}\n", STRONG.of("Tests"));
    let mut detailed = 0;
    for test in tests {
        shown += &heading(test);
        let failed = !matches!(test.outcome, Outcome::Passed | Outcome::Skipped);
        if failed && detailed < DETAILED {
            detailed += 1;
            shown += &details(test, width);
        }
    }
    for group in hidden {
        shown += &hidden_group(group);
    }
    shown
}

fn heading(test: &TestResult) -> String {
    let name = clean(&test.name);
    match test.outcome {
        Outcome::Passed => format!("  {} {name}\n", GOOD.of("✓")),
        Outcome::Skipped => format!("  {} {name}  {}\n", FAINT.of("–"), FAINT.of("skipped")),
        outcome => format!(
            "  {} {name}  {}\n",
            BAD.of("✗"),
            BAD.of(if left_with_a_code(test) {
                "ended with an exit code"
            } else {
                in_words(outcome)
            })
        ),
    }
}

/// Whether a program ended by itself, with a code that is not 0 and without an error.
fn left_with_a_code(test: &TestResult) -> bool {
    test.outcome == Outcome::RuntimeError
        && test.crash.is_none()
        && test.message.contains("exit code ")
}

fn details(test: &TestResult, width: usize) -> String {
    let mut shown = String::new();
    if !test.input.is_empty() {
        shown += &labelled("input", &test.input, width);
    }
    match test.outcome {
        Outcome::WrongAnswer => shown += &parted(&test.expected, &test.actual, width),
        _ => shown += &labelled("expected", &test.expected, width),
    }
    if !test.message.is_empty() {
        shown += &match test.message.strip_prefix(PRINTED) {
            Some(printed) if printed.trim_end().contains('\n') => {
                labelled("printed", printed, width)
            }
            _ => paragraph(&test.message, "    ", width),
        };
    }
    shown
}

fn hidden_group(group: &HiddenGroup) -> String {
    let (mark, of) = (group.failed == 0, group.passed + group.failed);
    let mark = if mark { GOOD.of("✓") } else { BAD.of("✗") };
    let counted = format!("hidden, {} of {of} passed", group.passed);
    format!("  {mark} {}  {}\n", clean(&group.group), FAINT.of(&counted))
}

fn in_words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "passed",
        Outcome::WrongAnswer => "wrong answer",
        Outcome::NoResult => "ended before it gave a result",
        Outcome::RuntimeError => "crashed",
        Outcome::TimeLimit => "used too much time",
        Outcome::WallTimeLimit => "took too long",
        Outcome::MemoryLimit => "used too much memory",
        Outcome::OutputLimit => "wrote too much",
        Outcome::ProcessLimit => "started too many processes",
        Outcome::DiskLimit => "wrote too much to files",
        Outcome::ForbiddenCall => "asked the system for something forbidden",
        Outcome::Skipped => "skipped",
    }
}
