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

/// Reads a compiler's remarks. An error that names no line of the learner's stands at the entry's first.
pub(crate) fn read(format: Diagnosing, ran: &Ran, entry: &str, files: &Files) -> Vec<Diagnostic> {
    let mut found = match format {
        Diagnosing::Record => serde_json::from_slice(&ran.values).unwrap_or_default(),
        Diagnosing::Gcc => gcc::read(&String::from_utf8_lossy(&ran.stderr), entry, files),
    };
    found.retain(|diagnostic| files.contains_key(&diagnostic.path));
    for diagnostic in &mut found {
        diagnostic.message = shown(&diagnostic.message);
    }
    found.sort_by_key(|diagnostic| diagnostic.severity);
    found.truncate(MOST);
    found
}

/// An error of the whole program.
pub(crate) fn at_the_entry(entry: &str, message: &str) -> Diagnostic {
    let (path, message) = (entry.to_owned(), shown(message));
    Diagnostic { path, line: 1, column: None, severity: Severity::Error, message, code: None }
}

fn shown(message: &str) -> String {
    text::cut(&text::printable(message.as_bytes()), text::SHOWN_BYTES)
}
