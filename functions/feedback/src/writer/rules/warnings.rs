//! Warnings of the compiler that are worth a hint.

use shared::report::{Diagnostic, Severity};

use super::{
    errors::{self, Explanation},
    outcome::Class,
    view::View,
};

/// Warnings that explain by themselves why a program does not do what it should, with their words.
const TELLING: [(&str, &str); 5] = [
    ("-Wreturn-type", ""),
    ("-Wparentheses", "assignment used as truth value"),
    ("-Winfinite-recursion", ""),
    ("-Wformat=", ""),
    ("-Wmain", ""),
];

/// The warning to speak of: one that explains the failure; else one at a suspect if there is one, else the first that is explained.
pub(super) fn best<'a>(view: &View<'a>) -> Option<(&'a Diagnostic, Explanation)> {
    let is_suspect = |it: &Diagnostic| {
        view.suspects
            .iter()
            .take(3)
            .any(|suspect| suspect.path == it.path && suspect.line == it.line)
    };
    let warnings = view.facts.report.build.diagnostics.iter();
    warnings
        .filter(|it| it.severity == Severity::Warning)
        .filter_map(|it| Some((it, errors::of_warning(it)?)))
        .min_by_key(|(it, _)| (!is_telling(view, it), !is_suspect(it)))
}

/// What explains the failure better than what was seen of it.
pub(super) fn telling(view: &View<'_>) -> Option<Explanation> {
    let (warning, explanation) = best(view)?;
    is_telling(view, warning).then_some(explanation)
}

/// How `main` begins matters only for the exit code.
fn is_telling(view: &View<'_>, warning: &Diagnostic) -> bool {
    let code = warning.code.as_deref().unwrap_or_default();
    let listed = TELLING.iter().any(|(it, words)| *it == code && warning.message.contains(words));
    listed && (code != "-Wmain" || view.class == Class::Exit)
}
