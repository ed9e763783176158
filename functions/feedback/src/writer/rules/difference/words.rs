//! Two texts that should be equal.

use crate::writer::rules::differences::{
    CASE, Difference, EMPTY_TEXT, LINE_BREAKS, OTHER_TEXT, PUNCTUATION, SPACES, TEXT_GOES_ON,
    TEXT_REVERSED, TEXT_START,
};

/// How two texts differ in form alone; `None` where they differ in more.
pub(super) fn form(expected: &str, actual: &str) -> Option<Difference> {
    if compact(expected) == compact(actual) {
        let lines = |text: &str| text.trim_end().lines().map(compact).collect::<Vec<_>>();
        return Some(if lines(expected) == lines(actual) { SPACES } else { LINE_BREAKS });
    }
    if compact(expected).to_lowercase() == compact(actual).to_lowercase() {
        return Some(CASE);
    }
    (!plain(expected).is_empty() && plain(expected) == plain(actual)).then_some(PUNCTUATION)
}

/// How two different texts differ.
pub(super) fn name(expected: &str, actual: &str) -> Difference {
    if actual.is_empty() {
        return EMPTY_TEXT;
    }
    if let Some(name) = form(expected, actual) {
        return name;
    }
    if expected.starts_with(actual) {
        TEXT_START
    } else if !expected.is_empty() && actual.starts_with(expected) {
        TEXT_GOES_ON
    } else if expected.chars().rev().eq(actual.chars()) {
        TEXT_REVERSED
    } else {
        OTHER_TEXT
    }
}

fn compact(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Letters and digits, and what makes one number another: sign and point beside a digit.
fn plain(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let kept = |(at, c): (usize, &char)| match c {
        '-' | '.' => digit(at + 1).then_some(*c),
        c => c.is_alphanumeric().then_some(*c),
    };
    chars.iter().enumerate().filter_map(kept).collect()
}
