//! What the judge says of a test beside its outcome, read from its message.

use shared::report::{Outcome, TestResult};

/// A function that the tests call and that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Missing<'a> {
    /// Its name.
    pub(super) name: &'a str,
    /// The functions that are there.
    pub(super) defined: Vec<&'a str>,
}

/// `there is no function gcd; the file defines: GCD`.
pub(super) fn missing(test: &TestResult) -> Option<Missing<'_>> {
    let said = test.message.strip_prefix("there is no function ")?;
    let said = said.trim_end_matches('.');
    let (name, rest) = said.split_once(';').unwrap_or((said, ""));
    let defined = rest.split_once("defines: ").map_or("", |(_, names)| names);
    let plain = |name: &'_ str| !name.is_empty();
    let defined = defined.split(',').map(bare).filter(|name| plain(name)).collect();
    Some(Missing { name: bare(name), defined })
}

fn bare(name: &str) -> &str {
    name.trim().trim_matches(['\'', '`', '"'])
}

/// The exit code, not 0, of a program that ended by itself and not by an error.
pub(super) fn exit_code(test: &TestResult) -> Option<i32> {
    if test.outcome != Outcome::RuntimeError || test.crash.is_some() {
        return None;
    }
    let (_, said) = test.message.split_once("exit code ")?;
    let end = said.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(said.len());
    said[..end].parse().ok()
}

/// Whether all that a program wrote was right, although its end was not.
pub(super) fn output_was_right(test: &TestResult) -> bool {
    test.message.ends_with("the output was as expected")
        || (!test.expected.trim().is_empty() && test.expected.trim() == test.actual.trim())
}

/// Whether a function wrote the expected value and gave back nothing, or 0.
pub(super) fn printed_it(test: &TestResult) -> bool {
    let Some(printed) = test.message.strip_prefix("it printed: ") else { return false };
    let expected = bare(&test.expected);
    let gave_nothing = matches!(test.actual.trim(), "None" | "0");
    gave_nothing && !expected.is_empty() && holds(printed, expected)
}

/// Whether a text holds these words, not as a part of longer ones.
fn holds(text: &str, words: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '-';
    text.match_indices(words).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + words.len()..]);
        let goes_on =
            after.strip_prefix('.').is_some_and(|it| it.starts_with(|c: char| c.is_ascii_digit()));
        !before.ends_with(part) && !before.ends_with('.') && !after.starts_with(part) && !goes_on
    })
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn a_value_is_found_as_a_word_of_its_own() {
        for (text, found) in
            [("7", true), ("gcd: 7\n", true), ("17", false), ("7.5", false), ("-7", false)]
        {
            assert_eq!(holds(text, "7"), found, "{text}");
        }
    }
}
