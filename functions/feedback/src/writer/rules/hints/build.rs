//! Hints for what does not build: what it means, where it is, what to check.

use shared::{
    report::{Diagnostic, Severity},
    submission::Hint,
};

use super::language;
use crate::writer::rules::{
    errors::{self, Explanation},
    outcome::Class,
    quote::{place, quote},
    view::View,
};

/// One hint for each level; one for all where the compiler names no error.
pub(super) fn write(view: &View<'_>) -> Vec<Hint> {
    let diagnostics = &view.facts.report.build.diagnostics;
    let error = diagnostics
        .iter()
        .find(|it| it.severity == Severity::Error)
        .filter(|_| view.class == Class::Build);
    let Some(error) = error else {
        let text = format!("Your program {}. {}", view.class.happened(), view.class.check());
        return vec![Hint { level: 1, text, line: None }];
    };
    let explanation = errors::of_build(error, language(view));
    let (what, line) = match ours(view, error) {
        Some((text, line)) => (text, line),
        None => (noticed(view, error, explanation), (error.line > 0).then_some(error.line)),
    };
    let why = if is_ours(error) { "." } else { ", because your program cannot be read." };
    let first = format!("No test could run{why} {}", explanation.means);
    let hint = |level, text, line| Hint { level, text, line };
    vec![hint(1, first, None), hint(2, what, line), hint(3, explanation.check.to_owned(), line)]
}

fn is_ours(error: &Diagnostic) -> bool {
    error.code.as_deref().is_some_and(|code| code.starts_with("faultline-"))
}

/// What our own remarks say, and where; nothing is quoted of a line at which only something is missing.
fn ours(view: &View<'_>, error: &Diagnostic) -> Option<(String, Option<u32>)> {
    let named = |words: &str| error.message.strip_prefix(words).map(quote);
    match error.code.as_deref()? {
        "faultline-signature" => {
            let at = place(view.facts.files, &error.path, error.line);
            let wanted = named("the assignment wants ")?;
            Some((format!("Look at {at}. The assignment wants {wanted}."), Some(error.line)))
        }
        "faultline-no-function" => {
            let wanted = named("there is no function ")?;
            Some((format!("There is no function {wanted} in your program."), None))
        }
        "faultline-no-entry" => {
            let wanted = named("there is no file ")?;
            Some((format!("Name the file that starts your program {wanted}."), None))
        }
        _ => None,
    }
}

fn noticed(view: &View<'_>, error: &Diagnostic, explanation: Explanation) -> String {
    let means = explanation.means;
    if error.line == 0 {
        return format!("The parts of your program do not fit together. {means}");
    }
    let place = place(view.facts.files, &error.path, error.line);
    format!("It was noticed at {place}; the reason is there or a little above. {means}")
}
