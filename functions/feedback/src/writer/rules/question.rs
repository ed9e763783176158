//! One question about the learner's own run, whose answer was observed.

mod dull;

use shared::{
    report::{Observation, Outcome, Seen, TestResult},
    store::questions::NewQuestion,
};

use super::{
    outcome::Class,
    quote::{place, quote},
    view::View,
};

/// The longest value that can fairly be asked for, in characters.
const LONGEST_ANSWER: usize = 40;
/// The most rounds that can fairly be asked for.
const MOST_RUNS: u64 = 50;
/// A list of outcomes of a condition is cut at this many, so its count may be wrong.
const BRANCHES_CUT: usize = 20;

/// A question whose answer was seen in the test that the hints speak of; of a program that passes, in the
/// visible test with the smallest input. `None` where nothing was observed that can be asked for.
pub(super) fn ask(view: &View<'_>) -> Option<NewQuestion> {
    if matches!(view.class, Class::Build | Class::BuildLimit | Class::Missing) {
        return None;
    }
    let fails = |test: &&TestResult| test.outcome != Outcome::Passed;
    let asked = view.visible().filter(|test| view.failing.is_none() || fails(test));
    let mut others: Vec<&TestResult> = asked.collect();
    others.sort_by_key(|test| test.input.trim().len());
    let tests: Vec<&TestResult> = view.failing.into_iter().chain(others).collect();
    let thoughtful = tests.iter().find_map(|test| about(view, test, dull::is_dull));
    // Of a program without loops and calls, only whether a suspected line is reached is left to ask.
    thoughtful
        .or_else(|| tests.iter().find_map(|test| about(view, test, dull::is_beside_the_point)))
}

/// The question of a test that lies nearest to the first suspect, of those that are not left out.
fn about(
    view: &View<'_>,
    test: &TestResult,
    left_out: fn(&View<'_>, &TestResult, &Observation, &str) -> bool,
) -> Option<NewQuestion> {
    let seen = view.facts.report.observations.iter().filter(|it| it.test == test.name);
    let known = seen.filter(|it| {
        view.facts.files.contains_key(&it.path) && (!was_stopped(test) || ran_seldom(view, it))
    });
    let asked = known.filter_map(|it| Some((it, answer(it)?)));
    let asked = asked.filter(|(it, answer)| !left_out(view, test, it, answer));
    let (best, answer) =
        asked.min_by_key(|(it, answer)| (distance(view, it), kind(it), it.line, answer.clone()))?;
    Some(NewQuestion {
        text: text(view, test, best),
        path: Some(best.path.clone()),
        line: Some(best.line),
        answer,
    })
}

/// Whether the test was ended at a limit: then what its loop did last depends on the machine.
pub(super) fn was_stopped(test: &TestResult) -> bool {
    !matches!(
        test.outcome,
        Outcome::Passed | Outcome::WrongAnswer | Outcome::NoResult | Outcome::RuntimeError
    )
}

/// Whether the line of an observation is known to have run a few times only, so not in an endless loop.
fn ran_seldom(view: &View<'_>, observation: &Observation) -> bool {
    let same = |it: &&Observation| {
        (&it.test, &it.path, it.line) == (&observation.test, &observation.path, observation.line)
    };
    let counts =
        view.facts.report.observations.iter().filter(same).filter_map(|it| match it.seen {
            Seen::Runs { count } => Some(count),
            _ => None,
        });
    counts.max().is_some_and(|most| most <= MOST_RUNS)
}

/// What was observed, where it can be asked for: short, and the same in every run.
fn answer(observation: &Observation) -> Option<String> {
    let value = match &observation.seen {
        Seen::Runs { count } => (*count <= MOST_RUNS).then(|| count.to_string()),
        Seen::Variable { value, .. } | Seen::Returned { value, .. } => Some(value.clone()),
        Seen::Branch { taken } if taken.len() < BRANCHES_CUT => {
            Some(taken.iter().filter(|held| **held).count().to_string())
        }
        Seen::Branch { .. } => None,
    }?;
    let short = !value.is_empty() && value.chars().count() <= LONGEST_ANSWER;
    let stable = !value.contains(['<', '…', '\n']) && !value.contains(" at 0x");
    (short && stable).then_some(value)
}

/// How many lines away from the first suspect, in steps of three: near is near.
fn distance(view: &View<'_>, observation: &Observation) -> u32 {
    match view.suspects.first() {
        Some(suspect) if suspect.path == observation.path => {
            suspect.line.abs_diff(observation.line) / 3
        }
        Some(_) => u32::MAX,
        None => 0,
    }
}

fn kind(observation: &Observation) -> u8 {
    match observation.seen {
        Seen::Variable { .. } => 0,
        // Asked once, a decision is only worth a question where there is no better one.
        Seen::Branch { ref taken } if taken.len() < 2 => 4,
        Seen::Branch { .. } => 1,
        Seen::Runs { .. } => 2,
        Seen::Returned { .. } => 3,
    }
}

fn text(view: &View<'_>, test: &TestResult, observation: &Observation) -> String {
    let given = match (test.input.trim(), view.is_call(test)) {
        ("", _) => format!("In test {}", quote(&test.name)),
        (call, true) => format!("For {}", quote(call)),
        (input, false) => format!("With the input {}", quote(input)),
    };
    let place = place(view.facts.files, &observation.path, observation.line);
    match &observation.seen {
        Seen::Runs { .. } => format!("{given}, how many times does {place}, run?"),
        Seen::Variable { name, .. } => {
            format!(
                "{given}, what is the value of {} when {place}, has run for the last time?",
                quote(name)
            )
        }
        Seen::Returned { .. } => format!("{given}, what does {place}, give back the first time?"),
        Seen::Branch { .. } => {
            format!("{given}, how many times does the condition in {place}, hold?")
        }
    }
}
