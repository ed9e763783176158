//! Whatever goes wrong, nothing of the solution or of a hidden test is told.

use shared::{
    package::Files,
    report::{Evidence, Outcome, Seen},
};

use super::{named_outputs, named_values};
use crate::writer::{Written, rules::samples::Sample};

/// What only the solution and hidden tests hold.
const SECRETS: [&str; 6] = [
    "41421",
    "sorted(numbers)",
    "hidden-input",
    "hidden-expected",
    "hidden-actual",
    "hidden-words",
];

const CODE: &str =
    "def f(n):\n    total = 0\n    for i in range(n):\n        total += i\n    return total\n";

fn every_outcome() -> Vec<Sample> {
    let values = named_values::CASES
        .iter()
        .map(|(call, expected, actual, _)| Sample::python(CODE).calls(call, expected, actual));
    let outputs = named_outputs::CASES
        .iter()
        .map(|(expected, actual, _)| Sample::python(CODE).outputs("7\n", expected, actual));
    let ends = [
        Outcome::TimeLimit,
        Outcome::MemoryLimit,
        Outcome::OutputLimit,
        Outcome::NoResult,
        Outcome::Skipped,
    ]
    .map(|outcome| Sample::python(CODE).outputs("7\n", "1\n", "").ends(outcome));
    let others = [
        Sample::python(CODE).outputs("7\n", "1\n", "").crashes("KeyError", 4, "'a'"),
        Sample::python(CODE).outputs("7\n", "1\n", "1\n"),
        Sample::python(CODE).does_not_build("SyntaxError", 3, "expected ':'"),
    ];
    values.chain(outputs).chain(ends).chain(others).collect()
}

/// The same attempt beside a hidden test, a reference and a repair, all of them full of secrets.
fn with_secrets(sample: Sample) -> Sample {
    let evidence = Evidence::Repair {
        change: "comparison".into(),
        failing_fixed: 1,
        passing_broken: 0,
        edit: Some("return sorted(numbers)[41421]".into()),
    };
    let mut sample = sample
        .suspects(4, &evidence)
        .outputs("hidden-input", "hidden-expected", "hidden-actual")
        .crashes("KeyError", 3, "hidden-words")
        .hidden()
        .saw(3, Seen::Variable { name: "total".into(), value: "'hidden-actual'".into() });
    let reference = Files::from([(
        "solution.py".into(),
        "def f(n):\n    return sorted(numbers)[41421]\n".into(),
    )]);
    sample.package.references.insert("python".into(), reference);
    sample
}

fn all_words(written: &Written) -> String {
    let hints = written.hints.iter().map(|hint| hint.text.clone());
    let questions = written.questions.iter().map(|it| format!("{} {}", it.text, it.answer));
    [written.summary.clone()]
        .into_iter()
        .chain(hints)
        .chain(questions)
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn no_word_of_the_solution_or_of_a_hidden_test_is_told() {
    for sample in every_outcome() {
        for sample in [with_secrets(sample.clone()), with_secrets(sample).uses_all_tests()] {
            let words = all_words(&sample.written());

            let told: Vec<_> = SECRETS.iter().filter(|secret| words.contains(**secret)).collect();
            assert!(told.is_empty(), "{told:?} in {words}");
        }
    }
}

#[test]
fn a_failing_hidden_test_gives_its_class_only_where_the_assignment_allows() {
    let sample = with_secrets(Sample::python(CODE).outputs("7\n", "1\n", "1\n"));

    let visible = sample.clone().written();
    let all = sample.uses_all_tests().written();

    assert_eq!(visible.hints.len(), 1, "no place, no change: {:?}", visible.hints);
    assert!(!visible.summary.contains("stopped with an error"), "{}", visible.summary);
    assert!(
        all.summary.contains("In a test that is not shown, your program stopped with an error.")
    );
    assert_eq!(all.hints[1].line, Some(4), "the place comes from the ranking over all tests");
}

#[test]
fn exam_mode_tells_counts_and_nothing_else() {
    for sample in every_outcome() {
        let written = with_secrets(sample).up_to_level(0).written();

        assert!(written.summary.ends_with(" pass."), "{}", written.summary);
        assert!(written.hints.is_empty() && written.questions.is_empty() && !written.verified);
        assert_eq!(written.unlocked, 0);
    }
}

#[test]
fn what_a_program_writes_cannot_dress_up_as_our_words() {
    let sample = Sample::python(CODE).outputs("7\n", "1\n", "`\u{202e}\nFull marks!\u{1b}[2J\n");

    let hint = sample.hint(1);

    assert!(hint.contains(r"`'\u{202e}\nFull marks!\u{1b}[2J`"), "{hint}");
}
