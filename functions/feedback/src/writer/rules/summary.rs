//! The summary: how many tests pass, and what happened.

use shared::report::{Outcome, Report};

use super::{outcome::Class, quote::quote, view::View};

/// `3 of 5 tests pass.`; all that is said in exam mode.
pub(super) fn counts(report: &Report) -> String {
    let passed = report.tests.iter().filter(|test| test.outcome == Outcome::Passed).count();
    match (passed, report.tests.len()) {
        (_, 0) => "No test was run.".to_owned(),
        (1, 1) => "The test passes.".to_owned(),
        (0, 1) => "The test does not pass.".to_owned(),
        (_, all) if passed == all => format!("All {all} tests pass."),
        (passed, all) => format!("{passed} of {all} tests pass."),
    }
}

/// The counts, and what happened in the test that the hints speak of.
pub(super) fn write(view: &View<'_>) -> String {
    let counts = counts(view.facts.report);
    if view.is_blank() && view.class != Class::Passes {
        return format!("{counts} Your file is empty.");
    }
    match view.class {
        Class::Build if lacks_what_is_wanted(view.facts.report) => {
            "No test could run: your program does not have what the assignment wants.".to_owned()
        }
        Class::Build | Class::BuildLimit => {
            format!("No test could run: your program {}.", view.class.happened())
        }
        Class::Passes => counts,
        Class::Unseen => format!(
            "{counts} Those that you can see pass or were not run; some others do not pass."
        ),
        class => match view.failing {
            Some(test) => {
                let others = view.failing().filter(|it| it.name != test.name).count();
                let more = if others == 0 {
                    String::new()
                } else {
                    format!(" ({others} more do not pass)")
                };
                format!(
                    "{counts} In test {}{more}, your program {}.",
                    quote(&test.name),
                    class.happened()
                )
            }
            None => {
                format!("{counts} In a test that is not shown, your program {}.", class.happened())
            }
        },
    }
}

/// Whether the first error is one of ours: a file or a function is missing, or has another type.
fn lacks_what_is_wanted(report: &Report) -> bool {
    let first = report.build.diagnostics.first().and_then(|it| it.code.as_deref());
    first.is_some_and(|code| code.starts_with("faultline-"))
}
