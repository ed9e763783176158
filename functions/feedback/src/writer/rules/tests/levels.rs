//! Which hints a learner reads when.

use shared::report::Evidence;

use crate::writer::rules::samples::Sample;

const CODE: &str = "def f(n):\n    if n < 2:\n        return n\n    return n\n";

fn wrong() -> Sample {
    Sample::python(CODE)
        .calls("f(2)", "1", "2")
        .suspects(2, &Evidence::Spectrum { failing: 1, passing: 0 })
}

fn repair(failing_fixed: u32, passing_broken: u32) -> Evidence {
    Evidence::Repair { change: "comparison".into(), failing_fixed, passing_broken, edit: None }
}

#[test]
fn each_try_unlocks_a_level() {
    let unlocked = [1, 2, 3, 9].map(|n| wrong().on_try(n).written().unlocked);

    assert_eq!(unlocked, [1, 2, 3, 3]);
}

#[test]
fn the_assignment_caps_the_levels() {
    let written = wrong().up_to_level(2).on_try(5).written();

    assert_eq!(written.unlocked, 2);
    assert_eq!(written.hints.iter().map(|hint| hint.level).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn a_syntax_error_starts_at_its_place() {
    let sample =
        Sample::python("if a\n").does_not_build("SyntaxError", 1, "expected ':'").on_try(1);

    assert_eq!(sample.written().unlocked, 2);
    assert_eq!(sample.up_to_level(1).written().unlocked, 1, "but never above the cap");
}

#[test]
fn the_second_level_quotes_the_first_suspect_and_the_third_says_what_sort_of_change() {
    let sample = wrong();

    let text = sample.hint(2);
    assert_eq!(
        text,
        "Start at line 2, `if n < 2:`. It ran in 1 test that did not pass, and in none that passed."
    );
    assert!(sample.hint(3).contains("check the comparison"), "{}", sample.hint(3));
    assert_eq!(sample.written().hints[1].line, Some(2));
}

#[test]
fn only_a_repair_that_passes_everything_is_verified() {
    let verified = |evidence| {
        let sample = Sample::python(CODE).calls("f(2)", "1", "2").calls("f(3)", "1", "2");
        sample.suspects(2, &evidence).written().verified
    };

    assert!(verified(repair(2, 0)));
    assert!(!verified(repair(1, 0)));
    assert!(!verified(repair(2, 1)));
    assert!(!verified(Evidence::Spectrum { failing: 2, passing: 0 }));
}

#[test]
fn a_program_that_passes_gets_no_hints() {
    let written = Sample::python(CODE).calls("f(2)", "1", "1").written();

    assert_eq!((written.summary.as_str(), written.hints.len()), ("The test passes.", 0));
}

#[test]
fn where_no_line_stands_out_the_way_back_starts_at_the_result() {
    let hint = Sample::python(CODE).calls("f(2)", "1", "2").hint(2);

    assert!(hint.contains("line 4, `return n`"), "{hint}");
}
