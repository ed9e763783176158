//! Programs with a known bug, one JSON object a line.

use std::{env, fs, path::PathBuf};

use harness::Assignment;
use serde_json::{Value, json};

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
    let folder = env::var_os("FAULTLINE_DATA").map(PathBuf::from);
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data"));
    let file = folder.unwrap_or(beside).join("localization/dev/cases.jsonl");
    let Ok(text) = fs::read_to_string(&file) else {
        let required = env::var_os("FAULTLINE_REQUIRE_DATA").is_some();
        assert!(!required, "there is no {}", file.display());
        #[expect(clippy::print_stdout, reason = "who runs the tests should know")]
        {
            println!("skipped: no data");
        }
        return None;
    };
    let all: Vec<Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("a case is JSON")).collect();
    let spread = [("python", "solution.py"), ("c", "solution.c")].into_iter().flat_map(
        |(language, path)| {
            let known: Vec<_> = all.iter().filter(|case| case["language"] == language).collect();
            let step = (known.len() / each).max(1);
            let chosen: Vec<_> = known.into_iter().step_by(step).take(each).collect();
            chosen.into_iter().map(move |case| read(case, language, path))
        },
    );
    Some(spread.enumerate().map(|(n, read)| read(n)).collect())
}

/// Reads a case; its number makes the assignment's id.
fn read(
    case: &Value,
    language: &'static str,
    path: &'static str,
) -> impl FnOnce(usize) -> Case + use<> {
    let text = |key: &str| case[key].as_str().unwrap_or_default().to_owned();
    let (id, program) = (text("id"), text("buggy"));
    let tests = case["tests"].as_array().cloned().unwrap_or_default();
    let loose = case["compare"] == "loose";
    move |n| {
        let empty = Assignment::new(&format!("case-{n}"), [language]);
        Case { id, language, path, program, package: with_tests(empty, &tests, loose) }
    }
}

fn with_tests(mut package: Assignment, tests: &[Value], loose: bool) -> Assignment {
    let mut calls = String::new();
    for (n, test) in tests.iter().enumerate() {
        let name = format!("{n:03}");
        let text = |key: &str| test[key].as_str().unwrap_or_default();
        if test["expr"].is_string() {
            let mut call =
                json!({ "name": name, "expr": text("expr"), "expected": text("expected") });
            if loose {
                call["loose"] = true.into();
            }
            calls.push_str(&format!("{call}\n"));
        } else {
            package = package.test(&name, text("stdin"), text("expected"));
        }
    }
    if calls.is_empty() { package } else { package.file("tests/calls.jsonl", &calls) }
}
