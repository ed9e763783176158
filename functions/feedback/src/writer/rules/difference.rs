//! Finds the name of the difference between what was expected and what came.

mod number;
mod output;
mod sequence;
mod value;
mod words;

use shared::{
    package::literal,
    report::{Outcome, TestResult},
};

use super::{
    differences::{
        ALWAYS_SAME, BY_CONSTANT, Difference, EMPTY_INPUT, NO_RETURN, PRINTED, TOO_LARGE, TOO_SMALL,
    },
    told,
    view::View,
};

/// The most telling name of the difference in this failing test. What several tests show together tells
/// more than one test alone, unless that one has a name of its own for it.
pub(super) fn name(view: &View<'_>, test: &TestResult) -> Difference {
    let alone = of_one(view, test);
    if view.is_call(test) && told::printed_it(test) {
        return PRINTED;
    }
    if is_only_empty_input(view, test) {
        return EMPTY_INPUT;
    }
    if alone != NO_RETURN && is_always_same(view) {
        return ALWAYS_SAME;
    }
    let vague = [TOO_LARGE, TOO_SMALL].contains(&alone);
    if vague && is_by_constant(view) { BY_CONSTANT } else { alone }
}

fn of_one(view: &View<'_>, test: &TestResult) -> Difference {
    if !view.is_call(test) {
        return output::name(&test.expected, &test.actual);
    }
    match (literal::parse(test.expected.trim()), literal::parse(test.actual.trim())) {
        (Ok(expected), Ok(actual)) => value::name(&expected, &actual),
        _ => output::name(&test.expected, &test.actual),
    }
}

/// Whether this is the only visible test that fails, and the only one without input.
fn is_only_empty_input(view: &View<'_>, test: &TestResult) -> bool {
    let passes = view.visible().any(|it| it.outcome == Outcome::Passed && !is_empty(&it.input));
    passes && view.failing().count() == 1 && is_empty(&test.input)
}

/// Whether an input holds nothing: no text, `f([])`, `f('')`, or the number 0 of items to come.
fn is_empty(input: &str) -> bool {
    let input = input.trim();
    let inner = input.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')')).unwrap_or(input);
    ["", "0", "[]", "''", "\"\"", "()", "{}"].contains(&inner.trim())
}

/// Whether at least three visible tests, that expect different results, got one and the same.
fn is_always_same(view: &View<'_>) -> bool {
    let tests: Vec<_> = view.visible().filter(|test| test.outcome != Outcome::Skipped).collect();
    let Some(first) = tests.first() else { return false };
    let same = tests.iter().all(|test| test.actual.trim() == first.actual.trim());
    let expected = tests.iter().filter(|test| test.expected.trim() != first.expected.trim());
    tests.len() > 2 && same && !first.actual.trim().is_empty() && expected.count() > 0
}

/// Whether at least two failing tests give one number each, off by the same amount.
fn is_by_constant(view: &View<'_>) -> bool {
    let amounts: Vec<Option<f64>> = view.failing().map(amount).collect();
    let first = amounts.first().copied().flatten();
    let same = |amount: &Option<f64>| match (amount, first) {
        (Some(amount), Some(first)) => (amount - first).abs() < 1e-9,
        _ => false,
    };
    amounts.len() > 1 && amounts.iter().all(same)
}

fn amount(test: &TestResult) -> Option<f64> {
    Some(test.actual.trim().parse::<f64>().ok()? - test.expected.trim().parse::<f64>().ok()?)
}
