//! What a function gave back, against what it should have given.

use shared::package::Value;

use super::{number, sequence, words};
use crate::writer::rules::differences::{
    BOOL_GIVEN, BOOL_WANTED, Difference, FLOAT_FOR_INT, FRACTION, INT_FOR_FLOAT, KEYED_VALUES,
    KEYS, MANY_FOR_ONE, NO_RETURN, NUMBER_AS_TEXT, ONE_FOR_MANY, OPPOSITE, OTHER_COLLECTION,
    OTHER_TYPE, RETURNED_TOO_MUCH, TEXT_AS_NUMBER, TOO_FEW, TOO_MANY,
};

/// How two different values differ.
pub(super) fn name(expected: &Value, actual: &Value) -> Difference {
    match (expected, actual) {
        (_, Value::None) => NO_RETURN,
        (Value::None, _) => RETURNED_TOO_MUCH,
        (Value::Bool(_), Value::Bool(_)) => OPPOSITE,
        (Value::Bool(_), _) => BOOL_WANTED,
        (_, Value::Bool(_)) => BOOL_GIVEN,
        (Value::String(expected), Value::String(actual)) => words::name(expected, actual),
        (Value::Set(expected), Value::Set(actual)) => set(expected, actual),
        (Value::Dict(expected), Value::Dict(actual)) => dict(expected, actual),
        _ => match (number_of(expected), number_of(actual)) {
            (Some(wanted), Some(came)) => numbers(expected, wanted, actual, came),
            (Some(wanted), None) if is_text_of(actual, wanted) => NUMBER_AS_TEXT,
            (None, Some(came)) if is_text_of(expected, came) => TEXT_AS_NUMBER,
            _ => collections(expected, actual),
        },
    }
}

fn numbers(expected: &Value, wanted: f64, actual: &Value, came: f64) -> Difference {
    let equal = (wanted - came).abs() <= 1e-9 * wanted.abs().max(1.0);
    match (expected, actual) {
        (Value::Int(_), Value::Float(_)) if equal => FLOAT_FOR_INT,
        (Value::Int(_), Value::Float(_)) if number::has_fraction(came) => FRACTION,
        (Value::Float(_), Value::Int(_)) if equal => INT_FOR_FLOAT,
        _ => number::name(wanted, came),
    }
}

/// Whether a text writes this number.
fn is_text_of(value: &Value, number: f64) -> bool {
    let written = match value {
        Value::String(text) => text.trim().parse::<f64>().ok(),
        _ => None,
    };
    written.is_some_and(|written| (written - number).abs() < 1e-9)
}

fn collections(expected: &Value, actual: &Value) -> Difference {
    match (items(expected), items(actual)) {
        (Some(wanted), Some(came)) if wanted == came => OTHER_COLLECTION,
        (Some(wanted), Some(came)) => sequence::name(&wanted, &came),
        (Some(_), None) => ONE_FOR_MANY,
        (None, Some(_)) => MANY_FOR_ONE,
        (None, None) => OTHER_TYPE,
    }
}

/// The items of a collection in source text; of a set, sorted.
fn items(value: &Value) -> Option<Vec<String>> {
    let shown = |items: &[Value]| items.iter().map(Value::to_string).collect::<Vec<_>>();
    match value {
        Value::List(items) | Value::Tuple(items) => Some(shown(items)),
        Value::Set(items) => {
            let mut items = shown(items);
            items.sort();
            Some(items)
        }
        _ => None,
    }
}

fn set(expected: &[Value], actual: &[Value]) -> Difference {
    let missing = expected.iter().any(|item| !actual.contains(item));
    if missing { TOO_FEW } else { TOO_MANY }
}

fn dict(expected: &[(Value, Value)], actual: &[(Value, Value)]) -> Difference {
    let has = |pairs: &[(Value, Value)], key: &Value| pairs.iter().any(|(it, _)| it == key);
    let same = expected.len() == actual.len() && expected.iter().all(|(key, _)| has(actual, key));
    if same { KEYED_VALUES } else { KEYS }
}

fn number_of(value: &Value) -> Option<f64> {
    match value {
        Value::Int(digits) | Value::Float(digits) => digits.parse().ok(),
        _ => None,
    }
}
