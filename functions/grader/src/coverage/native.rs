//! Programs that a compiler builds: one build that counts lines, one run a test, one reading of the counters.
//!
//! All of it goes through the launcher: sources, counters and what tools make of them are the learner's to shape.

use std::collections::BTreeMap;

use anyhow::ensure;
use serde::Deserialize;
use shared::package::TestKind;

use super::{
    Coverage, counters,
    plan::{Plan, Rerun},
};
use crate::{
    building,
    launcher::{Ended, Launcher, Ran, Run, RunLimits, Stop},
    trial::Trial,
};

/// The program that counts; its notes and counters are called after it.
pub(super) const PROGRAM: &str = "covered";

/// The ending of a compiler's notes: which counter counts which line.
pub(super) const NOTES: &str = ".gcno";

/// The ending of counters.
pub(super) const COUNTERS: &str = ".gcda";

/// CPU time of all watched tests together, in ms.
const BUDGET_MS: u64 = 5000;

/// The tools that count lines, as the language's file names them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tools {
    /// Builds the program that counts, `covered`.
    build: Vec<String>,
    /// Builds it for calls, with what the calling build made.
    calls: Vec<String>,
    /// Files of ours that both are built from: name in the build folder, name beside the language's file.
    files: BTreeMap<String, String>,
    /// Reads counters.
    pub(super) gcov: String,
    /// Turns addresses into lines.
    pub(super) addr2line: String,
}

/// What one test's run left.
pub(super) struct Left<'a> {
    /// The test.
    pub(super) rerun: Rerun<'a>,
    /// Counter files by name.
    pub(super) counters: BTreeMap<String, Vec<u8>>,
    /// The signal it crashed by, and the addresses it came from, innermost first.
    pub(super) crash: Option<(i32, Vec<String>)>,
}

/// Builds, runs the tests as far as the budget goes, and reads the counters: once for programs, once for calls.
///
/// # Errors
///
/// When the counting build fails or a tool cannot be run.
pub(super) fn collect(
    tools: &Tools,
    trial: &Trial<'_>,
    plan: &Plan<'_>,
    launcher: &mut Launcher,
) -> anyhow::Result<Coverage> {
    let (programs, calls): (Vec<Rerun<'_>>, Vec<_>) = plan
        .visible
        .iter()
        .chain(&plan.hidden)
        .partition(|it| matches!(it.test.kind, TestKind::Stdio { .. }));
    let mut coverage = Coverage::default();
    for (template, reruns) in [(&tools.build, programs), (&tools.calls, calls)] {
        if !reruns.is_empty() {
            let notes = build(tools, template, trial, launcher)?;
            let left = run(trial, &reruns, &notes, launcher)?;
            counters::read(&mut coverage, tools, trial, (&notes, &left), launcher)?;
        }
    }
    Ok(coverage)
}

/// Builds the program that counts, and gives the compiler's notes of what it counts.
fn build(
    tools: &Tools,
    template: &[String],
    trial: &Trial<'_>,
    launcher: &mut Launcher,
) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let own = |(name, file): (&String, &String)| {
        Some((name.clone(), trial.language.file(file)?.as_bytes().to_vec()))
    };
    launcher.write(tools.files.iter().filter_map(own).collect())?;
    let argv = trial.language.argv(template, trial.entry, trial.job.files);
    let collect = vec![format!("{PROGRAM}-*")];
    let built = launcher.run(&tool_run(
        argv,
        Vec::new(),
        building::limits(trial.language, trial.job),
        collect,
    ))?;
    ensure!(built.ended == Ended::Exited(0), "the counting build ended with {:?}", built.ended);
    Ok(built.files.into_iter().filter(|(name, _)| name.ends_with(NOTES)).collect())
}

/// Runs the tests in turn until the budget is spent.
fn run<'a>(
    trial: &Trial<'_>,
    reruns: &[Rerun<'a>],
    notes: &BTreeMap<String, Vec<u8>>,
    launcher: &mut Launcher,
) -> anyhow::Result<Vec<Left<'a>>> {
    let names: Vec<String> = notes.keys().map(|name| name.replace(NOTES, COUNTERS)).collect();
    let mut left = Vec::new();
    let mut spent_ms = 0;
    for rerun in reruns {
        if spent_ms > BUDGET_MS {
            break;
        }
        let ran = launcher.run(&test_run(trial, rerun, &names)?)?;
        spent_ms += ran.cpu_ms;
        left.push(Left { rerun: *rerun, crash: crash(&ran), counters: ran.files });
    }
    Ok(left)
}

/// The run of a tool in the build folder.
pub(super) fn tool_run(
    argv: Vec<String>,
    stdin: Vec<u8>,
    limits: RunLimits,
    collect: Vec<String>,
) -> Run {
    let (env, data) = (Vec::new(), Vec::new());
    Run { argv, env, stdin, data, limits, in_build: true, collect, on_time_limit: Stop::Kill }
}

/// The run of one test; its counters go into its own fresh folder, wherever the program was built.
fn test_run(trial: &Trial<'_>, rerun: &Rerun<'_>, counters: &[String]) -> anyhow::Result<Run> {
    let env = [("GCOV_PREFIX", "."), ("GCOV_PREFIX_STRIP", "99")];
    let cpu_ms = rerun.cap_ms;
    let mut run = trial.order(rerun.test)?;
    run.argv[0] = format!("./{PROGRAM}");
    run.env.extend(env.map(|(name, value)| (name.to_owned(), value.to_owned())));
    run.limits = RunLimits { cpu_ms, wall_ms: 500 + 2 * cpu_ms, ..run.limits };
    run.collect = counters.to_vec();
    run.on_time_limit = Stop::Terminate;
    Ok(run)
}

/// The signal of a run that crashed, and the addresses that `dump.c` wrote. The run may have written there too:
/// only what looks like an address is taken.
fn crash(ran: &Ran) -> Option<(i32, Vec<String>)> {
    let Ended::Signalled(signal) = ran.ended else { return None };
    let text = String::from_utf8_lossy(&ran.values);
    let is_address = |line: &&str| {
        !line.is_empty() && line.len() <= 16 && line.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    Some((signal, text.lines().filter(is_address).take(32).map(str::to_owned).collect()))
}
