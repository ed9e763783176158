//! Hints are short, friendly and whole sentences.

use super::{named_outputs, named_values};
use crate::writer::rules::{differences, samples::Sample};

const CODE: &str = "def f(n):\n    if n < 2:\n        return 1\n    return n * f(n - 1)\n";
/// Words that blame, or speak of marks.
const UNWANTED: [&str; 10] = [
    "stupid",
    "obviously",
    "simply",
    "just ",
    "your fault",
    "grade",
    "points",
    "score",
    "wrong answer",
    "alternatively",
];

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

#[test]
fn every_hint_is_short_and_ends_like_a_sentence() {
    let spectrum = shared::report::Evidence::Spectrum { failing: 2, passing: 1 };
    let values = named_values::CASES.iter().map(|(_, expected, actual, _)| (*expected, *actual));
    let outputs = named_outputs::CASES.iter().map(|(expected, actual, _)| (*expected, *actual));
    for (expected, actual) in values.chain(outputs) {
        let sample = Sample::python(CODE).outputs("7\n", expected, actual).suspects(2, &spectrum);
        for hint in sample.written().hints {
            assert!(
                (8..=90).contains(&words(&hint.text)),
                "{} words: {}",
                words(&hint.text),
                hint.text
            );
            assert!(hint.text.ends_with(['.', '?']), "{}", hint.text);
            let small = hint.text.to_lowercase();
            assert!(UNWANTED.iter().all(|word| !small.contains(word)), "{}", hint.text);
        }
    }
}

#[test]
fn every_difference_is_told_in_whole_sentences() {
    for difference in differences::all() {
        assert!(difference.seen.ends_with('.'), "{}", difference.name);
        assert!(difference.check.ends_with(['.', '?']), "{}", difference.name);
        assert!(words(difference.check) <= 40, "{}", difference.name);
    }
}

#[test]
fn a_long_input_is_cut() {
    let sample = Sample::python(CODE).outputs(&"9 ".repeat(4000), "1\n", "2\n");

    assert!(sample.hint(1).chars().count() < 300);
}
