//! What `cover.py` answers, checked: it shared a process with learner code and may say anything.

use std::collections::BTreeMap;

use serde::Deserialize;
use shared::{
    package::Files,
    report::{Observation, Seen},
};

use super::{Coverage, Place, Statement, TestRun, plan::Rerun};

/// Longest value, variable or function name that is kept, in characters; `cover.py` keeps to it too.
const SHOWN_CHARS: usize = 80;

/// Most outcomes of one condition that are kept.
const BRANCHES: usize = 20;

/// Observations that are kept of one test; three tests are watched, and a report has room for 200.
const OBSERVATIONS: usize = 66;

/// How many of them may be notes, so that there is room for how often lines ran.
const NOTES: usize = 44;

/// What was answered, tests in the order of the request; those at the end may be missing.
#[derive(Debug)]
pub(super) struct Answer {
    statements: Statements,
    tests: Vec<Option<Run>>,
}

/// What stands on the lines of each file.
type Statements = BTreeMap<String, BTreeMap<u32, Statement>>;

/// What one test left.
#[derive(Debug, Deserialize)]
struct Run {
    hits: BTreeMap<String, BTreeMap<u32, u64>>,
    #[serde(default)]
    crash: Option<Crashed>,
    #[serde(default)]
    seen: Vec<Noted>,
}

#[derive(Debug, Deserialize)]
struct Crashed {
    path: String,
    line: u32,
    name: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Noted {
    path: String,
    line: u32,
    #[serde(flatten)]
    seen: Seen,
}

impl Answer {
    /// Reads one text a line: the statements, then tests as far as they are whole. `None` without statements.
    pub(super) fn read(values: &[u8]) -> Option<Self> {
        let mut lines = values.split(|byte| *byte == b'\n');
        let statements = serde_json::from_slice(lines.next()?).ok()?;
        let tests = lines.map_while(|line| serde_json::from_slice(line).ok()).collect();
        Some(Self { statements, tests })
    }

    /// Adds what was answered to `coverage`, as far as it speaks of the learner's files and their lines.
    pub(super) fn add_to(self, coverage: &mut Coverage, files: &Files, reruns: &[Rerun<'_>]) {
        let lines: BTreeMap<&str, usize> =
            files.iter().map(|(path, text)| (path.as_str(), text.lines().count())).collect();
        let known = |path: &str, line: u32| {
            lines.get(path).is_some_and(|last| line > 0 && line as usize <= *last)
        };
        for (place, statement) in places(self.statements) {
            if known(&place.path, place.line) {
                coverage.statements.insert(place, statement);
            }
        }
        for (rerun, run) in reruns.iter().zip(self.tests) {
            let Some(run) = run else { continue };
            let hits =
                places(run.hits).filter(|(place, _)| known(&place.path, place.line)).collect();
            let crash = run.crash.filter(|crash| known(&crash.path, crash.line)).map(|crash| {
                let place = Place { path: crash.path, line: crash.line };
                (place, crash.name.chars().take(SHOWN_CHARS).collect())
            });
            let run_of_test = TestRun { hits, crash };
            if rerun.watched {
                let noted = run.seen.into_iter().filter(|it| known(&it.path, it.line));
                observe(coverage, &rerun.test.name, &run_of_test, noted);
            }
            coverage.runs.insert(rerun.test.name.clone(), run_of_test);
        }
    }
}

/// Adds how often lines ran and what was noted beside it, within bounds.
pub(super) fn observe(
    coverage: &mut Coverage,
    test: &str,
    run: &TestRun,
    noted: impl Iterator<Item = Noted>,
) {
    let counts = run.observations(test);
    let noted = noted.filter(|it| is_short(&it.seen)).map(|it| Observation {
        test: test.to_owned(),
        path: it.path,
        line: it.line,
        seen: it.seen,
    });
    coverage.observations.extend(noted.take(NOTES).chain(counts).take(OBSERVATIONS));
}

/// Whether the value keeps to the sizes that reports promise; counts come from counters, never from notes.
fn is_short(seen: &Seen) -> bool {
    let short =
        |text: &str| text.chars().count() <= SHOWN_CHARS && !text.contains(char::is_control);
    match seen {
        Seen::Runs { .. } => false,
        Seen::Variable { name, value } => short(name) && short(value),
        Seen::Returned { function, value } => short(function) && short(value),
        Seen::Branch { taken } => taken.len() <= BRANCHES,
    }
}

/// Lines of files in a row.
fn places<T>(files: BTreeMap<String, BTreeMap<u32, T>>) -> impl Iterator<Item = (Place, T)> {
    files.into_iter().flat_map(|(path, lines)| {
        lines.into_iter().map(move |(line, it)| (Place { path: path.clone(), line }, it))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_before_an_end_in_the_middle_is_kept() {
        let whole =
            b"{\"a.py\":{\"1\":\"return\"}}\nnull\n{\"hits\":{\"a.py\":{\"1\":2}}}\n{\"hits\":{\"a";

        let answer = Answer::read(whole).unwrap();

        assert_eq!((answer.statements.len(), answer.tests.len()), (1, 2));
        assert!(Answer::read(b"{\"a.py\":{\"1\"").is_none());
    }
}
