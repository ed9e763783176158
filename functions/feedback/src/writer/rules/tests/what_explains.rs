//! What explains a failure best is told, and nothing that leads away from it.

use shared::report::{Evidence, Outcome};

use crate::writer::rules::{differences::PRINTED, samples::Sample};

const SPECTRUM: Evidence = Evidence::Spectrum { failing: 1, passing: 0 };

#[test]
fn a_missing_function_is_named_beside_those_that_are_there() {
    let sample = Sample::python("def GCD(a, b):\n    return a\n")
        .calls("gcd(4, 6)", "2", "")
        .ends(Outcome::NoResult)
        .says("there is no function gcd; the file defines: GCD");

    assert_eq!(
        sample.hint(1),
        "There is no function `gcd` at the top level of your file; it defines `GCD`."
    );
    assert_eq!(sample.hint(2), "Look at line 1, `def GCD(a, b):`.");
    assert!(sample.saw(2, shared::report::Seen::Runs { count: 3 }).written().questions.is_empty());
}

#[test]
fn an_empty_file_is_told_so_whatever_the_tests_do() {
    let call = Sample::python("\n")
        .calls("gcd(4, 6)", "2", "")
        .ends(Outcome::NoResult)
        .says("there is no function gcd");
    let output = Sample::python("").outputs("1\n", "1\n", "");
    let build = Sample::c("").does_not_build("", 1, "undefined reference to `main'");

    for sample in [call, output, build] {
        assert_eq!(sample.hint(1), "Your file is empty.");
    }
}

#[test]
fn a_build_that_lacks_what_the_assignment_wants_is_told_what_that_is() {
    let code = "int ggt(int a)\n{ return a; }\n";
    let signature = Sample::c(code).does_not_build(
        "faultline-signature",
        1,
        "the assignment wants int gcd(int, int)",
    );
    let function =
        Sample::c(code).does_not_build("faultline-no-function", 2, "there is no function gcd");
    let entry = Sample::python("x\n").does_not_build(
        "faultline-no-entry",
        1,
        "there is no file solution.py",
    );

    let look = "Look at line 1, `int ggt(int a)`. The assignment wants `int gcd(int, int)`.";
    assert!(signature.written().summary.ends_with("does not have what the assignment wants."));
    assert_eq!(signature.hint(2), look);
    assert_eq!(function.hint(2), "There is no function `gcd` in your program.");
    assert_eq!(entry.hint(2), "Name the file that starts your program `solution.py`.");
}

#[test]
fn an_exit_code_is_no_crash() {
    let sample = Sample::c("int main(void)\n{\n    puts(\"7\");\n    return 1;\n}\n")
        .outputs("7\n", "7\n", "")
        .ends(Outcome::RuntimeError)
        .says("it ended with exit code 1; the output was as expected")
        .suspects(3, &SPECTRUM);

    let hint = sample.hint(1);

    assert!(hint.contains("It ended with exit code 1. 0 says that all went well"), "{hint}");
    assert!(hint.ends_with("The output itself was as expected."), "{hint}");
    assert!(sample.hint(2).contains("line 4, `return 1;`"), "{}", sample.hint(2));
    assert!(sample.hint(3).contains("which code does it give"), "{}", sample.hint(3));
    assert!(!sample.hint(3).contains("At this output"), "{}", sample.hint(3));
}

#[test]
fn a_main_that_gives_no_code_is_shown_where_it_begins() {
    let sample = Sample::c("void main(void)\n{\n    puts(\"7\");\n}\n")
        .outputs("7\n", "7\n", "")
        .ends(Outcome::RuntimeError)
        .says("it ended with exit code 2; the output was as expected")
        .warned("-Wmain", 1, "return type of 'main' is not 'int'")
        .suspects(3, &SPECTRUM);

    assert!(sample.hint(2).contains("Look at line 1, `void main(void)`"), "{}", sample.hint(2));
    assert!(sample.hint(3).contains("`main` gives back"), "{}", sample.hint(3));
}

#[test]
fn a_warning_that_explains_the_failure_comes_before_the_difference() {
    for (code, message) in [
        ("-Wreturn-type", "control reaches end of non-void function"),
        ("-Wparentheses", "suggest parentheses around assignment used as truth value"),
        ("-Winfinite-recursion", "infinite recursion detected"),
        ("-Wformat=", "format '%d' expects argument of type 'int'"),
    ] {
        let sample = Sample::c("int f(int n)\n{ return n; }\n")
            .calls("f(10)", "10", "17")
            .warned("-Wunused-variable", 1, "unused variable 'x'")
            .warned(code, 2, message)
            .suspects(1, &SPECTRUM);

        let (first, third) = (sample.hint(1), sample.hint(3));

        let at = first.find("The compiler warns").expect("a warning at level 1");
        assert!(at < first.find("larger than").unwrap(), "{first}");
        assert!(!third.starts_with("Check what is counted"), "{third}");
        assert!(sample.hint(2).contains("warns about line 2"), "{}", sample.hint(2));
    }
}

#[test]
fn a_value_that_was_printed_is_seen_by_the_judge_in_any_language() {
    let python = Sample::python("def f(n):\n    if n:\n        return print(n)\n");
    let python = python.calls("f(7)", "7", "None").says("it printed: 7");
    let c = Sample::c("int f(int n)\n{ printf(\"%d\", n); return 0; }\n");
    let c = c.calls("f(7)", "7", "0").says("it printed: the result is 7\n");
    let other = Sample::python("def f(n):\n    print('hm')\n").calls("f(7)", "7", "None");

    assert!(python.hint(1).ends_with(PRINTED.seen), "{}", python.hint(1));
    assert!(c.hint(1).ends_with(PRINTED.seen), "{}", c.hint(1));
    assert_eq!(c.suspects(2, &SPECTRUM).hint(3), PRINTED.check, "no word on the suspect");
    assert!(!other.says("it printed: 17").hint(1).ends_with(PRINTED.seen));
}

#[test]
fn only_a_wrong_value_is_looked_for_further_above() {
    let crashed = |name| {
        let sample = Sample::python("n = 0\nprint(9 / n)\n").outputs("0\n", "1\n", "");
        sample.crashes(name, 2, "words").hint(2).contains("further above")
    };

    assert!(crashed("ZeroDivisionError") && crashed("KeyError"));
    assert!(!crashed("NameError") && !crashed("EOFError") && !crashed("RecursionError"));
}

#[test]
fn input_in_a_file_whose_function_is_called_is_told_as_that() {
    let sample = Sample::python("n = int(input())\ndef f(n):\n    return n\n")
        .calls("f(1)", "1", "")
        .crashes("EOFError", 1, "EOF when reading a line");

    assert!(sample.hint(1).contains("call the function and give no input"), "{}", sample.hint(1));
}
