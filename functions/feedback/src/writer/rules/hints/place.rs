//! Level 2: where to look, and why there.

use shared::report::{Evidence, Seen, Suspect};

use super::warned;
use crate::writer::rules::{
    outcome::Class,
    quote::{place, quote},
    told,
    view::View,
};

/// A place to look at, in words and as a line.
pub(super) struct Found<'a> {
    /// The hint.
    pub(super) text: String,
    /// Path and line, where one stands out.
    pub(super) at: Option<(&'a str, u32)>,
    /// Whether the line itself is suspected, so that its construct is worth a word.
    pub(super) is_suspect: bool,
}

/// Where the program crashed; else the first suspect; else what ran most; else where the result leaves.
pub(super) fn find<'a>(view: &View<'a>) -> Found<'a> {
    ended(view)
        .or_else(|| crashed(view))
        .or_else(|| suspected(view))
        .or_else(|| busiest(view))
        .unwrap_or_else(|| last(view))
}

/// Errors whose line is often right, and only got a wrong value.
const FROM_ABOVE: [&str; 6] =
    ["TypeError", "ValueError", "IndexError", "KeyError", "AttributeError", "ZeroDivisionError"];

/// The line by which a program left with a code of its own; the function that has another name than the wanted one.
fn ended<'a>(view: &View<'a>) -> Option<Found<'a>> {
    let test = view.failing?;
    let (says, at) = match view.class {
        Class::Exit => {
            let begins = |line: &str| line.contains(" main(");
            let leaves = |line: &str| line.starts_with("return") || line.contains("exit(");
            (
                "The code comes from where the program ends. Look at",
                last_line(view, leaves).or_else(|| last_line(view, begins))?,
            )
        }
        Class::Missing => {
            let missing = told::missing(test)?;
            let name = missing.defined.first()?;
            let begins = |line: &str| {
                line.strip_prefix("def ").is_some_and(|it| it.trim_start().starts_with(name))
            };
            ("Look at", last_line(view, begins)?)
        }
        _ => return None,
    };
    let text = format!("{says} {}.{}", place(view.facts.files, at.0, at.1), warned(view));
    Some(Found { text, at: Some(at), is_suspect: false })
}

/// The last line, without blanks around it, of which this holds.
fn last_line<'a>(view: &View<'a>, holds: impl Fn(&str) -> bool) -> Option<(&'a str, u32)> {
    view.facts.files.iter().find_map(|(path, text)| {
        let line = text.lines().enumerate().filter(|(_, line)| holds(line.trim())).last()?.0 + 1;
        Some((path.as_str(), u32::try_from(line).ok()?))
    })
}

fn crashed<'a>(view: &View<'a>) -> Option<Found<'a>> {
    let crash = view.failing?.crash.as_ref().filter(|crash| crash.line > 0)?;
    let mut text = format!("It stops at {}.", place(view.facts.files, &crash.path, crash.line));
    if !crash.message.trim().is_empty() {
        text = format!("{text} The message is {}.", quote(&crash.message));
    }
    if FROM_ABOVE.contains(&crash.name.as_str()) {
        text.push_str(" The wrong value may come from further above: look where the names in this line got theirs.");
    }
    Some(Found { text, at: Some((&crash.path, crash.line)), is_suspect: false })
}

fn suspected<'a>(view: &View<'a>) -> Option<Found<'a>> {
    let (first, others) = view.suspects.split_first()?;
    let mut text = format!("Start at {}.", place(view.facts.files, &first.path, first.line));
    text.push_str(&reason(first));
    let others: Vec<_> = others.iter().take(2).map(|it| format!("line {}", it.line)).collect();
    if !others.is_empty() {
        text = format!("{text} Then look at {}.", others.join(" and "));
    }
    text.push_str(&warned(view));
    Some(Found { text, at: Some((&first.path, first.line)), is_suspect: true })
}

/// Why a line is suspected, by the strongest of its evidence.
fn reason(suspect: &Suspect) -> String {
    let repaired = suspect.evidence.iter().any(|it| matches!(it, Evidence::Repair { .. }));
    if repaired {
        return " A small change here makes a failing test pass.".to_owned();
    }
    let counts = suspect.evidence.iter().find_map(|it| match it {
        Evidence::Spectrum { failing, passing } => Some((*failing, *passing)),
        _ => None,
    });
    let tests = |n: u32| if n == 1 { "1 test".to_owned() } else { format!("{n} tests") };
    match counts {
        Some((0, _)) | None => String::new(),
        Some((failing, 0)) => {
            format!(" It ran in {} that did not pass, and in none that passed.", tests(failing))
        }
        Some((failing, passing)) => {
            format!(
                " It ran in {} that did not pass, and in {} that passed.",
                tests(failing),
                tests(passing)
            )
        }
    }
}

/// Where time or output ran out: the line that ran most.
fn busiest<'a>(view: &View<'a>) -> Option<Found<'a>> {
    let test = view
        .failing
        .filter(|_| matches!(view.class, Class::Time | Class::Output | Class::Memory))?;
    let counts = view.facts.report.observations.iter().filter(|it| it.test == test.name);
    let (most, at) = counts
        .filter_map(|it| match it.seen {
            Seen::Runs { count } if count > 1 => Some((count, it)),
            _ => None,
        })
        .max_by_key(|(count, it)| (*count, std::cmp::Reverse(it.line)))?;
    let place = place(view.facts.files, &at.path, at.line);
    let text = format!(
        "Most of the time went to {place}: it ran {most} times. Look at the loop around it.{}",
        warned(view)
    );
    Some(Found { text, at: Some((&at.path, at.line)), is_suspect: true })
}

/// No line stands out: the last one that gives a result, from which to go backwards.
fn last<'a>(view: &View<'a>) -> Found<'a> {
    let gives =
        |line: &str| ["return ", "print(", "printf("].iter().any(|word| line.starts_with(word));
    let found = last_line(view, gives);
    let text = match found {
        Some((path, line)) => format!(
            "No single line stands out. Start where the result leaves, at {}, and go back from there: where did each of its values come from?{}",
            place(view.facts.files, path, line),
            warned(view)
        ),
        None => format!(
            "No single line stands out. Start at the last line of your program and go back: is everything there that the task asks for?{}",
            warned(view)
        ),
    };
    Found { text, at: found, is_suspect: false }
}
