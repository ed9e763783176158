//! Which file of a package is what.

use std::collections::BTreeMap;

use super::{Files, Mistakes, manifest::Compare};

/// The files of a package, sorted by what they are.
#[derive(Default)]
pub(super) struct Layout {
    /// `assignment.toml`.
    pub(super) manifest: Option<String>,
    /// `text.md`.
    pub(super) text: Option<String>,
    /// `starter/…`.
    pub(super) starter: Files,
    /// `reference/<language>/…`.
    pub(super) references: BTreeMap<String, Files>,
    /// `tests/…`, but for the calls.
    pub(super) tests: Files,
    /// `tests/calls.jsonl`.
    pub(super) calls: Option<String>,
    /// What is none of these.
    others: Vec<String>,
}

/// Sorts the files; tells what is missing and what is graded later.
pub(super) fn sort(files: Files, mistakes: &mut Mistakes) -> Layout {
    let mut layout = Layout::default();
    for (path, content) in files {
        let (folder, rest) = path.split_once('/').unwrap_or(("", &path));
        match (folder, rest) {
            ("", "assignment.toml") => layout.manifest = Some(content),
            ("", "text.md") => layout.text = Some(content),
            ("starter", rest) => {
                layout.starter.insert(rest.to_owned(), content);
            }
            ("reference", rest) => match rest.split_once('/') {
                None => mistakes.of_file(&path, "belongs into reference/<language>/"),
                Some((language, rest)) => {
                    let reference = layout.references.entry(language.to_owned()).or_default();
                    reference.insert(rest.to_owned(), content);
                }
            },
            ("tests", "calls.jsonl") => layout.calls = Some(content),
            ("tests", "harness.jsonl") => mistakes.of_file(&path, "is not graded here yet"),
            ("tests", rest) if rest.starts_with("unit/") || rest.starts_with("harness/") => {
                mistakes.of_file(&path, "is not graded here yet");
            }
            ("tests", rest) => {
                layout.tests.insert(rest.to_owned(), content);
            }
            _ => layout.others.push(path),
        }
    }
    if layout.text.as_deref().unwrap_or_default().trim().is_empty() {
        mistakes.of_file("text.md", "is missing or empty; it tells learners what to do");
    }
    layout
}

/// Tells files that nothing uses; a comparing program is used, though not here yet.
pub(super) fn check_compare(layout: &Layout, compare: &Compare, mistakes: &mut Mistakes) {
    let program = match compare {
        Compare::Checker(program) | Compare::Interactor(program) => Some(program),
        _ => None,
    };
    for path in layout.others.iter().filter(|path| Some(*path) != program) {
        mistakes.of_file(path, "is not part of a package; see its layout in the documentation");
    }
}
