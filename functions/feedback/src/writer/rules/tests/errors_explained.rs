//! Every common error is explained in our own words, with the learner's line.

use shared::report::Outcome;

use crate::writer::rules::samples::Sample;

const CRASHES: &[(&str, &str, &str)] = &[
    ("NameError", "name 'totl' is not defined", "does not know"),
    ("UnboundLocalError", "cannot access local variable 'x'", "before it has a value"),
    ("TypeError", "unsupported operand type(s) for +: 'int' and 'str'", "work on together"),
    ("TypeError", "unsupported operand type(s) for +: 'int' and 'NoneType'", "is `None`"),
    ("TypeError", "can only concatenate str (not \"int\") to str", "are joined"),
    ("TypeError", "f() missing 1 required positional argument: 'b'", "another number of values"),
    ("TypeError", "'int' object is not subscriptable", "indexed"),
    ("TypeError", "'int' object is not iterable", "walked through"),
    ("TypeError", "'int' object is not callable", "called like a function"),
    ("TypeError", "list indices must be integers or slices, not float", "not a whole number"),
    ("TypeError", "'<' not supported between instances of 'str' and 'int'", "compared by size"),
    ("IndexError", "list index out of range", "lies outside"),
    ("KeyError", "'a'", "does not have"),
    ("ValueError", "invalid literal for int() with base 10: '3 4'", "no whole number"),
    ("ValueError", "not enough values to unpack (expected 2, got 1)", "number of names"),
    ("ValueError", "max() arg is an empty sequence", "at least one item"),
    ("ZeroDivisionError", "division by zero", "divided by zero"),
    ("AttributeError", "'NoneType' object has no attribute 'append'", "is `None`"),
    ("AttributeError", "'int' object has no attribute 'append'", "its type does not have"),
    ("RecursionError", "maximum recursion depth exceeded", "calls itself"),
    ("EOFError", "EOF when reading a line", "more input than there is"),
    ("ModuleNotFoundError", "No module named 'numpi'", "module"),
    ("json.decoder.JSONDecodeError", "Expecting value", "error of its own"),
];

const SIGNALS: &[(&str, &str, &str)] = &[
    ("SIGSEGV", "ended by SIGSEGV (invalid memory access)", "not its own"),
    ("SIGFPE", "ended by SIGFPE (division by zero or overflow)", "divided by zero"),
    ("SIGABRT", "*** stack smashing detected ***: terminated", "end of an array"),
    ("SIGABRT", "free(): double free detected in tcache 2", "given back"),
    ("SIGABRT", "ended by SIGABRT", "gave up"),
];

const SYNTAX: &[(&str, &str)] = &[
    ("expected an indented block after 'if' statement on line 1", "no line that is set in"),
    ("unexpected indent", "set in further"),
    ("unindent does not match any outer indentation level", "no block starts"),
    ("inconsistent use of tabs and spaces in indentation", "Tabs and spaces"),
    ("expected ':'", "opens a block"),
    ("'(' was never closed", "never closed"),
    ("unmatched ')'", "never opened"),
    ("invalid syntax. Maybe you meant '==' or ':=' instead of '='?", "comparison"),
    ("unterminated string literal (detected at line 1)", "does not end on its line"),
    ("Missing parentheses in call to 'print'. Did you mean print(...)?", "older versions"),
    ("invalid syntax. Perhaps you forgot a comma?", "side by side"),
    ("cannot assign to literal here. Maybe you meant '==' instead of '='?", "comparison"),
    ("'return' outside function", "outside of every function"),
    ("invalid syntax", "cannot read"),
];

const BUILDS: &[(&str, &str)] = &[
    ("'totl' undeclared (first use in this function)", "has not seen"),
    ("expected ';' before 'return'", "ends differently"),
    ("expected \u{2018};\u{2019} before \u{2018}return\u{2019}", "ends differently"),
    ("implicit declaration of function 'foo'", "function is called"),
    ("undefined reference to `foo'", "body is nowhere"),
    ("undefined reference to `main'", "no start"),
    ("incompatible type for argument 1 of 'f'", "another type"),
    ("foo.h: No such file or directory", "not there"),
    ("expected expression before ')' token", "value should stand here"),
    ("conflicting types for 'f'; have 'int(int)'", "other types"),
    ("too few arguments to function 'f'", "fewer values"),
    ("too many arguments to function 'f'", "more values"),
    ("expected declaration or statement at end of input", "middle of a block"),
    ("lvalue required as left operand of assignment", "cannot get a value"),
    ("redefinition of 'f'", "defined twice"),
];

#[test]
fn a_crash_of_python_is_explained() {
    for (name, message, means) in CRASHES {
        let sample = Sample::python("n = int(input())\nprint(9 / n)\n");
        let sample = sample.outputs("0\n", "1\n", "").crashes(name, 2, message);

        assert!(sample.hint(1).contains(means), "{name}: {}", sample.hint(1));
        assert!(sample.hint(2).contains("line 2, `print(9 / n)`"), "{}", sample.hint(2));
    }
}

#[test]
fn a_signal_is_explained() {
    for (name, message, means) in SIGNALS {
        let sample = Sample::c("int main(void) { return 0; }\n");
        let sample = sample.outputs("0\n", "1\n", "").crashes(name, 0, message);

        assert!(sample.hint(1).contains(means), "{name}: {}", sample.hint(1));
    }
}

#[test]
fn a_syntax_error_is_explained_where_it_is() {
    for (message, means) in SYNTAX {
        let sample = Sample::python("if a\n    b\n").does_not_build("SyntaxError", 1, message);

        assert!(sample.hint(2).contains(means), "{message}: {}", sample.hint(2));
        assert!(sample.hint(2).contains("line 1, `if a`"), "{}", sample.hint(2));
    }
}

#[test]
fn a_failed_build_is_explained_where_it_is() {
    for (message, means) in BUILDS {
        let sample = Sample::c("int main(void)\n{ retrun 0 }\n").does_not_build("", 2, message);

        assert!(sample.hint(2).contains(means), "{message}: {}", sample.hint(2));
        assert!(sample.hint(2).contains("line 2, `{ retrun 0 }`"), "{}", sample.hint(2));
    }
}

#[test]
fn a_warning_beside_a_failing_test_is_spoken_of() {
    let sample = Sample::c("int n;\nscanf(\"%d\", n);\nprintf(\"%d\", n);\n")
        .outputs("3\n", "3\n", "")
        .warned(
            "-Wformat=",
            2,
            "format '%d' expects argument of type 'int *', but argument 2 has type 'int'",
        );

    let hint = sample.hint(2);

    assert!(hint.contains("warns about line 2, `scanf(\"%d\", n);`: format and value"), "{hint}");
}

#[test]
fn a_limit_is_told_with_what_to_check() {
    for (outcome, says) in [
        (Outcome::TimeLimit, "still computing"),
        (Outcome::WallTimeLimit, "still waiting"),
        (Outcome::MemoryLimit, "more memory"),
        (Outcome::OutputLimit, "wrote more"),
        (Outcome::ForbiddenCall, "not allowed"),
        (Outcome::NoResult, "before it gave a result"),
    ] {
        let sample =
            Sample::python("while True:\n    pass\n").outputs("1\n", "1\n", "").ends(outcome);

        assert!(sample.hint(1).contains(says), "{}", sample.hint(1));
        assert!(sample.hint(3).contains("Check"), "{}", sample.hint(3));
    }
}
