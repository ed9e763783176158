//! Warnings of the compiler that are worth a hint.

use shared::report::{Diagnostic, Severity};

use super::{
    errors::{self, Explanation},
    view::View,
};

/// The warning to speak of: one at a suspect if there is one, else the first that is explained.
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
        .min_by_key(|(it, _)| !is_suspect(it))
}
