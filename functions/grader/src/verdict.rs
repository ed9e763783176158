//! What became of a test: the judge reads what the launcher handed back, and compares.

mod record;

use shared::{
    package::{Package, Test, TestKind, manifest::Type, tests::Expected},
    report::{Crash, Outcome, TestResult},
    text::{SHOWN_BYTES, cut, printable},
};

use crate::{
    compare, crash,
    language::Crashing,
    launcher::{Ended, Ran},
    source,
    trial::Trial,
};

/// The part of a verdict that differs from test to test.
#[derive(Debug, Default)]
struct Finding {
    outcome: Option<Outcome>,
    actual: String,
    message: String,
    crash: Option<Crash>,
}

impl Finding {
    fn of(outcome: Outcome, message: impl Into<String>) -> Self {
        Self { outcome: Some(outcome), message: message.into(), ..Self::default() }
    }

    fn crashed(crash: Crash, message: String) -> Self {
        let outcome = match crash.name.as_str() {
            "MemoryError" => Outcome::MemoryLimit,
            _ => Outcome::RuntimeError,
        };
        Self { crash: Some(crash), ..Self::of(outcome, message) }
    }
}

/// The verdict on a test that ran.
///
/// # Errors
///
/// When the package asks for a comparison that there is not.
pub(crate) fn of(trial: &Trial<'_>, test: &Test, ran: &Ran) -> anyhow::Result<TestResult> {
    let printed = shown(&ran.stdout);
    let found = match &test.kind {
        TestKind::Stdio { expected, .. } => {
            Finding { actual: printed, ..stdio(trial, expected, ran)? }
        }
        TestKind::Call { expected, loose, .. } => {
            let function = trial.job.package.manifest.function.as_ref();
            let declared = function.map(|it| &it.returns);
            record::judge(trial, &Wanted::Value { expected, loose: *loose, declared }, ran)
        }
        TestKind::Expr { expected, loose, .. } => {
            let wanted = match expected {
                Expected::Value(expected) => {
                    Wanted::Value { expected, loose: *loose, declared: None }
                }
                Expected::Raises(name) => Wanted::Raises(name),
            };
            record::judge(trial, &wanted, ran)
        }
    };
    let outcome = found.outcome.unwrap_or(Outcome::NoResult);
    Ok(TestResult {
        outcome,
        points: if outcome == Outcome::Passed { test.possible } else { 0.0 },
        duration_ms: ran.wall_ms,
        cpu_ms: ran.cpu_ms,
        peak_bytes: ran.peak_bytes,
        actual: found.actual,
        message: shown(found.message.as_bytes()),
        crash: found.crash,
        ..skipped(trial.job.package, test, "")
    })
}

/// The verdict on a test that did not run, and why.
pub(crate) fn skipped(package: &Package, test: &Test, why: &str) -> TestResult {
    let function = package.manifest.function.as_ref();
    let expected = match &test.kind {
        TestKind::Stdio { expected, .. } => expected.clone(),
        TestKind::Call { expected, .. } => expected.to_string(),
        TestKind::Expr { expected: Expected::Value(value), .. } => value.to_string(),
        TestKind::Expr { expected: Expected::Raises(name), .. } => format!("raises {name}"),
    };
    TestResult {
        name: test.name.clone(),
        outcome: Outcome::Skipped,
        points: 0.0,
        possible: test.possible,
        visibility: test.visibility,
        duration_ms: 0,
        cpu_ms: 0,
        peak_bytes: 0,
        input: shown(source::of_input(&test.kind, function).as_bytes()),
        expected: shown(expected.as_bytes()),
        actual: String::new(),
        message: why.to_owned(),
        crash: None,
    }
}

/// What a call must come to.
enum Wanted<'a> {
    /// A value that equals this one.
    Value {
        expected: &'a shared::package::Value,
        /// A tuple passes for a list.
        loose: bool,
        /// The type that the function is declared to return.
        declared: Option<&'a Type>,
    },
    /// An exception of this name.
    Raises(&'a str),
}

fn stdio(trial: &Trial<'_>, expected: &str, ran: &Ran) -> anyhow::Result<Finding> {
    let compare = &trial.job.package.manifest.compare;
    let differs = compare::output_differs(compare, expected, &ran.stdout)?;
    if let Some(mut found) = ended_badly(trial, ran) {
        let ended_by_itself = matches!(ran.ended, Ended::Exited(_)) && found.crash.is_none();
        if ended_by_itself && differs.is_none() {
            found.message.push_str("; the output was as expected");
        }
        return Ok(found);
    }
    Ok(match differs {
        None => Finding::of(Outcome::Passed, ""),
        Some(difference) => Finding::of(Outcome::WrongAnswer, difference),
    })
}

/// The finding on a run that did not end well by itself; `None` for exit code 0.
fn ended_badly(trial: &Trial<'_>, ran: &Ran) -> Option<Finding> {
    let limits = &trial.job.package.manifest.limits;
    match ran.ended {
        Ended::Exited(0) => None,
        Ended::Limit(outcome) => {
            let message = match outcome {
                Outcome::TimeLimit => format!("it used more than {} s of CPU", limits.cpu_seconds),
                Outcome::WallTimeLimit => format!("it took more than {} s", limits.wall_seconds),
                Outcome::MemoryLimit => format!("it used more than {} MiB", limits.memory_mib),
                Outcome::OutputLimit => "it wrote more than 1 MiB".to_owned(),
                Outcome::ProcessLimit => {
                    format!("it started more than {} processes", limits.processes)
                }
                Outcome::DiskLimit => {
                    format!("it wrote more than {} MiB to files", limits.disk_mib)
                }
                _ => "it reached a limit".to_owned(),
            };
            Some(Finding::of(outcome, message))
        }
        Ended::Signalled(signal) => {
            let crash = crash::by_signal(signal, trial.entry);
            let message = crash.message.clone();
            Some(Finding::crashed(crash, message))
        }
        Ended::Exited(code) => Some(exited(trial, code, ran)),
    }
}

/// An exit code that is not 0: an uncaught exception, or the program's own.
fn exited(trial: &Trial<'_>, code: i32, ran: &Ran) -> Finding {
    let traceback = match trial.language.run.crash {
        Crashing::Python if code == 1 => crash::by_traceback(&ran.stderr, trial.job.files),
        _ => None,
    };
    if let Some(crash) = traceback {
        let message = words(&crash);
        return Finding::crashed(crash, message);
    }
    let said = String::from_utf8_lossy(&ran.stderr);
    let last = said.lines().rev().find(|line| !line.trim().is_empty());
    let last = last.map(|line| format!(": {line}")).unwrap_or_default();
    Finding::of(Outcome::RuntimeError, format!("it ended with exit code {code}{last}"))
}

/// A crash in one sentence.
fn words(crash: &Crash) -> String {
    match (crash.name.as_str(), crash.message.as_str()) {
        (name, "") => name.to_owned(),
        (name, message) => format!("{name}: {message}"),
    }
}

/// Bytes that are safe to show, at most 4 KiB.
fn shown(bytes: &[u8]) -> String {
    // An escape can only make text longer, so what is beyond the limit before is beyond it after.
    let enough = bytes.len().min(SHOWN_BYTES + 4);
    let text = printable(&bytes[..enough]);
    let text =
        if enough < bytes.len() { text.trim_end_matches('\u{fffd}').to_owned() } else { text };
    cut(&text, SHOWN_BYTES)
}
