//! Expected beside actual, with the place where they part.

use super::style::{BAD, GOOD, MARK, clean, line};

/// How many lines of a text are shown.
const LINES: usize = 8;
/// How wide labels are.
const LABEL: usize = 14;

/// A text under its label, at most eight lines of it.
pub(super) fn labelled(label: &str, text: &str, width: usize) -> String {
    block(label, &lines_of(text), 0, width, |_, shown| shown.to_owned())
}

/// Expected and actual from shortly before the line where they part; below, marks under what differs.
pub(super) fn parted(expected: &str, actual: &str, width: usize) -> String {
    let (expected, actual) = (lines_of(expected), lines_of(actual));
    let at = (0..expected.len()).find(|&at| expected.get(at) != actual.get(at));
    let at = at.unwrap_or(expected.len());
    let first = at.saturating_sub(2);
    let nothing = String::new();
    let wanted = expected.get(at).unwrap_or(&nothing);
    let got = actual.get(at).unwrap_or(&nothing);
    let (start, end) = middle(got, wanted);
    let mut shown = block("expected", &expected, first, width, |n, text| {
        if n == at { GOOD.of(text) } else { text.to_owned() }
    });
    shown += &block("actual", &actual, first, width, |n, text| {
        if n == at { BAD.of(text) } else { text.to_owned() }
    });
    let fits = LABEL + end < width && at + 1 >= actual.len();
    if fits && at < actual.len() && wanted != got {
        let marks = "^".repeat((end - start).max(1));
        shown.extend([format!("{}{}\n", " ".repeat(LABEL + start), MARK.of(&marks))]);
    }
    shown
}

/// From which column to which column `got` differs from `wanted`.
fn middle(got: &str, wanted: &str) -> (usize, usize) {
    let (got, wanted): (Vec<_>, Vec<_>) = (got.chars().collect(), wanted.chars().collect());
    let start = got.iter().zip(&wanted).take_while(|(a, b)| a == b).count();
    let (got, wanted) = (&got[start..], &wanted[start..]);
    let same = got.iter().rev().zip(wanted.iter().rev()).take_while(|(a, b)| a == b).count();
    (start, start + got.len() - same)
}

fn lines_of(text: &str) -> Vec<String> {
    clean(text).lines().map(str::to_owned).collect()
}

fn block(
    label: &str,
    lines: &[String],
    first: usize,
    width: usize,
    look: impl Fn(usize, &str) -> String,
) -> String {
    if lines.is_empty() {
        return format!("    {label:<10}(nothing)\n");
    }
    let mut shown = String::new();
    for (n, text) in lines.iter().enumerate().skip(first).take(LINES) {
        let label = if n == first { label } else { "" };
        let text = look(n, &line(text, width.saturating_sub(LABEL)));
        shown += format!("    {label:<10}{text}").trim_end();
        shown.push('\n');
    }
    let left = lines.len().saturating_sub(first + LINES);
    if left > 0 {
        shown.extend([format!("{}… {left} more\n", " ".repeat(LABEL))]);
    }
    shown
}
