//! Python: one warm process forks a child a test and counts lines as they run (`cover.py`).

use anyhow::Context;
use serde_json::{Value as Json, json};
use shared::package::{Files, Test, TestKind};

use super::{
    Coverage,
    plan::{Plan, Rerun},
    reading::Answer,
};
use crate::{
    Job,
    launcher::{Launcher, Run, RunLimits},
    trial::Trial,
};

/// CPU time for all tests of one run, in ms; the tests that it does not reach stay unwatched.
const BUDGET_MS: u64 = 5000;

/// What the program that watches uses itself, in ms of CPU time, with room for a busy machine.
const OVERHEAD_MS: u64 = 2000;

/// Runs visible tests, then hidden ones, each in a process of their own.
///
/// # Errors
///
/// When the launcher fails, or what came back is no answer.
pub(super) fn collect(
    trial: &Trial<'_>,
    argv: &[String],
    plan: &Plan<'_>,
    launcher: &mut Launcher,
) -> anyhow::Result<Coverage> {
    let mut coverage = Coverage::default();
    for reruns in [&plan.visible, &plan.hidden] {
        let Some(first) = reruns.first() else { continue };
        let request = request(trial, reruns);
        let ran = launcher.run(&order(trial, argv, &request, first.test)?)?;
        let answer = Answer::read(&ran.values)
            .with_context(|| format!("no lines of a run that ended with {:?}", ran.ended))?;
        answer.add_to(&mut coverage, trial.job.files, reruns);
    }
    Ok(coverage)
}

/// What the program that watches may use itself beside the test, in bytes of memory: 14 MiB were measured.
const OVERHEAD_BYTES: u64 = 64 * 1024 * 1024;

/// The run of `cover.py`, with the environment and limits of a test but more time and memory.
fn order(trial: &Trial<'_>, argv: &[String], request: &Json, like: &Test) -> anyhow::Result<Run> {
    let cpu_ms = BUDGET_MS + OVERHEAD_MS;
    let run = trial.order(like)?;
    let memory_bytes = run.limits.memory_bytes + OVERHEAD_BYTES;
    Ok(Run {
        argv: trial.language.argv(argv, trial.entry, trial.job.files),
        stdin: Vec::new(),
        data: request.to_string().into_bytes(),
        limits: RunLimits { cpu_ms, wall_ms: 2 * cpu_ms, memory_bytes, ..run.limits },
        ..run
    })
}

/// What `cover.py` is told: the learner's files and the inputs of tests.
fn request(trial: &Trial<'_>, reruns: &[Rerun<'_>]) -> Json {
    let (job, entry) = (trial.job, trial.entry);
    let mut files = Files::from([(entry.to_owned(), job.files[entry].clone())]);
    for path in trial.language.sources(job.files) {
        files.insert(path.to_owned(), job.files[path].clone());
    }
    let tests: Vec<Json> = reruns
        .iter()
        .map(|rerun| {
            json!({
                "cap_ms": rerun.cap_ms,
                "watched": rerun.watched,
                "run": input(job, &rerun.test.kind),
            })
        })
        .collect();
    let limits = RunLimits::of_test(&job.package.manifest.limits, trial.language.overhead_mib);
    json!({
        "entry": entry,
        "files": files,
        "budget_ms": BUDGET_MS,
        "memory_bytes": limits.memory_bytes,
        "tests": tests,
    })
}

/// The input of one test and nothing else of it.
fn input(job: &Job<'_>, kind: &TestKind) -> Json {
    match kind {
        TestKind::Stdio { stdin, args, expected: _ } => json!({ "stdin": stdin, "args": args }),
        TestKind::Expr { expr, expected: _, loose: _ } => json!({ "expr": expr }),
        TestKind::Call { args, expected: _, loose: _ } => {
            let function = job.package.manifest.function.as_ref().map(|it| it.name.as_str());
            json!({ "function": function, "values": args })
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use shared::package::{Manifest, Package, Value, manifest::Visibility, tests::Expected};

    use super::*;
    use crate::language;

    fn test(name: &str, kind: TestKind) -> Test {
        let name = name.to_owned();
        Test { name, kind, visibility: Visibility::Visible, possible: 1.0, group: None }
    }

    fn secret() -> Value {
        Value::String("secret-4711".to_owned())
    }

    #[test]
    fn the_program_that_watches_is_told_no_expected_value_and_no_name() {
        let expr = |expected| TestKind::Expr { expr: "f(1)".to_owned(), expected, loose: false };
        let stdin = "3 4".to_owned();
        let tests = vec![
            test("secret-a", expr(Expected::Value(secret()))),
            test("secret-b", expr(Expected::Raises("secret-4711".to_owned()))),
            test(
                "secret-c",
                TestKind::Call { args: vec![Value::None], expected: secret(), loose: true },
            ),
            test(
                "secret-d",
                TestKind::Stdio { stdin, expected: "secret-4711".to_owned(), args: Vec::new() },
            ),
        ];
        let least = "id = 'a'\ntitle = 'A'\nlanguages = ['python']";
        let manifest: Manifest = toml::from_str(least).unwrap();
        let (starter, references) =
            (Files::new(), BTreeMap::from([("python".to_owned(), Files::new())]));
        let package = Package { manifest, text: "secret".to_owned(), starter, references, tests };
        let files = Files::from([("solution.py".to_owned(), "x = 1".to_owned())]);
        let job = Job { package: &package, language: "python", files: &files, seed: 0 };
        let trial =
            Trial { job: &job, language: language::named("python").unwrap(), entry: "solution.py" };
        let reruns: Vec<Rerun<'_>> =
            package.tests.iter().map(|test| Rerun { test, cap_ms: 1, watched: true }).collect();

        let request = request(&trial, &reruns).to_string();

        assert!(request.contains("f(1)") && request.contains("3 4"), "{request}");
        assert!(!request.contains("secret"), "{request}");
    }
}
