//! A value that a call gave against the expected one.

use std::collections::HashMap;

use shared::package::Value;

use super::close;

/// Relative difference within which floats are equal (design, section 5).
const TOLERANCE: f64 = 1e-6;

/// Elements of a set or dict that are compared one by one, where they are not equal to the letter.
const MAX_UNLIKE: usize = 1000;

/// Whether a value is the expected one.
///
/// A bool is no int; an int and a float are equal if their values are, as in Python; sets and dicts have no
/// order; a tuple passes for a list, and a list for a tuple, only where `loose`.
pub(crate) fn same(expected: &Value, actual: &Value, loose: bool) -> bool {
    match (expected, actual) {
        (Value::None, Value::None) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::String(a), Value::String(b)) | (Value::Int(a), Value::Int(b)) => a == b,
        (Value::Float(a), Value::Float(b)) => match (a.parse(), b.parse()) {
            (Ok(a), Ok(b)) => close(a, b, TOLERANCE),
            _ => false,
        },
        (Value::Int(int), Value::Float(float)) | (Value::Float(float), Value::Int(int)) => {
            whole(float).is_some_and(|digits| digits == *int)
        }
        (Value::List(a), Value::List(b)) | (Value::Tuple(a), Value::Tuple(b)) => {
            in_order(a, b, loose)
        }
        (Value::List(a), Value::Tuple(b)) | (Value::Tuple(a), Value::List(b)) => {
            loose && in_order(a, b, loose)
        }
        (Value::Set(a), Value::Set(b)) => in_any_order(a, b, |a, b| same(a, b, loose)),
        (Value::Dict(a), Value::Dict(b)) => {
            in_any_order(a, b, |a, b| same(&a.0, &b.0, loose) && same(&a.1, &b.1, loose))
        }
        _ => false,
    }
}

fn in_order(expected: &[Value], actual: &[Value], loose: bool) -> bool {
    let mut pairs = expected.iter().zip(actual);
    expected.len() == actual.len() && pairs.all(|(a, b)| same(a, b, loose))
}

/// The digits of a float that is a whole number.
fn whole(float: &str) -> Option<String> {
    let value: f64 = float.parse().ok()?;
    let is_whole = value.is_finite() && value.fract() == 0.0;
    is_whole.then(|| if value == 0.0 { "0".to_owned() } else { format!("{value:.0}") })
}

/// Pairs off what is equal to the letter, then compares the few that are left one by one.
fn in_any_order<T: std::fmt::Debug>(
    expected: &[T],
    actual: &[T],
    same: impl Fn(&T, &T) -> bool,
) -> bool {
    if expected.len() != actual.len() {
        return false;
    }
    let mut by_letter: HashMap<String, Vec<&T>> = HashMap::new();
    for item in actual {
        by_letter.entry(format!("{item:?}")).or_default().push(item);
    }
    let mut wanted = Vec::new();
    for item in expected {
        let met = by_letter.get_mut(&format!("{item:?}")).and_then(Vec::pop);
        if met.is_none() {
            wanted.push(item);
        }
    }
    let mut left: Vec<&T> = by_letter.into_values().flatten().collect();
    wanted.len() <= MAX_UNLIKE
        && wanted.into_iter().all(|item| {
            let place = left.iter().position(|other| same(item, other));
            place.map(|place| left.swap_remove(place)).is_some()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn int(digits: &str) -> Value {
        Value::Int(digits.to_owned())
    }

    fn float(digits: &str) -> Value {
        Value::Float(digits.to_owned())
    }

    #[test]
    fn a_bool_is_no_int() {
        assert!(!same(&int("1"), &Value::Bool(true), true));
        assert!(same(&Value::Bool(true), &Value::Bool(true), false));
    }

    #[test]
    fn an_int_equals_a_float_of_the_same_value_and_no_other() {
        assert!(same(&int("7"), &float("7.0"), false));
        assert!(same(&int("0"), &float("-0.0"), false));
        assert!(!same(&int("7"), &float("7.0000001"), false));
        assert!(!same(&int("9007199254740993"), &float("9007199254740992.0"), false));
    }

    #[test]
    fn floats_are_equal_within_a_millionth() {
        assert!(same(&float("0.3"), &float("0.30000000000000004"), false));
        assert!(same(&float("nan"), &float("nan"), false));
        assert!(!same(&float("inf"), &float("-inf"), false));
        assert!(!same(&float("1e-9"), &float("2e-9"), false));
    }

    #[test]
    fn a_tuple_is_a_list_only_where_loose() {
        let (list, tuple) = (Value::List(vec![int("1")]), Value::Tuple(vec![int("1")]));
        assert!(!same(&list, &tuple, false));
        assert!(same(&list, &tuple, true));
    }

    #[test]
    fn sets_and_dicts_have_no_order() {
        let set = |a, b| Value::Set(vec![a, b]);
        assert!(same(&set(int("1"), float("0.3")), &set(float("0.30000000001"), int("1")), false));
        assert!(!same(&set(int("1"), int("2")), &set(int("1"), int("3")), false));
        let dict = |key, value| Value::Dict(vec![(key, value), (int("0"), int("0"))]);
        assert!(same(&dict(int("1"), int("2")), &dict(float("1.0"), int("2")), false));
        assert!(!same(&dict(int("1"), int("2")), &dict(int("1"), int("3")), false));
    }

    #[test]
    fn what_only_shows_itself_as_the_expected_value_is_not_it() {
        let liar = Value::Other { name: "int".to_owned(), shown: "7".to_owned() };
        assert!(!same(&int("7"), &liar, true));
    }
}
