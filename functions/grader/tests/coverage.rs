//! What watching tests promises, with the real launcher, Python and gcc.

use std::collections::BTreeMap;

use grader::{Job, Slot, grade};
use shared::{
    package::{
        Files, Manifest, Package, Test, TestKind, Value, manifest::Visibility, tests::Expected,
    },
    report::{Evidence, Observation, Outcome, Report, Seen},
};

/// A learner's program and the tests that it meets.
struct Submission {
    language: &'static str,
    path: &'static str,
    program: &'static str,
    tests: Vec<Test>,
}

impl Submission {
    fn python(program: &'static str) -> Self {
        Self { language: "python", path: "solution.py", program, tests: Vec::new() }
    }

    fn c(program: &'static str) -> Self {
        Self { language: "c", path: "solution.c", program, tests: Vec::new() }
    }

    /// Reads `stdin` and should print `expected`.
    fn reads(self, stdin: &str, expected: &str) -> Self {
        let (stdin, expected) = (stdin.to_owned(), expected.to_owned());
        self.test(TestKind::Stdio { stdin, expected, args: Vec::new() }, Visibility::Visible)
    }

    /// `expr` should give the whole number `expected`.
    fn gives(self, expr: &str, expected: &str, visibility: Visibility) -> Self {
        let expected = Expected::Value(Value::Int(expected.to_owned()));
        self.test(TestKind::Expr { expr: expr.to_owned(), expected, loose: false }, visibility)
    }

    fn test(mut self, kind: TestKind, visibility: Visibility) -> Self {
        let name = format!("{}", self.tests.len());
        self.tests.push(Test { name, kind, visibility, possible: 1.0, group: None });
        self
    }

    fn graded(self) -> Report {
        let folder = tempfile::tempdir().expect("a folder");
        let launcher = vec![env!("CARGO_BIN_EXE_grader").into(), "launcher".into()];
        let slot = Slot { dir: folder.path().to_owned(), uid: None, launcher };
        let manifest: Manifest = toml::from_str(
            "id = \"a\"\ntitle = \"A\"\nlanguages = [\"c\", \"python\"]\nlimits = { cpu_seconds = 0.5 }",
        )
        .expect("a manifest");
        let (text, starter, references) = (String::new(), Files::new(), BTreeMap::new());
        let package = Package { manifest, text, starter, references, tests: self.tests };
        let files = Files::from([(self.path.to_owned(), self.program.to_owned())]);
        let job = Job { package: &package, language: self.language, files: &files, seed: 0 };
        grade(&slot, &job, &mut |_| {}).expect("a report")
    }
}

/// The lines that a test ran, in order.
fn ran(report: &Report, test: &str) -> Vec<u32> {
    let ranges = report.coverage[test].values().flatten();
    ranges.flat_map(|(first, last)| *first..=*last).collect()
}

/// What was seen at a line in a test.
fn seen<'a>(report: &'a Report, test: &str, line: u32) -> Vec<&'a Seen> {
    let here = |it: &&Observation| it.test == test && it.line == line;
    report.observations.iter().filter(here).map(|it| &it.seen).collect()
}

const PYTHON_DIES: &str = "\
import os
n = int(input())
if n == 1:
    os.kill(os.getpid(), 11)
while n == 2:
    pass
print(n)
";

#[test]
fn a_python_run_that_dies_or_never_ends_keeps_its_lines() {
    let ada = Submission::python(PYTHON_DIES).reads("0", "0").reads("1", "1").reads("2", "2");

    let report = ada.graded();

    let outcomes: Vec<Outcome> = report.tests.iter().map(|test| test.outcome).collect();
    assert_eq!(outcomes, [Outcome::Passed, Outcome::RuntimeError, Outcome::TimeLimit]);
    assert_eq!(ran(&report, "0"), [1, 2, 3, 5, 7]);
    assert_eq!(ran(&report, "1"), [1, 2, 3, 4]);
    assert_eq!(ran(&report, "2"), [1, 2, 3, 5, 6]);
}

const C_DIES: &str = "\
#include <stdio.h>
#include <stdlib.h>
int deeper(int n) { char room[4096]; room[0] = (char)n; return deeper(n + 1) + room[0]; }
int main(void) {
    int n;
    scanf(\"%d\", &n);
    if (n == 1)
        *(volatile int *)0 = n;
    while (n == 2)
        n = 2;
    if (n == 3)
        deeper(0);
    if (n == 4)
        _Exit(1);
    printf(\"%d\\n\", n);
    return 0;
}
";

#[test]
fn a_c_run_that_dies_or_never_ends_keeps_its_lines() {
    let ada = Submission::c(C_DIES).reads("0", "0").reads("1", "1").reads("2", "2").reads("3", "3");

    let report = ada.graded();

    assert_eq!(ran(&report, "0"), [4, 6, 7, 9, 11, 13, 15, 16]);
    assert_eq!(ran(&report, "1"), [4, 6, 7, 8]);
    assert_eq!(ran(&report, "2"), [4, 6, 7, 9, 10]);
    assert_eq!(ran(&report, "3"), [3, 4, 6, 7, 9, 11, 12], "its stack overflowed");
}

#[test]
fn the_line_of_a_crash_is_evidence() {
    let crash = |name: &str| Evidence::Crash { name: name.to_owned() };
    let python = Submission::python("n = int(input())\nm = n - 1\nprint(n // m)\n").reads("1", "1");
    let c = Submission::c(C_DIES).reads("1", "1");

    let python = python.graded().suspects.visible.suspects;
    let c = c.graded().suspects.visible.suspects;

    assert_eq!(python[0].line, 3);
    assert!(python[0].evidence.contains(&crash("ZeroDivisionError")), "{python:?}");
    assert_eq!(c[0].line, 8);
    assert!(c[0].evidence.contains(&crash("SIGSEGV")), "{c:?}");
}

const SHY: &str = "\
class Shy:
    def __repr__(self):
        raise SystemExit

def total(items):
    shy = Shy()
    result = 0
    for item in items:
        if item > 1:
            result += item
    return result
";

#[test]
fn values_are_seen_without_running_learner_code() {
    let ada = Submission::python(SHY).gives("total([1, 2, 3])", "6", Visibility::Visible);

    let report = ada.graded();

    let (name, value) = ("result".to_owned(), "5".to_owned());
    assert!(seen(&report, "0", 10).contains(&&Seen::Variable { name, value }));
    assert!(seen(&report, "0", 10).contains(&&Seen::Runs { count: 2 }));
    let (function, value) = ("total".to_owned(), "5".to_owned());
    assert!(seen(&report, "0", 11).contains(&&Seen::Returned { function, value }));
    assert_eq!(seen(&report, "0", 9)[0], &Seen::Branch { taken: vec![false, true, true] });
    assert_eq!(seen(&report, "0", 6), [&Seen::Runs { count: 1 }], "a learner's own class");
    assert_eq!(ran(&report, "0"), [1, 2, 5, 6, 7, 8, 9, 10, 11]);
}

#[test]
fn nothing_is_observed_in_a_hidden_test() {
    let ada = Submission::python(SHY).gives("total([7])", "8", Visibility::Visible).gives(
        "total([4242])",
        "1",
        Visibility::Hidden,
    );

    let report = ada.graded();

    assert!(report.coverage.contains_key("1"), "the instructor's ranking uses it");
    assert!(report.observations.iter().all(|it| it.test == "0"));
    assert!(!format!("{:?}", report.observations).contains("4242"));
}

const PYTHON_FILLS: &str = "\
numbers = []
if input() == \"1\":
    while True:
        numbers.append(\" \" * 1_000_000)
print(0)
";

#[test]
fn a_python_run_that_fills_the_memory_keeps_its_lines_and_others_theirs() {
    let ada = Submission::python(PYTHON_FILLS).reads("1", "1").reads("0", "0");

    let report = ada.graded();

    assert_eq!(report.tests[0].outcome, Outcome::MemoryLimit);
    assert_eq!(ran(&report, "0"), [1, 2, 3, 4]);
    assert_eq!(ran(&report, "1"), [1, 2, 5]);
}

const PYTHON_KILLS: &str = "\
import os
n = int(input())
if n == 1:
    with open(f\"/proc/{os.getppid()}/cmdline\") as words:
        if \"settrace\" in words.read():
            os.kill(os.getppid(), 9)
print(0)
";

#[test]
fn a_run_that_ends_who_watches_it_takes_no_lines_from_those_before() {
    let ada = Submission::python(PYTHON_KILLS).reads("2", "2").reads("1", "1");

    let report = ada.graded();

    assert_eq!(ran(&report, "0"), [1, 2, 3, 7]);
    assert!(!report.coverage.contains_key("1"));
    assert_eq!(report.suspects.visible.abstained, None);
}

const C_LOOPS: &str = "\
#include <stdio.h>
int down(int n) {
    int times = 0;
    while (n > 0) {
        n--;
        times++;
    }
    return times;
}
int main(void) {
    int n;
    scanf(\"%d\", &n);
    printf(\"%d\\n\", down(n) + down(n));
    return 0;
}
";

#[test]
fn a_c_function_that_begins_with_a_loop_is_counted_each_time_it_is_called() {
    let ada = Submission::c(C_LOOPS).reads("3", "3").reads("0", "9");

    let report = ada.graded();

    assert_eq!(ran(&report, "1"), [2, 3, 4, 8, 10, 12, 13, 14], "the loop is not entered");
    for line in [2, 3] {
        assert_eq!(seen(&report, "0", line), [&Seen::Runs { count: 2 }]);
        assert_eq!(seen(&report, "1", line), [&Seen::Runs { count: 2 }]);
    }
    assert_eq!(seen(&report, "0", 5), [&Seen::Runs { count: 6 }]);
}
