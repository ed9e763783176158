//! What compilers say, on the learner's own lines.

mod gcc;

use shared::{
    package::Files,
    report::{Diagnostic, Severity},
    text,
};

use crate::{language::Diagnosing, launcher::Ran};

/// Diagnostics that a report holds, errors first.
const MOST: usize = 50;

/// What is built.
pub(crate) struct Program<'a> {
    /// The learner's file that is run or called.
    pub(crate) entry: &'a str,
    /// The learner's files.
    pub(crate) files: &'a Files,
    /// The function that glue of ours calls, if there is glue.
    pub(crate) wanted: Option<Wanted>,
}

/// A function that must be there.
pub(crate) struct Wanted {
    /// Its name.
    pub(crate) name: String,
    /// Its declaration as the language has it: `int gcd(int, int)`.
    pub(crate) prototype: String,
}

impl Program<'_> {
    /// The remark that the function has another type than the assignment wants.
    fn wants(&self, at: Diagnostic) -> Diagnostic {
        let prototype = self.wanted.as_ref().map_or("", |it| &it.prototype);
        let message = format!("the assignment wants {prototype}");
        Diagnostic { message, code: Some("faultline-signature".to_owned()), ..at }
    }

    /// The error of a program without its function.
    fn lacks(&self, function: &str) -> Diagnostic {
        let lacks = at_the_end(self, &format!("there is no function {function}"));
        Diagnostic { code: Some("faultline-no-function".to_owned()), ..lacks }
    }
}

/// Reads a compiler's remarks. An error that names no line of the learner's stands at the entry's first, or at its
/// last where something is missing.
pub(crate) fn read(format: Diagnosing, ran: &Ran, program: &Program<'_>) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = match format {
        Diagnosing::Record => serde_json::from_slice(&ran.values).unwrap_or_default(),
        Diagnosing::Gcc => gcc::read(&String::from_utf8_lossy(&ran.stderr), program),
    };
    found.retain(|diagnostic| program.files.contains_key(&diagnostic.path));
    for diagnostic in &mut found {
        diagnostic.message = shown(&diagnostic.message);
    }
    let mut found = errors_first(found);
    found.truncate(MOST);
    found
}

/// Errors first, then warnings; a note stays behind the remark that it belongs to.
fn errors_first(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut families: Vec<Vec<Diagnostic>> = Vec::new();
    for diagnostic in found {
        match families.last_mut() {
            Some(family) if diagnostic.severity == Severity::Note => family.push(diagnostic),
            _ => families.push(vec![diagnostic]),
        }
    }
    families.sort_by_key(|family| family[0].severity);
    families.concat()
}

/// An error of the whole program.
pub(crate) fn at_the_entry(entry: &str, message: &str) -> Diagnostic {
    let (path, message) = (entry.to_owned(), shown(message));
    Diagnostic { path, line: 1, column: None, severity: Severity::Error, message, code: None }
}

/// The submission lacks the file that is run.
pub(crate) fn no_entry(entry: &str) -> Diagnostic {
    let code = Some("faultline-no-entry".to_owned());
    Diagnostic { code, ..at_the_entry(entry, &format!("there is no file {entry}")) }
}

/// An error that shows only where the entry ends: on its last line that holds anything.
fn at_the_end(program: &Program<'_>, message: &str) -> Diagnostic {
    let text = program.files.get(program.entry).map_or("", |text| text.trim_end());
    let line = u32::try_from(text.lines().count()).unwrap_or(u32::MAX).max(1);
    Diagnostic { line, ..at_the_entry(program.entry, message) }
}

fn shown(message: &str) -> String {
    text::cut(&text::printable(message.as_bytes()), text::SHOWN_BYTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_stays_behind_its_warning_when_errors_come_first() {
        let remark = |severity, message| Diagnostic { severity, ..at_the_entry("a.c", message) };
        let said = vec![
            remark(Severity::Warning, "implicit declaration"),
            remark(Severity::Note, "include <stdio.h>"),
            remark(Severity::Warning, "unused variable"),
            remark(Severity::Error, "expected ;"),
        ];

        let told = errors_first(said);

        let words: Vec<_> = told.iter().map(|it| it.message.as_str()).collect();
        let implicit = ["implicit declaration", "include <stdio.h>"];
        assert_eq!(words, ["expected ;", implicit[0], implicit[1], "unused variable"]);
    }
}
