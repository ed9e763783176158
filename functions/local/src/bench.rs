//! The localisation benchmark: how often the bug's line stands among the first that the grader names.

mod assignment;
mod cases;
mod score;
mod text;
pub(crate) mod walk;

use std::path::Path;

use anyhow::Context;
use grader::{Examined, Job, Slot};
use nix::sys::resource::{UsageWho, getrusage};
use shared::report::{Outcome, Report};

use assignment::Assignment;
use cases::{Case, Task, Truth};
pub(crate) use score::{Found, table};
pub(crate) use text::rows_as_text;

/// The languages of which every case is graded.
const LANGUAGES: [&str; 2] = ["c", "python"];

/// Grades every case of the folder and tells `progress` after each how many of how many are done.
///
/// # Errors
///
/// When the cases cannot be read or the grader itself fails.
pub(crate) fn localization(
    dir: &Path,
    slot: &Slot,
    mut progress: impl FnMut(usize, usize),
) -> anyhow::Result<Vec<Found>> {
    let cases = cases::read(dir, &LANGUAGES)?;
    let mut found = Vec::new();
    for case in &cases {
        let one =
            examine(case, slot).with_context(|| format!("grade the case {}", case.origin.id))?;
        found.push(one);
        progress(found.len(), cases.len());
    }
    Ok(found)
}

/// Grades one case, and only then looks at what is known of it.
fn examine(case: &Case, slot: &Slot) -> anyhow::Result<Found> {
    let before = cpu_ms()?;
    let (assignment, examined) = grade(&case.origin.language, &case.task, slot)?;
    let cpu_ms = cpu_ms()? - before;
    let lines = all_lines(&case.task.program, &examined);
    let accepted = |line: &u32| case.truth.accepted_lines.contains(line);
    Ok(Found {
        id: case.origin.id.clone(),
        cpu_ms,
        language: case.origin.language.clone(),
        source: case.origin.source.clone(),
        executable: examined.order.len(),
        rank: lines.iter().position(accepted).map(|at| at + 1),
        abstained: examined.report.suspects.all.suspects.is_empty(),
        mismatches: mismatches(&examined.report, &assignment, &case.truth),
        left_out: assignment.left_out.len(),
        lines,
    })
}

/// All that the grader is given: program, tests and reference.
fn grade(language: &str, task: &Task, slot: &Slot) -> anyhow::Result<(Assignment, Examined)> {
    let assignment = Assignment::of(language, task)?;
    let job = Job { package: &assignment.package, language, files: &assignment.files, seed: 0 };
    let examined = grader::examine(slot, &job, &mut |_| {})?;
    Ok((assignment, examined))
}

/// The lines that can run in their order, then the other lines that hold text, from the top.
fn all_lines(program: &str, examined: &Examined) -> Vec<u32> {
    let mut lines: Vec<u32> = examined.order.iter().map(|(_, line)| *line).collect();
    for (line, text) in (1..).zip(program.lines()) {
        if !lines.contains(&line) && text.chars().any(char::is_alphanumeric) {
            lines.push(line);
        }
    }
    lines
}

/// Tests whose outcome here is not the one that was recorded: a check of our grading, not of the ranking.
fn mismatches(report: &Report, assignment: &Assignment, truth: &Truth) -> Vec<String> {
    let recorded = (0..).zip(&truth.recorded).filter(|(n, _)| !assignment.left_out.contains(n));
    report
        .tests
        .iter()
        .zip(recorded)
        .filter(|(test, (_, record))| {
            (test.outcome == Outcome::Passed) != (record.buggy_result == "pass")
        })
        .map(|(test, (_, record))| {
            format!("{} is {:?}, was {}", test.name, test.outcome, record.buggy_result)
        })
        .collect()
}

/// CPU time of this process and of all that it has waited for, in ms.
fn cpu_ms() -> anyhow::Result<u64> {
    let mut ms = 0;
    for who in [UsageWho::RUSAGE_SELF, UsageWho::RUSAGE_CHILDREN] {
        let usage = getrusage(who).context("ask for the CPU time used")?;
        for time in [usage.user_time(), usage.system_time()] {
            ms += time.tv_sec() * 1000 + time.tv_usec() / 1000;
        }
    }
    Ok(ms.unsigned_abs())
}
