//! Standard output against the expected one.

use anyhow::bail;
use shared::{package::manifest::Compare, text};

use super::close;

/// How much of a line or word a sentence quotes, in bytes.
const QUOTED_BYTES: usize = 80;

/// Where output differs from the expected one, in a sentence; `None` where it does not.
///
/// # Errors
///
/// For a comparison that only a program of the instructor's can make: such packages are refused before.
pub(crate) fn differs(
    compare: &Compare,
    expected: &str,
    actual: &[u8],
) -> anyhow::Result<Option<String>> {
    let text = String::from_utf8_lossy(actual);
    Ok(match compare {
        Compare::Exact if expected.as_bytes() == actual => None,
        Compare::Exact => Some(
            first_difference("line", expected.lines(), text.lines(), |a, b| a == b)
                .unwrap_or_else(|| "white space or line ends differ".to_owned()),
        ),
        Compare::Lines => {
            let (expected, actual) = (lines(expected), lines(&text));
            first_difference("line", expected.lines(), actual.lines(), |a, b| a == b)
        }
        Compare::Tokens => {
            let (expected, actual) = (expected.split_whitespace(), text.split_whitespace());
            first_difference("word", expected, actual, |a, b| a == b)
        }
        Compare::Float(tolerance) => {
            let (expected, actual) = (expected.split_whitespace(), text.split_whitespace());
            first_difference("word", expected, actual, |a, b| a == b || near(a, b, *tolerance))
        }
        Compare::Checker(_) | Compare::Interactor(_) => bail!("no program compares output yet"),
    })
}

/// Lines without white space at their ends, without empty ones at the end.
fn lines(text: &str) -> String {
    let trimmed: Vec<&str> = text.lines().map(str::trim_end).collect();
    trimmed.join("\n").trim_end_matches('\n').to_owned()
}

fn near(expected: &str, actual: &str, tolerance: f64) -> bool {
    match (expected.parse(), actual.parse()) {
        (Ok(expected), Ok(actual)) => close(expected, actual, tolerance),
        _ => false,
    }
}

/// The first place in which two sequences differ.
fn first_difference<'a, 'b>(
    what: &str,
    mut expected: impl Iterator<Item = &'a str>,
    mut actual: impl Iterator<Item = &'b str>,
    same: impl Fn(&str, &str) -> bool,
) -> Option<String> {
    for number in 1.. {
        let place = match (expected.next(), actual.next()) {
            (None, None) => return None,
            (Some(a), Some(b)) if same(a, b) => continue,
            (Some(_), None) if number == 1 => return Some("it printed nothing".to_owned()),
            (Some(a), None) => format!("is missing; expected {}", quoted(a)),
            (None, Some(b)) => format!("is too much: {}", quoted(b)),
            (Some(a), Some(b)) => format!("is {}, expected {}", quoted(b), quoted(a)),
        };
        return Some(format!("{what} {number} {place}"));
    }
    None
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text::cut(&text::printable(text.as_bytes()), QUOTED_BYTES))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(compare: &Compare, expected: &str, actual: &str) -> Option<String> {
        differs(compare, expected, actual.as_bytes()).unwrap()
    }

    #[test]
    fn exact_sees_every_byte() {
        assert_eq!(told(&Compare::Exact, "7\n", "7\n"), None);
        assert!(told(&Compare::Exact, "7\n", "7").unwrap().contains("white space"));
    }

    #[test]
    fn lines_forgive_white_space_at_ends_alone() {
        assert_eq!(told(&Compare::Lines, "a b\nc\n", "a b  \nc\n\n\n"), None);
        assert!(told(&Compare::Lines, "a b", "a  b").is_some());
    }

    #[test]
    fn tokens_forgive_all_white_space_and_name_the_first_difference() {
        assert_eq!(told(&Compare::Tokens, "1 2\n3", "1\n2 3"), None);
        let said = told(&Compare::Tokens, "1 2 3", "1 5").unwrap();
        assert_eq!(said, "word 2 is \"5\", expected \"2\"");
    }

    #[test]
    fn float_compares_numbers_by_value_and_other_words_by_letter() {
        let compare = Compare::Float(1e-6);
        assert_eq!(told(&compare, "x 0.3333333", "x 0.33333331"), None);
        assert!(told(&compare, "0.3333", "0.3334").is_some());
        assert!(told(&compare, "x", "y").is_some());
    }
}
