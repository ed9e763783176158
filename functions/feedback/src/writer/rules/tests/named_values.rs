//! Every difference between values is found by its name.

use crate::writer::rules::{differences::*, samples::Sample};

/// Call, expected, actual, and the difference between them.
pub(super) const CASES: &[(&str, &str, &str, Difference)] = &[
    ("f(1)", "5", "None", NO_RETURN),
    ("f(1)", "None", "5", RETURNED_TOO_MUCH),
    ("f(1)", "5", "'5'", NUMBER_AS_TEXT),
    ("f(1)", "'5'", "5", TEXT_AS_NUMBER),
    ("f(1)", "2", "2.0", FLOAT_FOR_INT),
    ("f(1)", "2.0", "2", INT_FOR_FLOAT),
    ("f(1)", "True", "1", BOOL_WANTED),
    ("f(1)", "4", "False", BOOL_GIVEN),
    ("f(1)", "True", "False", OPPOSITE),
    ("f(1)", "3", "[1, 2]", MANY_FOR_ONE),
    ("f(1)", "[1, 2]", "2", ONE_FOR_MANY),
    ("f(1)", "[1, 2]", "(1, 2)", OTHER_COLLECTION),
    ("f(1)", "'a'", "4.5", OTHER_TYPE),
    ("f(1)", "-7", "7", SIGN),
    ("f(1)", "10", "9", OFF_BY_ONE),
    ("f(1)", "2.5", "2", INTEGER_DIVISION),
    ("f(1)", "11", "11.995", FRACTION),
    ("f(1)", "2.345", "2.35", ROUNDING),
    ("f(1)", "10", "20", FACTOR),
    ("f(1)", "10", "0", STAYED_ZERO),
    ("f(1)", "10", "17", TOO_LARGE),
    ("f(1)", "17", "10", TOO_SMALL),
    ("f(1)", "{'a': 1}", "{'b': 1}", KEYS),
    ("f(1)", "{'a': 1}", "{'a': 2}", KEYED_VALUES),
    ("f(1)", "[1, 2]", "[]", EMPTY_RESULT),
    ("f(1)", "[1, 2, 3]", "[3, 2, 1]", REVERSED),
    ("f(1)", "[1, 2, 3]", "[2, 1, 3]", ORDER),
    ("f(1)", "[1, 2]", "[1, 1, 2]", DUPLICATES),
    ("f(1)", "[1, 1, 2]", "[1, 2]", DUPLICATES_LOST),
    ("f(1)", "[1, 2, 3]", "[1, 2]", LAST_MISSING),
    ("f(1)", "[1, 2, 3]", "[2, 3]", FIRST_MISSING),
    ("f(1)", "[1, 2, 3, 4]", "[1, 2]", STOPS_EARLY),
    ("f(1)", "[1, 2]", "[1, 2, 3]", ONE_TOO_MANY),
    ("f(1)", "[1, 2]", "[1, 2, 3, 4]", GOES_ON),
    ("f(1)", "[1, 2, 3]", "[1, 3]", ONE_SHORT),
    ("f(1)", "[1, 3]", "[1, 2, 3]", ONE_LONG),
    ("f(1)", "[1, 2, 3, 4]", "[2, 4]", TOO_FEW),
    ("f(1)", "[2, 4]", "[1, 2, 3, 4]", TOO_MANY),
    ("f(1)", "[1, 2, 3]", "[2, 3, 4]", ALL_SHIFTED),
    ("f(1)", "[1, 2, 3]", "[1, 2, 9]", LAST_ITEM),
    ("f(1)", "[1, 2, 3]", "[9, 2, 3]", FIRST_ITEM),
    ("f(1)", "[1, 2, 3]", "[1, 9, 3]", ONE_ITEM),
    ("f(1)", "[1, 2, 3]", "[9, 2, 8]", MANY_ITEMS),
    ("f(1)", "'ab'", "''", EMPTY_TEXT),
    ("f(1)", "'ab'", "'Ab'", CASE),
    ("f(1)", "'a b'", "'ab'", SPACES),
    ("f(1)", "'abc'", "'ab'", TEXT_START),
    ("f(1)", "'a-b'", "'a-b-'", PUNCTUATION),
    ("f(1)", "'ab'", "'abab'", TEXT_GOES_ON),
    ("f(1)", "'abc'", "'cba'", TEXT_REVERSED),
    ("f(1)", "'abc'", "'axc'", OTHER_TEXT),
];

#[test]
fn a_difference_between_values_has_its_own_name() {
    for (call, expected, actual, difference) in CASES {
        let sample = Sample::python("def f(n):\n    return n\n").calls(call, expected, actual);

        let hint = sample.hint(1);

        assert!(hint.ends_with(difference.seen), "{}: {hint}", difference.name);
    }
}

#[test]
fn a_function_that_shows_its_result_is_told_so() {
    let sample = Sample::python("def f(n):\n    print(n)\n").calls("f(1)", "1", "None");
    let sample = sample.says("it printed: 1");

    assert!(sample.hint(1).ends_with(PRINTED.seen));
}

#[test]
fn several_tests_together_say_more_than_one() {
    let code = "def f(n):\n    return n\n";
    let empty = Sample::python(code).calls("f([])", "0", "1").calls("f([1])", "1", "1");
    let same = Sample::python(code)
        .calls("f(1)", "5", "2")
        .calls("f(2)", "6", "2")
        .calls("f(3)", "2", "2");
    let constant = Sample::python(code).calls("f(1)", "10", "13").calls("f(2)", "20", "23");

    assert!(empty.hint(1).ends_with(EMPTY_INPUT.seen), "{}", empty.hint(1));
    assert!(same.hint(1).ends_with(ALWAYS_SAME.seen), "{}", same.hint(1));
    assert!(constant.hint(1).ends_with(BY_CONSTANT.seen), "{}", constant.hint(1));
}

#[test]
fn every_difference_has_a_case() {
    let elsewhere = [PRINTED, EMPTY_INPUT, ALWAYS_SAME, BY_CONSTANT];
    let values = CASES.iter().map(|(.., difference)| *difference);
    let outputs = super::named_outputs::CASES.iter().map(|(.., difference)| *difference);
    let covered: Vec<_> = values.chain(outputs).chain(elsewhere).collect();

    let missing: Vec<_> = all().filter(|it| !covered.contains(it)).map(|it| it.name).collect();

    assert_eq!(missing, Vec::<&str>::new());
}
