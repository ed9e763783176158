//! Promises of the ranking.

use std::collections::BTreeMap;

use shared::report::{Crash, Outcome};

use super::*;
use crate::coverage::{Statement, TestRun};

/// A test's result: `+` passed, `-` failed; the lines that it ran.
fn told(tests: &[(&str, Outcome, &[u32])]) -> (Vec<TestResult>, Coverage) {
    let results = tests.iter().map(|(name, outcome, _)| result(name, *outcome)).collect();
    let runs = tests.iter().map(|(name, _, lines)| ((*name).to_owned(), ran(lines))).collect();
    let lines = tests.iter().flat_map(|(_, _, lines)| lines.iter());
    let statements = lines.map(|line| (at(*line), Statement::Assign)).collect();
    (results, Coverage { statements, runs, ..Coverage::default() })
}

fn at(line: u32) -> Place {
    Place { path: "solution.py".to_owned(), line }
}

fn ran(lines: &[u32]) -> TestRun {
    TestRun { hits: lines.iter().map(|line| (at(*line), 1)).collect(), crash: None }
}

/// A visible test's result.
pub(crate) fn result(name: &str, outcome: Outcome) -> TestResult {
    TestResult {
        name: name.to_owned(),
        outcome,
        points: 0.0,
        possible: 1.0,
        visibility: Visibility::Visible,
        duration_ms: 1,
        cpu_ms: 1,
        peak_bytes: 1,
        input: String::new(),
        expected: String::new(),
        actual: String::new(),
        message: String::new(),
        crash: None,
    }
}

/// An `IndexError` on this line; 0 where it is not known.
fn crash(line: u32) -> Crash {
    let (path, name) = ("solution.py".to_owned(), "IndexError".to_owned());
    Crash { path, line, name, message: String::new() }
}

fn lines(ranking: &Ranking) -> Vec<u32> {
    ranking.suspects.iter().map(|suspect| suspect.line).collect()
}

#[test]
fn the_line_that_only_failing_tests_ran_comes_first() {
    let (results, coverage) =
        told(&[("a", Outcome::Passed, &[1, 2, 4]), ("b", Outcome::WrongAnswer, &[1, 3, 4])]);

    let ranking = rank(&results, &coverage).visible;

    assert_eq!(lines(&ranking), [3, 4, 1]);
    assert_eq!(ranking.suspects[0].evidence, [Evidence::Spectrum { failing: 1, passing: 0 }]);
    assert!(ranking.suspects.is_sorted_by(|a, b| a.score >= b.score && a.rank + 1 == b.rank));
}

#[test]
fn equals_are_ordered_by_crash_then_kind_then_place() {
    let (mut results, mut coverage) = told(&[("a", Outcome::RuntimeError, &[1, 2, 3, 4])]);
    coverage.statements.insert(at(2), Statement::Return);
    results[0].crash = Some(crash(1));

    let ranking = rank(&results, &coverage).visible;

    assert_eq!(lines(&ranking), [1, 2, 4, 3]);
    let crash = Evidence::Crash { name: "IndexError".to_owned() };
    assert!(ranking.suspects[0].evidence.contains(&crash));
}

#[test]
fn the_crash_of_the_judges_own_run_is_the_evidence() {
    let (mut results, mut coverage) =
        told(&[("a", Outcome::RuntimeError, &[1, 2]), ("b", Outcome::RuntimeError, &[1, 2])]);
    let other = (at(2), "RecursionError".to_owned());
    let same = (at(2), "IndexError".to_owned());
    let crashed = |coverage: &mut Coverage, a: &(Place, String), b: &(Place, String)| {
        coverage.runs.get_mut("a").unwrap().crash = Some(a.clone());
        coverage.runs.get_mut("b").unwrap().crash = Some(b.clone());
    };

    (results[0].crash, results[1].crash) = (Some(crash(1)), Some(crash(0)));
    crashed(&mut coverage, &other, &other);
    let own = Spectrum::of(&results.iter().collect::<Vec<_>>(), &coverage).crashes;
    crashed(&mut coverage, &other, &same);
    let again = Spectrum::of(&results.iter().collect::<Vec<_>>(), &coverage).crashes;

    let told =
        |lines: &[u32]| lines.iter().map(|line| (at(*line), "IndexError".to_owned())).collect();
    assert_eq!(own, told(&[1]));
    assert_eq!(again, told(&[1, 2]), "the line is known from the watched run alone");
}

#[test]
fn the_order_is_strict_and_the_same_each_time() {
    let (results, coverage) = told(&[
        ("a", Outcome::Passed, &[1, 2, 3]),
        ("b", Outcome::WrongAnswer, &[1, 2, 3]),
        ("c", Outcome::TimeLimit, &[3, 5]),
    ]);

    let once = order_of_all(&results, &coverage);
    let again = order_of_all(&results, &coverage);

    assert_eq!(once, again);
    let mut unique = once.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), once.len());
}

#[test]
fn hidden_tests_move_only_the_ranking_of_all_tests() {
    let (mut results, coverage) =
        told(&[("a", Outcome::WrongAnswer, &[1, 2]), ("hidden", Outcome::WrongAnswer, &[2, 3])]);
    results[1].visibility = Visibility::Hidden;

    let rankings = rank(&results, &coverage);

    assert_eq!(lines(&rankings.visible), [2, 1]);
    assert_eq!(lines(&rankings.all), [2, 3, 1]);
}

#[test]
fn abstention_says_why() {
    let (passed, lines_of_it) = told(&[("a", Outcome::Passed, &[1])]);
    let (failed, nothing_ran) = told(&[("a", Outcome::RuntimeError, &[])]);
    let (skipped, _) = told(&[("a", Outcome::Skipped, &[])]);
    let missing =
        Coverage { missing: Some("no lines were recorded".to_owned()), ..Coverage::default() };

    let why = |results: &[TestResult], coverage: &Coverage| {
        rank(results, coverage).visible.abstained.unwrap()
    };

    assert_eq!(why(&passed, &lines_of_it), "no test failed");
    assert_eq!(why(&failed, &nothing_ran), "no line of the program ran in a failing test");
    let none = Coverage::default();
    assert_eq!(why(&skipped, &none), "the program was not run");
    assert_eq!(why(&failed, &missing), "no lines were recorded");
    assert_eq!(nothing_ran.statements, BTreeMap::new());
}
