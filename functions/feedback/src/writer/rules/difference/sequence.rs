//! Two lists of items that should be equal: items of a list, lines or words of an output.

use crate::writer::rules::differences::{
    ALL_SHIFTED, DUPLICATES, DUPLICATES_LOST, Difference, EMPTY_RESULT, FIRST_ITEM, FIRST_MISSING,
    GOES_ON, LAST_ITEM, LAST_MISSING, MANY_ITEMS, ONE_ITEM, ONE_LONG, ONE_SHORT, ONE_TOO_MANY,
    ORDER, REVERSED, STOPS_EARLY, TOO_FEW, TOO_MANY,
};

/// How two different lists differ.
pub(super) fn name(expected: &[String], actual: &[String]) -> Difference {
    if actual.is_empty() {
        return EMPTY_RESULT;
    }
    if sorted(expected) == sorted(actual) {
        return if expected.iter().rev().eq(actual) { REVERSED } else { ORDER };
    }
    if expected.len() == actual.len() {
        return same_length(expected, actual);
    }
    if sorted(&once(actual)) == sorted(expected) {
        return DUPLICATES;
    }
    if sorted(&once(expected)) == sorted(actual) {
        return DUPLICATES_LOST;
    }
    if let Some(name) = prefix(expected, actual) {
        return name;
    }
    match (expected.len(), actual.len()) {
        (wanted, came) if wanted == came + 1 => ONE_SHORT,
        (wanted, came) if wanted + 1 == came => ONE_LONG,
        (wanted, came) if wanted > came => TOO_FEW,
        _ => TOO_MANY,
    }
}

/// One is the other's start, or all but its first item.
fn prefix(expected: &[String], actual: &[String]) -> Option<Difference> {
    if expected.starts_with(actual) {
        return Some(if expected.len() == actual.len() + 1 { LAST_MISSING } else { STOPS_EARLY });
    }
    if actual.starts_with(expected) {
        return Some(if actual.len() == expected.len() + 1 { ONE_TOO_MANY } else { GOES_ON });
    }
    (expected.get(1..) == Some(actual)).then_some(FIRST_MISSING)
}

fn same_length(expected: &[String], actual: &[String]) -> Difference {
    let amount = |(e, a): (&String, &String)| Some(a.parse::<f64>().ok()? - e.parse::<f64>().ok()?);
    let amounts: Option<Vec<f64>> = expected.iter().zip(actual).map(amount).collect();
    let shifted = |amounts: &[f64]| amounts.iter().all(|it| (it - amounts[0]).abs() < 1e-9);
    if amounts.is_some_and(|amounts| amounts.len() > 1 && shifted(&amounts)) {
        return ALL_SHIFTED;
    }
    let differing: Vec<usize> = (0..expected.len()).filter(|&n| expected[n] != actual[n]).collect();
    match differing[..] {
        [at] if at + 1 == expected.len() => LAST_ITEM,
        [0] => FIRST_ITEM,
        [_] => ONE_ITEM,
        _ => MANY_ITEMS,
    }
}

fn sorted(items: &[String]) -> Vec<&String> {
    let mut sorted: Vec<_> = items.iter().collect();
    sorted.sort();
    sorted
}

/// Each item once, where it came first.
fn once(items: &[String]) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    items.iter().filter(|item| seen.insert(*item)).cloned().collect()
}
