//! From counter files to lines: gcov for all tests at once, addr2line for all crashes at once.

use std::collections::BTreeMap;

use super::{
    Coverage, Place, TestRun, c_text, gcov,
    native::{COUNTERS, Left, NOTES, PROGRAM, Tools, tool_run},
    reading,
};
use crate::{
    building,
    launcher::{Launcher, RunLimits},
    trial::Trial,
};

/// Tests that one run of gcov reads, so that what it prints stays within [`READING_BYTES`].
const AT_ONCE: usize = 16;

/// What a run of gcov may print, in bytes.
const READING_BYTES: u64 = 16 * 1024 * 1024;

/// Reads the counters of all tests and finds the lines of their crashes.
pub(super) fn read(
    coverage: &mut Coverage,
    tools: &Tools,
    trial: &Trial<'_>,
    (notes, left): (&BTreeMap<String, Vec<u8>>, &[Left<'_>]),
    launcher: &mut Launcher,
) -> anyhow::Result<()> {
    let mut runs: Vec<TestRun> = left.iter().map(|_| TestRun::default()).collect();
    for (chunk, left) in left.chunks(AT_ONCE).enumerate() {
        for counts in gcov_of(tools, trial, notes, left, launcher)? {
            let test = counts.data_file.split('/').next().and_then(|n| n.parse::<usize>().ok());
            let run = test.and_then(|n| runs.get_mut(chunk * AT_ONCE + n));
            if let Some(run) = run {
                add(coverage, run, counts, trial);
            }
        }
    }
    for (run, crash) in runs.iter_mut().zip(crashes(tools, trial, left, launcher)?) {
        run.crash = crash;
    }
    for (left, run) in left.iter().zip(runs) {
        if !run.hits.is_empty() {
            let name = &left.rerun.test.name;
            if left.rerun.watched {
                reading::observe(coverage, name, &run, std::iter::empty());
            }
            coverage.runs.insert(name.clone(), run);
        }
    }
    Ok(())
}

/// Runs gcov over the counters of these tests, each in a folder of its own with the compiler's notes.
fn gcov_of(
    tools: &Tools,
    trial: &Trial<'_>,
    notes: &BTreeMap<String, Vec<u8>>,
    left: &[Left<'_>],
    launcher: &mut Launcher,
) -> anyhow::Result<Vec<gcov::Counts>> {
    let mut argv = vec![tools.gcov.clone(), "--json-format".to_owned(), "--stdout".to_owned()];
    let mut files = BTreeMap::new();
    for (n, left) in left.iter().enumerate() {
        for (name, counters) in &left.counters {
            let note = name.replace(COUNTERS, NOTES);
            if let Some(bytes) = notes.get(&note) {
                files.insert(format!("{n}/{note}"), bytes.clone());
                files.insert(format!("{n}/{name}"), counters.clone());
                argv.push(format!("{n}/{name}"));
            }
        }
    }
    if files.is_empty() {
        return Ok(Vec::new());
    }
    launcher.write(files)?;
    let limits =
        RunLimits { output_bytes: READING_BYTES, ..building::limits(trial.language, trial.job) };
    let ran = launcher.run(&tool_run(argv, Vec::new(), limits, Vec::new()))?;
    Ok(gcov::read(&ran.stdout))
}

/// Adds what a counter file counts of the learner's own lines.
fn add(coverage: &mut Coverage, run: &mut TestRun, counts: gcov::Counts, trial: &Trial<'_>) {
    for source in counts.files {
        let Some(text) = trial.job.files.get(&source.file) else { continue };
        let statements = c_text::statements(text);
        for line in source.lines {
            let statement =
                (line.line_number as usize).checked_sub(1).and_then(|at| statements.get(at));
            let Some(statement) = statement else { continue };
            let place = Place { path: source.file.clone(), line: line.line_number };
            coverage.statements.insert(place.clone(), *statement);
            if line.count > 0 {
                *run.hits.entry(place).or_default() += line.count;
            }
        }
    }
}

/// The innermost line of the learner's in each crash.
fn crashes(
    tools: &Tools,
    trial: &Trial<'_>,
    left: &[Left<'_>],
    launcher: &mut Launcher,
) -> anyhow::Result<Vec<Option<(Place, String)>>> {
    let traces = left.iter().flat_map(|left| &left.crash).flat_map(|(_, trace)| trace);
    let addresses: Vec<&str> = traces.map(String::as_str).collect();
    if addresses.is_empty() {
        return Ok(left.iter().map(|_| None).collect());
    }
    let argv = vec![tools.addr2line.clone(), "-e".to_owned(), PROGRAM.to_owned()];
    let stdin = addresses.join("\n").into_bytes();
    let ran = launcher.run(&tool_run(
        argv,
        stdin,
        building::limits(trial.language, trial.job),
        Vec::new(),
    ))?;
    let text = String::from_utf8_lossy(&ran.stdout).into_owned();
    let mut lines = text.lines();
    let place_of = |crash: &Option<(i32, Vec<String>)>| {
        let (signal, trace) = crash.as_ref()?;
        let frames: Vec<_> = lines.by_ref().take(trace.len()).collect();
        let place = frames.into_iter().find_map(|frame| place(frame, trial))?;
        Some((place, signal_name(*signal)))
    };
    Ok(left.iter().map(|left| &left.crash).map(place_of).collect())
}

/// `/folder/of/the/build/solution.c:9 (discriminator 1)` as a line of the learner's, if it is one.
fn place(frame: &str, trial: &Trial<'_>) -> Option<Place> {
    let (file, line) = frame.rsplit_once(':')?;
    let line = line.split(' ').next()?.parse().ok()?;
    let is_it = |path: &&String| file == **path || file.ends_with(&format!("/{path}"));
    let path = trial.job.files.keys().find(is_it)?;
    Some(Place { path: path.clone(), line })
}

/// `SIGSEGV`, or the number of a signal without a name.
fn signal_name(signal: i32) -> String {
    nix::sys::signal::Signal::try_from(signal)
        .map_or_else(|_| format!("signal {signal}"), |signal| signal.as_str().to_owned())
}
