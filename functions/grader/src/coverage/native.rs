//! Programs that a compiler builds: one build that counts, one run a test, one map from blocks to lines.
//!
//! All of it goes through the launcher: sources, counts and what tools make of them are the learner's to shape.

use std::collections::BTreeMap;

use anyhow::ensure;
use serde::Deserialize;
use shared::package::TestKind;

use super::{
    Coverage, Place, TestRun,
    blocks::Map,
    c_text,
    plan::{Plan, Rerun},
    reading,
};
use crate::{
    building,
    launcher::{Ended, Launcher, Ran, Run, RunLimits},
    trial::Trial,
};

/// The program that counts.
const PROGRAM: &str = "./covered";

/// The file that its counts lie in.
const COUNTS: &str = "faultline_counts";

/// What the map may be long, in bytes.
const MAP_BYTES: u64 = 16 * 1024 * 1024;

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
    /// Prints which lines the program's instructions come from.
    map: Vec<String>,
}

/// Builds, runs the tests as far as the budget goes, and maps counts to lines: once for programs, once for calls.
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
            let map = build(tools, template, trial, launcher)?;
            add_statements(&mut coverage, &map, trial);
            run(&mut coverage, &map, trial, &reruns, launcher)?;
        }
    }
    Ok(coverage)
}

/// Builds the program that counts, and maps its blocks to lines.
fn build(
    tools: &Tools,
    template: &[String],
    trial: &Trial<'_>,
    launcher: &mut Launcher,
) -> anyhow::Result<Map> {
    let own = |(name, file): (&String, &String)| {
        Some((name.clone(), trial.language.file(file)?.as_bytes().to_vec()))
    };
    launcher.write(tools.files.iter().filter_map(own).collect())?;
    let limits = building::limits(trial.language, trial.job);
    let argv = trial.language.argv(template, trial.entry, trial.job.files);
    let built = launcher.run(&tool_run(argv, limits))?;
    ensure!(built.ended == Ended::Exited(0), "the counting build ended with {:?}", built.ended);
    let limits = RunLimits { output_bytes: MAP_BYTES, ..limits };
    let mapped = launcher.run(&tool_run(tools.map.clone(), limits))?;
    ensure!(mapped.ended == Ended::Exited(0), "the map ended with {:?}", mapped.ended);
    Ok(Map::read(&String::from_utf8_lossy(&mapped.stdout), trial.job.files))
}

/// The run of a tool in the build folder.
fn tool_run(argv: Vec<String>, limits: RunLimits) -> Run {
    Run {
        argv,
        env: Vec::new(),
        stdin: Vec::new(),
        data: Vec::new(),
        limits,
        in_build: true,
        collect: Vec::new(),
    }
}

/// Every line that can run, with what its text says of it.
fn add_statements(coverage: &mut Coverage, map: &Map, trial: &Trial<'_>) {
    let files = trial.job.files.iter();
    let texts: BTreeMap<&String, _> =
        files.map(|(path, text)| (path, c_text::statements(text))).collect();
    for place in map.places() {
        let statement = texts.get(&place.path).and_then(|it| it.get(place.line as usize - 1));
        if let Some(statement) = statement {
            coverage.statements.insert(place.clone(), *statement);
        }
    }
}

/// Runs the tests in turn until the budget is spent.
fn run(
    coverage: &mut Coverage,
    map: &Map,
    trial: &Trial<'_>,
    reruns: &[Rerun<'_>],
    launcher: &mut Launcher,
) -> anyhow::Result<()> {
    let mut spent_ms = 0;
    for rerun in reruns {
        if spent_ms > BUDGET_MS {
            break;
        }
        let ran = launcher.run(&test_run(trial, rerun)?)?;
        spent_ms += ran.cpu_ms;
        let Some(counts) = ran.files.get(COUNTS) else { continue };
        let run = test_run_of(counts, &ran, map);
        if rerun.watched {
            reading::observe(coverage, &rerun.test.name, &run, std::iter::empty());
        }
        coverage.runs.insert(rerun.test.name.clone(), run);
    }
    Ok(())
}

/// The run of one test, as it was for its result but with the program that counts.
fn test_run(trial: &Trial<'_>, rerun: &Rerun<'_>) -> anyhow::Result<Run> {
    let cpu_ms = rerun.cap_ms;
    let mut run = trial.order(rerun.test)?;
    PROGRAM.clone_into(&mut run.argv[0]);
    run.limits = RunLimits { cpu_ms, wall_ms: 500 + 2 * cpu_ms, ..run.limits };
    run.collect = vec![COUNTS.to_owned()];
    Ok(run)
}

/// The lines of the blocks that ran. A line in several blocks, such as `for`, ran as often as the most frequent.
fn test_run_of(counts: &[u8], ran: &Ran, map: &Map) -> TestRun {
    let trace = trace(ran);
    let mut hits: BTreeMap<Place, u64> = BTreeMap::new();
    for (block, lines) in &map.blocks {
        let count = count(counts, *block);
        let next = map.blocks.range(block + 1..).next().map_or(u64::MAX, |(next, _)| *next);
        let inside = trace.iter().find(|at| (*block..next).contains(at));
        // A block that was entered once and left by a crash ran only up to there.
        let last = inside.filter(|_| count == 1).copied().unwrap_or(u64::MAX);
        for place in
            lines.iter().filter(|(_, first)| count > 0 && **first <= last).map(|(it, _)| it)
        {
            let hit = hits.entry(place.clone()).or_default();
            *hit = count.max(*hit);
        }
    }
    for head in &map.heads {
        let count = head.count(|block| count(counts, block));
        for place in head.lines.keys().filter(|_| count > 0) {
            let hit = hits.entry(place.clone()).or_default();
            *hit = count.max(*hit);
        }
    }
    let place = trace.iter().find_map(|at| map.place(*at)).cloned();
    let crash = match (ran.ended, place) {
        (Ended::Signalled(signal), Some(place)) => Some((place, signal_name(signal))),
        _ => None,
    };
    TestRun { hits, crash }
}

/// How often a block ran: `count.c` says where that stands in its file.
fn count(counts: &[u8], block: u64) -> u64 {
    let word = |at: usize, length: usize| counts.get(at..at + length);
    let start = word(0, 8).and_then(|it| it.try_into().ok()).map_or(0, u64::from_le_bytes);
    let at = block.checked_sub(start).and_then(|it| usize::try_from(it / 4 * 4).ok());
    let count = at.and_then(|at| word(8 + at, 4)).and_then(|it| it.try_into().ok());
    count.map_or(0, u32::from_le_bytes).into()
}

/// The addresses that a crash came from, innermost first. The program may have written there too: only what looks
/// like an address is taken.
fn trace(ran: &Ran) -> Vec<u64> {
    let text = String::from_utf8_lossy(&ran.values);
    text.lines().filter_map(|line| u64::from_str_radix(line, 16).ok()).take(32).collect()
}

/// `SIGSEGV`, or the number of a signal without a name.
fn signal_name(signal: i32) -> String {
    nix::sys::signal::Signal::try_from(signal)
        .map_or_else(|_| format!("signal {signal}"), |signal| signal.as_str().to_owned())
}
