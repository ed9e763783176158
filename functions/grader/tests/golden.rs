//! Grades every golden folder, `tests/languages/<language>/<case>/`, by the real launcher, and holds the
//! report against its `expected.json`.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{
    collections::BTreeMap,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use grader::{Job, Slot};
use serde::Deserialize;
use shared::{
    package::{Files, Package},
    report::{BuildOutcome, Outcome, Report},
};

/// What must come of a case; what it does not name may be anything.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// A folder in `tests/languages/assignments/`.
    assignment: String,
    build: BuildOutcome,
    /// The first diagnostic.
    diagnostic: Option<Remark>,
    /// The outcome of every test.
    tests: BTreeMap<String, Outcome>,
    #[serde(default)]
    messages: BTreeMap<String, String>,
    #[serde(default)]
    crashes: BTreeMap<String, Place>,
    /// The line that learners are shown first.
    suspect: Option<u32>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Remark {
    line: u32,
    code: Option<String>,
    message: String,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Place {
    line: u32,
    name: String,
}

#[test]
fn python_submissions_get_their_golden_reports() {
    walk("python");
}

#[test]
fn c_submissions_get_their_golden_reports() {
    walk("c");
}

/// Grades all cases of a language and tells every one that came out otherwise.
fn walk(language: &str) {
    let here = grader::languages();
    if !here.iter().any(|it| it.name == language) {
        // Past the test runner, which keeps what a passing test prints to itself.
        let told = format!("skipped: needs the tools of {language}\n");
        std::io::stderr().write_all(told.as_bytes()).unwrap();
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let launcher = vec![env!("CARGO_BIN_EXE_grader").into(), "launcher".into()];
    let slot = Slot::on_the_spot(dir.path(), launcher).unwrap();
    let mut wrong = Vec::new();
    for case in folders(&golden().join(language)) {
        let expected: Expected =
            serde_json::from_slice(&fs::read(case.join("expected.json")).unwrap()).unwrap();
        let report = grade(&slot, language, &case, &expected.assignment);
        if let Err(why) = check(&report, &expected) {
            wrong.push(format!("{}: {why}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0, "no scratch folder is left");
}

fn grade(slot: &Slot, language: &str, case: &Path, assignment: &str) -> Report {
    let assignment = golden().join("assignments").join(assignment);
    let package = Package::from_dir(&assignment).unwrap();
    let files = read(&case.join("src"));
    let job = Job { package: &package, language, files: &files, seed: 1 };
    grader::grade(slot, &job, &mut |_| {}).unwrap()
}

fn check(report: &Report, expected: &Expected) -> Result<(), String> {
    same("build", &report.build.outcome, &expected.build)?;
    let outcomes = report.tests.iter().map(|it| (it.name.clone(), it.outcome)).collect();
    same("tests", &outcomes, &expected.tests)?;
    if let Some(remark) = &expected.diagnostic {
        let first = report.build.diagnostics.first().ok_or("no diagnostic")?;
        let (line, code, message) = (first.line, first.code.clone(), first.message.clone());
        same("diagnostic", &Remark { line, code, message }, remark)?;
    }
    for test in &report.tests {
        if let Some(message) = expected.messages.get(&test.name) {
            same("message", &test.message, message)?;
        }
        if let Some(place) = expected.crashes.get(&test.name) {
            let crash = test.crash.as_ref().ok_or("no crash")?;
            same("crash", &Place { line: crash.line, name: crash.name.clone() }, place)?;
        }
    }
    match expected.suspect {
        None => Ok(()),
        Some(line) => {
            let first = report.suspects.visible.suspects.first().map(|it| it.line);
            same("suspect", &first, &Some(line))
        }
    }
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, is: &T, should: &T) -> Result<(), String> {
    if is == should { Ok(()) } else { Err(format!("{what}: {is:?}, expected {should:?}")) }
}

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/languages")
}

fn folders(dir: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<_> = fs::read_dir(dir).unwrap().map(|it| it.unwrap().path()).collect();
    folders.sort();
    folders
}

fn read(dir: &Path) -> Files {
    let content = |path: PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        (name, fs::read_to_string(path).unwrap())
    };
    folders(dir).into_iter().map(content).collect()
}
