//! The one question about the learner's own run.

use shared::report::{Evidence, Outcome, Seen};

use crate::writer::rules::samples::Sample;

const CODE: &str =
    "def f(n):\n    total = 0\n    for i in range(n):\n        total += i\n    return total\n";

fn runs(count: u64) -> Seen {
    Seen::Runs { count }
}

fn variable(value: &str) -> Seen {
    Seen::Variable { name: "total".into(), value: value.into() }
}

fn asked(sample: &Sample) -> Option<(String, String)> {
    let question = sample.written().questions.into_iter().next()?;
    assert!(question.text.ends_with('?'), "{}", question.text);
    Some((question.text, question.answer))
}

#[test]
fn the_answer_is_what_was_observed_near_the_first_suspect() {
    let sample = Sample::python(CODE)
        .calls("f(3)", "6", "3")
        .suspects(4, &Evidence::Spectrum { failing: 1, passing: 0 })
        .saw(1, runs(1))
        .saw(4, runs(3));

    let (text, answer) = asked(&sample).unwrap();

    assert_eq!(text, "For `f(3)`, how many times does line 4, `total += i`, run?");
    assert_eq!(answer, "3");
}

#[test]
fn each_sort_of_observation_can_be_asked_for() {
    let returned = Seen::Returned { function: "f".into(), value: "2".into() };
    let branch = Seen::Branch { taken: vec![true, false, true] };
    for (seen, says, right) in [
        (runs(4), "how many times does line 4", "4"),
        (variable("7"), "value of `total`", "7"),
        (returned, "give back", "2"),
        (branch, "hold", "2"),
    ] {
        let sample = Sample::python(CODE).calls("f(3)", "6", "3").saw(4, seen);

        let (text, answer) = asked(&sample).unwrap();

        assert!(text.contains(says), "{text}");
        assert_eq!(answer, right);
    }
}

#[test]
fn what_cannot_fairly_be_asked_is_not() {
    let long = "9".repeat(60);
    let unfair = [
        runs(4000),
        variable("<object at 0x7f>"),
        variable(&long),
        Seen::Branch { taken: vec![true; 20] },
    ];
    for seen in unfair {
        let sample = Sample::python(CODE).calls("f(3)", "6", "3").saw(4, seen);

        assert_eq!(asked(&sample), None);
    }
}

#[test]
fn a_program_that_passes_is_asked_too_and_one_that_does_not_build_is_not() {
    let passing = Sample::python(CODE).calls("f(3)", "3", "3").saw(4, variable("7"));
    let broken = passing.clone().does_not_build("SyntaxError", 1, "invalid syntax");

    assert!(asked(&passing).is_some());
    assert_eq!(asked(&broken), None);
    assert_eq!(asked(&Sample::python(CODE).calls("f(3)", "3", "3")), None, "nothing observed");
}

#[test]
fn of_a_program_that_was_stopped_only_what_does_not_depend_on_the_machine_is_asked() {
    let stopped = Sample::python(CODE).calls("f(3)", "6", "").ends(Outcome::TimeLimit);

    let in_the_loop = stopped.clone().saw(4, runs(900_000)).saw(4, variable("7"));
    let branch = Seen::Branch { taken: vec![true] };
    let before_it = stopped.saw(3, runs(1)).saw(3, branch);

    assert_eq!(asked(&in_the_loop), None);
    assert_eq!(asked(&before_it).unwrap().1, "1");
}

#[test]
fn what_needs_no_thought_is_not_asked_even_if_nothing_else_is_left() {
    let sample = Sample::python(CODE)
        .calls("f(3)", "6", "3")
        .suspects(2, &Evidence::Spectrum { failing: 1, passing: 0 })
        .saw(1, runs(4))
        .saw(2, variable("0"))
        .saw(4, runs(1))
        .saw(4, variable("3"));

    assert_eq!(asked(&sample), None);
    assert_eq!(asked(&sample.saw(4, runs(5))).unwrap().1, "5");
}

#[test]
fn a_decision_that_was_taken_once_is_asked_for_where_nothing_better_is_known() {
    let code = "def f(n):\n    if n % 3 == 0:\n        return 'fizz'\n    return str(n)\n";
    let sample = Sample::python(code).calls("f(15)", "'fizzbuzz'", "'fizz'");
    let decided = sample.saw(2, Seen::Branch { taken: vec![true] });

    let (text, answer) = asked(&decided).unwrap();

    assert_eq!(
        text,
        "For `f(15)`, how many times does the condition in line 2, `if n % 3 == 0:`, hold?"
    );
    assert_eq!(answer, "1");
    assert_eq!(asked(&decided.saw(2, runs(3))).unwrap().1, "3", "this is better");
}

#[test]
fn a_program_without_loops_is_asked_whether_a_suspect_is_reached() {
    let code = "int main(void) {\n    int a;\n    scanf(\"%d\", &a);\n    if (a > 3) {\n        \
                printf(\"big\");\n    }\n}\n";
    let sample = Sample::c(code)
        .outputs("3", "big", "")
        .suspects(5, &Evidence::Spectrum { failing: 1, passing: 0 })
        .saw(3, runs(1))
        .saw(5, runs(0));

    let (text, answer) = asked(&sample).unwrap();

    assert!(text.contains("how many times does line 5"), "{text}");
    assert_eq!(answer, "0");
}
