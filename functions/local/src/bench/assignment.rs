//! A case as an assignment, so that the benchmark measures the grader that learners meet.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use anyhow::Context;
use serde_json::json;
use shared::package::{
    Files, Manifest, Package, Test, TestKind, Value, literal,
    manifest::{Limits, Visibility},
    tests::Expected,
};

use super::cases::{Check, Task};

/// CPU time of one test, in seconds: that of the cases' own records.
const CPU_SECONDS: f64 = 1.0;

/// Time on the wall of one test, in seconds; the machine may be busy.
const WALL_SECONDS: f64 = 6.0;

/// A case's package, and the learner's files.
pub(crate) struct Assignment {
    /// The assignment.
    pub(crate) package: Package,
    /// The submission: one file.
    pub(crate) files: Files,
    /// Checks that cannot be said without the learner's own program, by their place in the case.
    pub(crate) left_out: Vec<usize>,
}

impl Assignment {
    /// The assignment that `task`, in this language, stands for.
    ///
    /// # Errors
    ///
    /// When an expected value that is no literal cannot be evaluated for want of Python.
    pub(crate) fn of(language: &str, task: &Task) -> anyhow::Result<Self> {
        let entry = if language == "c" { "solution.c" } else { "solution.py" };
        let file = |text: &String| Files::from([(entry.to_owned(), text.clone())]);
        let mut tests = Vec::new();
        let mut left_out = Vec::new();
        for (n, check) in task.checks.iter().enumerate() {
            match kind(check, task.compare.as_deref() == Some("loose"))? {
                Some(kind) => tests.push(test(n, kind)),
                None => left_out.push(n),
            }
        }
        let references = task.reference.iter().map(|text| (language.to_owned(), file(text)));
        let package = Package {
            manifest: manifest(language)?,
            text: String::new(),
            starter: Files::new(),
            references: references.collect(),
            tests,
        };
        Ok(Self { package, files: file(&task.program), left_out })
    }
}

fn manifest(language: &str) -> anyhow::Result<Manifest> {
    let least = json!({ "id": "case", "title": "Case", "languages": [language] });
    let manifest: Manifest = serde_json::from_value(least).context("write a manifest")?;
    let limits = Limits { cpu_seconds: CPU_SECONDS, wall_seconds: WALL_SECONDS, ..manifest.limits };
    Ok(Manifest { limits, ..manifest })
}

fn test(n: usize, kind: TestKind) -> Test {
    let visibility = Visibility::Visible;
    Test { name: format!("{n:03}"), kind, visibility, possible: 1.0, group: None }
}

/// What is run; `None` where the expected value needs the program under test.
fn kind(check: &Check, loose: bool) -> anyhow::Result<Option<TestKind>> {
    let Some(expr) = &check.expr else {
        return Ok(Some(TestKind::Stdio {
            stdin: check.stdin.clone().unwrap_or_default(),
            expected: check.expected.clone(),
            args: Vec::new(),
        }));
    };
    let value = value(&check.expected)?;
    Ok(value.map(|value| TestKind::Expr {
        expr: expr.clone(),
        expected: Expected::Value(value),
        loose,
    }))
}

/// The value of source text: a literal, or what Python makes of it where nothing of the learner's is loaded.
fn value(source: &str) -> anyhow::Result<Option<Value>> {
    if let Ok(value) = literal::parse(source) {
        return Ok(Some(value));
    }
    let mut python = Command::new("/usr/bin/python3")
        .args(["-I", "-c", "import sys; print(repr(eval(sys.stdin.read())))"])
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("start Python")?;
    let mut stdin = python.stdin.take().context("Python has no stdin")?;
    stdin.write_all(source.as_bytes()).context("write to Python")?;
    drop(stdin);
    let said = python.wait_with_output().context("wait for Python")?;
    Ok(literal::parse(String::from_utf8_lossy(&said.stdout).trim()).ok())
}
