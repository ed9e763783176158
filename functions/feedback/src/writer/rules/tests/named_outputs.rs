//! Every difference between outputs is found by its name.

use crate::writer::rules::{differences::*, samples::Sample};

/// Expected and actual output, and the difference between them.
pub(super) const CASES: &[(&str, &str, Difference)] = &[
    ("5\n", "", NOTHING_PRINTED),
    ("5\n", "Enter a number: 5\n", PROMPT),
    ("5\n", "Number:5\n", PROMPT),
    ("5\n", "The result is 5\n", PROMPT),
    ("hello\n", "hello\nNone\n", NONE_PRINTED),
    ("Hello World\n", "hello world\n", CASE),
    ("1 2 3\n", "1\n2\n3\n", LINE_BREAKS),
    ("a b\n", "ab\n", SPACES),
    ("1, 2\n", "[1, 2]\n", PUNCTUATION),
    ("-5\n", "5\n", SIGN),
    ("2.5\n", "25\n", TOO_LARGE),
    ("10\n", "11\n", OFF_BY_ONE),
    ("3.5\n", "3\n", INTEGER_DIVISION),
    ("11\n", "11.995\n", FRACTION),
    ("1 2 3\n", "3 2 1\n", REVERSED),
    ("1\n2\n3\n", "1\n2\n", LAST_MISSING),
    ("1\n2\n3\n", "1\n2\n3\n4\n", ONE_TOO_MANY),
    ("a\nb\nc\n", "b\na\nc\n", ORDER),
    ("a\n10\nc\n", "a\n11\nc\n", OFF_BY_ONE),
    ("a\nlong word\nc\n", "a\nother\nc\n", ONE_ITEM),
    ("1 2 3\n", "2 3 4\n", ALL_SHIFTED),
    ("hello big world\n", "hello big\n", TEXT_START),
    ("yes\n", "no\n", OTHER_TEXT),
];

#[test]
fn a_difference_between_outputs_has_its_own_name() {
    for (expected, actual, difference) in CASES {
        let sample = Sample::python("print(input())\n").outputs("7 8\n", expected, actual);

        let hint = sample.hint(1);

        assert!(hint.ends_with(difference.seen), "{}: {hint}", difference.name);
    }
}

#[test]
fn the_smallest_failing_input_is_spoken_of() {
    let sample = Sample::python("print(input())\n")
        .outputs("1 2 3 4 5 6\n", "9\n", "1\n")
        .outputs("7\n", "8\n", "7\n")
        .outputs("3\n", "3\n", "3\n");

    let hint = sample.hint(1);

    assert_eq!(
        hint,
        "With the input `7`, the output should be `8`. Your program gave `7`. Your result is off by exactly one."
    );
}
