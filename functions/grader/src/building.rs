//! The build: what is written into the build folder, which tools run there, and what they said.

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use shared::{
    package::TestKind,
    report::{Build, BuildOutcome, Diagnostic, Severity},
};

use crate::{
    Job,
    diagnostics::{self, Program, Wanted},
    glue,
    language::{Asking, Diagnosing, Language},
    launcher::{Ended, Launcher, Ran, Run, RunLimits},
};

/// The source that calls the assignment's function, where one is compiled.
const GLUE: &str = "faultline_glue.c";

/// Builds a submission for all kinds of test that its package has; the first build that fails decides.
pub(crate) fn build(
    launcher: &mut Launcher,
    language: &Language,
    job: &Job<'_>,
    entry: &str,
) -> anyhow::Result<Build> {
    launcher.write(files(language, job, entry)?)?;
    let program = program(language, job, entry)?;
    let mut diagnostics = Vec::new();
    for argv in plans(language, job) {
        let ran = launcher.run(&order(language, job, entry, argv))?;
        if was_ended_from_outside(ran.ended, &ran.stderr) {
            bail!("the build was ended from outside");
        }
        let found = diagnostics::read(language.build.diagnostics, &ran, &program);
        let outcome = outcome(&ran, &found);
        for remark in found {
            if !diagnostics.contains(&remark) {
                diagnostics.push(remark);
            }
        }
        if outcome != BuildOutcome::Ok {
            if !diagnostics.iter().any(|it| it.severity == Severity::Error) {
                diagnostics.insert(0, diagnostics::at_the_entry(entry, &why(&ran, outcome)));
            }
            return Ok(Build { outcome, diagnostics });
        }
    }
    Ok(Build { outcome: BuildOutcome::Ok, diagnostics })
}

/// The build of a submission that lacks the file that is run.
pub(crate) fn without_entry(language: &Language, job: &Job<'_>) -> Build {
    let set = job.package.manifest.entry.get(&language.name);
    let name = set.or(language.entry.first()).map_or("", String::as_str);
    Build { outcome: BuildOutcome::CompileError, diagnostics: vec![diagnostics::no_entry(name)] }
}

/// Limits of the build.
pub(crate) fn limits(language: &Language, job: &Job<'_>) -> RunLimits {
    let mut set = job.package.manifest.build.clone();
    if let Some(enough) = language.build.memory_mib {
        set.memory_mib = set.memory_mib.min(enough);
    }
    RunLimits::of_build(&set)
}

/// What is built, and the function that it must have if glue calls it.
fn program<'a>(
    language: &Language,
    job: &'a Job<'_>,
    entry: &'a str,
) -> anyhow::Result<Program<'a>> {
    let function = job.package.manifest.function.as_ref();
    let function = function.filter(|_| calls(job) && language.calls.request == Asking::Words);
    let wanted = function.map(|it| {
        let (name, prototype) = (it.name.clone(), glue::prototype(language, it)?);
        anyhow::Ok(Wanted { name, prototype })
    });
    Ok(Program { entry, files: job.files, wanted: wanted.transpose()? })
}

/// The learner's files, and ours that are built with them.
fn files(
    language: &Language,
    job: &Job<'_>,
    entry: &str,
) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let learners = job.files.iter();
    let mut files: BTreeMap<_, _> =
        learners.map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect();
    if calls(job) && language.calls.request == Asking::Words {
        let function = job.package.manifest.function.as_ref().context("calls need a function")?;
        files.insert(GLUE.to_owned(), glue::c(language, function, entry)?.into_bytes());
        for (name, own) in &language.calls.files {
            let text = language.file(own).context("a language's files are embedded")?;
            files.insert(name.clone(), text.as_bytes().to_vec());
        }
    }
    Ok(files)
}

/// The command lines that are needed: programs and calls may be built apart.
fn plans<'a>(language: &'a Language, job: &Job<'_>) -> Vec<&'a [String]> {
    let apart = !language.calls.build.is_empty();
    let stdio = job.package.tests.iter().any(|it| matches!(it.kind, TestKind::Stdio { .. }));
    let mut plans = Vec::new();
    if stdio || !apart || !calls(job) {
        plans.push(language.build.argv.as_slice());
    }
    if apart && calls(job) {
        plans.push(language.calls.build.as_slice());
    }
    plans
}

fn calls(job: &Job<'_>) -> bool {
    job.package.tests.iter().any(|it| !matches!(it.kind, TestKind::Stdio { .. }))
}

fn order(language: &Language, job: &Job<'_>, entry: &str, argv: &[String]) -> Run {
    let data = match language.build.diagnostics {
        Diagnosing::Record => {
            serde_json::to_vec(&language.sources(job.files)).expect("a list of texts is JSON")
        }
        Diagnosing::Gcc => Vec::new(),
    };
    Run {
        argv: language.argv(argv, entry, job.files),
        env: language.env(),
        stdin: Vec::new(),
        data,
        limits: limits(language, job),
        in_build: true,
        collect: Vec::new(),
    }
}

/// Signals that come from outside: the machine is short of memory, or about to stop.
const FROM_OUTSIDE: [i32; 3] = [libc::SIGKILL, libc::SIGTERM, libc::SIGHUP];

/// gcc's words on a tool that such a signal ended. A learner's text never begins a line there: it is quoted in JSON.
const TOLD_BY_GCC: [&str; 4] = [
    "gcc: fatal error: Killed signal terminated program ",
    "gcc: fatal error: Terminated signal terminated program ",
    "gcc: fatal error: Hangup signal terminated program ",
    "collect2: fatal error: ld terminated with signal ",
];

/// Whether somebody other than we ended the build, or a part of it. What a learner writes cannot; it is not run yet.
fn was_ended_from_outside(ended: Ended, stderr: &[u8]) -> bool {
    let said = String::from_utf8_lossy(stderr);
    let told = || said.lines().any(|line| TOLD_BY_GCC.iter().any(|it| line.starts_with(it)));
    match ended {
        Ended::Signalled(signal) => FROM_OUTSIDE.contains(&signal),
        Ended::Exited(code) => code != 0 && told(),
        Ended::Limit(_) => false,
    }
}

fn outcome(ran: &Ran, found: &[Diagnostic]) -> BuildOutcome {
    match ran.ended {
        Ended::Limit(_) => BuildOutcome::CompileLimit,
        Ended::Exited(0) if found.iter().all(|it| it.severity != Severity::Error) => {
            BuildOutcome::Ok
        }
        _ => BuildOutcome::CompileError,
    }
}

/// Why a build failed that named no line: a limit, or the tool's last words.
fn why(ran: &Ran, outcome: BuildOutcome) -> String {
    if outcome == BuildOutcome::CompileLimit {
        return "the build reached its limit of time, memory or output".to_owned();
    }
    let said = String::from_utf8_lossy(&ran.stderr);
    let last = said.lines().rev().find(|line| !line.trim().is_empty() && !line.starts_with('['));
    last.unwrap_or("the build failed").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_that_the_machine_ended_is_not_the_learners_failure() {
        let killed =
            b"gcc: fatal error: Killed signal terminated program cc1\ncompilation terminated.\n";
        let quoted = br#"[{"kind": "error", "message": "gcc: fatal error: Killed signal terminated program "}]"#;

        assert!(was_ended_from_outside(Ended::Signalled(libc::SIGKILL), b""));
        assert!(was_ended_from_outside(Ended::Exited(1), killed));
        assert!(!was_ended_from_outside(Ended::Exited(1), quoted));
        assert!(!was_ended_from_outside(Ended::Signalled(libc::SIGSEGV), b""));
    }
}
