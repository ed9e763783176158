//! Two numbers that should be equal.

use crate::writer::rules::differences::{
    Difference, FACTOR, INTEGER_DIVISION, OFF_BY_ONE, ROUNDING, SIGN, STAYED_ZERO, TOO_LARGE,
    TOO_SMALL,
};

/// How two different numbers differ.
pub(super) fn name(expected: f64, actual: f64) -> Difference {
    let off = actual - expected;
    let same = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0);
    let whole = is_whole(expected) && is_whole(actual);
    if same(actual, -expected) && expected.abs() > 1e-9 {
        SIGN
    } else if whole && same(off.abs(), 1.0) {
        OFF_BY_ONE
    } else if !whole && is_whole(actual) && same(expected.trunc(), actual) {
        INTEGER_DIVISION
    } else if !whole && off.abs() <= 0.02 * expected.abs().max(1.0) {
        ROUNDING
    } else if same(actual, 0.0) {
        STAYED_ZERO
    } else if is_factor(expected, actual) || is_factor(actual, expected) {
        FACTOR
    } else if off > 0.0 {
        TOO_LARGE
    } else {
        TOO_SMALL
    }
}

/// Whether `large` is 2 to 4 times `small`; a larger factor is chance more often than not.
fn is_factor(small: f64, large: f64) -> bool {
    let times = large / small;
    is_whole(times) && (2.0..=4.0).contains(&times)
}

/// Whether a number that should be whole has a fraction that is no mere rounding error.
pub(super) fn has_fraction(actual: f64) -> bool {
    actual.is_finite() && (actual - actual.round()).abs() > 1e-6
}

fn is_whole(number: f64) -> bool {
    number.is_finite() && number.fract().abs() < f64::EPSILON
}
