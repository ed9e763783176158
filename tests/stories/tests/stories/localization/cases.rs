//! Programs with a known bug, one JSON object a line.

use std::{env, fs, io::Write as _, path::PathBuf};

use harness::Assignment;
use serde_json::{Value, json};
use shared::package::Package;

/// A program with a known bug, and the assignment that it was written for.
pub(super) struct Case {
    pub(super) id: String,
    pub(super) language: &'static str,
    pub(super) path: &'static str,
    pub(super) program: String,
    pub(super) package: Assignment,
}

/// `each` cases of Python and of C, spread over the file; `None`, having said so, where there is no data.
pub(super) fn some(each: usize) -> Option<Vec<Case>> {
    let all = all()?;
    let spread = |language, path| {
        let cases = all.iter().filter(move |case| case["language"] == language);
        // A few cases expect what no literal can say, and so are no package.
        let cases = cases.map(move |case| read(case, language, path));
        let cases: Vec<_> =
            cases.filter(|case| Package::from_files(case.package.files()).is_ok()).collect();
        let step = (cases.len() / each).max(1);
        cases.into_iter().step_by(step).take(each)
    };
    Some(spread("python", "solution.py").chain(spread("c", "solution.c")).collect())
}

/// Every case, of every language.
fn all() -> Option<Vec<Value>> {
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data"));
    let folder = env::var_os("FAULTLINE_DATA").map_or(beside, PathBuf::from);
    let file = folder.join("localization/dev/cases.jsonl");
    let Ok(text) = fs::read_to_string(&file) else {
        let required = env::var_os("FAULTLINE_REQUIRE_DATA").is_some();
        assert!(!required, "there is no {}", file.display());
        say_that_there_is_none();
        return None;
    };
    Some(text.lines().map(|line| serde_json::from_str(line).expect("a case is JSON")).collect())
}

/// Past the test runner, which keeps what a passing test prints to itself.
fn say_that_there_is_none() {
    std::io::stderr().write_all(b"skipped: no data\n").expect("somebody listens");
}

fn read(case: &Value, language: &'static str, path: &'static str) -> Case {
    let text = |key: &str| case[key].as_str().unwrap_or_default().to_owned();
    let id = text("id");
    let package = Assignment::new(&id.to_lowercase().replace('_', "-"), [language]);
    let tests = case["tests"].as_array().map(Vec::as_slice).unwrap_or_default();
    let package = with_tests(package, tests, case["compare"] == "loose");
    Case { id, language, path, program: text("buggy"), package }
}

/// Adds a case's tests: calls in source text, or standard input and output.
fn with_tests(mut package: Assignment, tests: &[Value], loose: bool) -> Assignment {
    let mut calls = Vec::new();
    for (n, test) in tests.iter().enumerate() {
        let name = format!("{n:03}");
        let text = |key: &str| test[key].as_str().unwrap_or_default();
        if test["expr"].is_string() {
            let (expr, expected) = (text("expr"), text("expected"));
            let call = json!({ "name": name, "expr": expr, "expected": expected, "loose": loose });
            calls.push(call.to_string());
        } else {
            package = package.test(&name, text("stdin"), text("expected"));
        }
    }
    if calls.is_empty() { package } else { package.file("tests/calls.jsonl", &calls.join("\n")) }
}
