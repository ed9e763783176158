//! Errors in our own words: what each means and what to check, by name and by the tool's words.
//!
//! The first row that matches wins, so rows with words stand before rows without.

mod c_builds;
mod c_crashes;
mod c_warnings;
mod python_crashes;
mod python_syntax;

use shared::report::{Crash, Diagnostic};

/// What an error means and what to check; never the fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Explanation {
    /// The error's name: `IndexError`, `SIGSEGV`, `-Wformat`; empty where any will do.
    name: &'static str,
    /// What the tool's words hold, in small letters; empty where any will do.
    words: &'static str,
    /// What it means, a sentence.
    pub(super) means: &'static str,
    /// What to check, a sentence or two.
    pub(super) check: &'static str,
}

impl Explanation {
    fn fits(&self, name: &str, message: &str) -> bool {
        (self.name.is_empty() || self.name == name) && message.contains(self.words)
    }
}

/// One row of a table.
const fn row(
    name: &'static str,
    words: &'static str,
    means: &'static str,
    check: &'static str,
) -> Explanation {
    Explanation { name, words, means, check }
}

/// A C function has another type than our call of it.
const SIGNATURE: Explanation = row(
    "faultline-signature",
    "",
    "The function has another type than the assignment wants.",
    "Compare the first line of the function with the assignment: what it gives back, how many values it takes, and the type of each.",
);
/// The function that is called is not there.
const NO_FUNCTION: Explanation = row(
    "faultline-no-function",
    "",
    "The function that the tests call is not there.",
    "Compare the names of your functions with the one that is wanted, letter by letter, capital and small ones too.",
);
/// The file that is run is not there.
const NO_ENTRY: Explanation = row(
    "faultline-no-entry",
    "",
    "The file with which the program starts is not there.",
    "Compare the names of your files with the one that is wanted, letter by letter, and check that it lies in no folder.",
);
/// A test calls a function, but the file reads input.
const INPUT_IN_CALL: Explanation = row(
    "EOFError",
    "",
    "The tests call the function and give no input, but your file reads some.",
    "Check which line reads input: does the task ask for it, or are all values handed to the function?",
);

/// What a crash means in a test that calls a function.
pub(super) fn of_crash_in_call(crash: &Crash, language: &str) -> Explanation {
    if crash.name == INPUT_IN_CALL.name { INPUT_IN_CALL } else { of_crash(crash, language) }
}

/// What a crash means.
pub(super) fn of_crash(crash: &Crash, language: &str) -> Explanation {
    let rows: &[Explanation] =
        if language == "python" { python_crashes::CRASHES } else { c_crashes::CRASHES };
    let other = row(
        "",
        "",
        "The program ended with an error of its own.",
        "Find the line that ends it, and check which values stand there at that moment.",
    );
    // A module's name in front does not matter: `json.decoder.JSONDecodeError`.
    find(rows, crash.name.rsplit('.').next().unwrap_or_default(), &crash.message).unwrap_or(other)
}

/// What an error of the build means.
pub(super) fn of_build(diagnostic: &Diagnostic, language: &str) -> Explanation {
    let rows: &[Explanation] =
        if language == "python" { python_syntax::SYNTAX } else { c_builds::BUILDS };
    let other = row(
        "",
        "",
        "The compiler does not understand the program from here on.",
        "Read this line and the one above it aloud, sign by sign, and compare them with a line that works.",
    );
    find(rows, diagnostic.code.as_deref().unwrap_or_default(), &diagnostic.message).unwrap_or(other)
}

/// What a warning means; `None` for one that is not worth a hint.
pub(super) fn of_warning(diagnostic: &Diagnostic) -> Option<Explanation> {
    find(c_warnings::WARNINGS, diagnostic.code.as_deref().unwrap_or_default(), &diagnostic.message)
}

fn find(rows: &[Explanation], name: &str, message: &str) -> Option<Explanation> {
    // Compilers put words in typographic quotes where the locale has them.
    let message = message.to_lowercase().replace(['\u{2018}', '\u{2019}'], "'");
    rows.iter().find(|row| row.fits(name, &message)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_explanation_can_be_reached_and_reads_well() {
        for rows in [
            python_crashes::CRASHES,
            python_syntax::SYNTAX,
            c_crashes::CRASHES,
            c_builds::BUILDS,
            c_warnings::WARNINGS,
        ] {
            for row in rows {
                assert_eq!(
                    find(rows, row.name, row.words),
                    Some(*row),
                    "{} {}",
                    row.name,
                    row.words
                );
                assert!(row.means.ends_with('.'), "{}", row.means);
                assert!(row.check.ends_with(['.', '?']), "{}", row.check);
            }
        }
    }
}
