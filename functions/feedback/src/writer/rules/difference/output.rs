//! What a program wrote, against what it should have written.

use super::{number, sequence, words};
use crate::writer::rules::differences::{
    Difference, FRACTION, NONE_PRINTED, NOTHING_PRINTED, ONE_ITEM, OTHER_TEXT, PROMPT,
};

/// How two different outputs differ.
pub(super) fn name(expected: &str, actual: &str) -> Difference {
    if actual.trim().is_empty() {
        return NOTHING_PRINTED;
    }
    if let Some(name) = words::form(expected, actual) {
        return name;
    }
    let (wanted, came) = (tokens(expected), tokens(actual));
    if let Some(name) = extra(&wanted, &came) {
        return name;
    }
    if let ([wanted], [came]) = (&wanted[..], &came[..]) {
        return single(wanted, came);
    }
    let (lines_wanted, lines_came) = (lines(expected), lines(actual));
    if lines_wanted.len() > 1 && lines_came.len() > 1 {
        return by_line(&lines_wanted, &lines_came);
    }
    if all_numbers(&wanted) {
        return sequence::name(&wanted, &came);
    }
    words::name(expected.trim(), actual.trim())
}

/// One word or number each.
fn single(expected: &str, actual: &str) -> Difference {
    match (expected.parse::<f64>(), actual.parse::<f64>()) {
        (Ok(_), Ok(came)) if expected.parse::<i64>().is_ok() && number::has_fraction(came) => {
            FRACTION
        }
        (Ok(expected), Ok(actual)) => number::name(expected, actual),
        _ => words::name(expected, actual),
    }
}

/// All that was expected is there, in order, among other words.
fn extra(wanted: &[String], came: &[String]) -> Option<Difference> {
    let mut rest = came.iter();
    let mut others = Vec::new();
    for word in wanted {
        loop {
            let next = rest.next()?;
            // A prompt has no line end, so the first result may hang on its last word.
            if next == word || next.ends_with(&format!(":{word}")) {
                break;
            }
            others.push(next);
        }
    }
    others.extend(rest);
    if !others.is_empty() && others.iter().all(|word| *word == "None") {
        return Some(NONE_PRINTED);
    }
    let prompt = others.is_empty() || others.iter().any(|word| word.parse::<f64>().is_err());
    (prompt && (all_numbers(wanted) || others.iter().any(|word| !wanted.contains(word))))
        .then_some(PROMPT)
}

/// If only one line differs, what differs in it is more telling.
fn by_line(expected: &[String], actual: &[String]) -> Difference {
    match sequence::name(expected, actual) {
        ONE_ITEM => {
            let pair = expected.iter().zip(actual).find(|(wanted, came)| wanted != came);
            match pair.map(|(wanted, came)| single(wanted, came)) {
                None | Some(OTHER_TEXT) => ONE_ITEM,
                Some(named) => named,
            }
        }
        name => name,
    }
}

fn all_numbers(words: &[String]) -> bool {
    words.iter().all(|word| word.parse::<f64>().is_ok())
}

fn tokens(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn lines(text: &str) -> Vec<String> {
    text.trim().lines().map(|line| line.trim_end().to_owned()).collect()
}
