//! gcc's JSON, one array a file that it compiles, and the linker's words between.

use serde::Deserialize;
use shared::{
    package::Files,
    report::{Diagnostic, Severity},
};

use super::at_the_entry;

#[derive(Deserialize)]
struct Remark {
    kind: String,
    message: String,
    option: Option<String>,
    #[serde(default)]
    locations: Vec<Location>,
    #[serde(default)]
    children: Vec<Remark>,
}

#[derive(Deserialize)]
struct Location {
    caret: Caret,
}

#[derive(Deserialize)]
struct Caret {
    file: String,
    line: u32,
    column: Option<u32>,
}

/// Reads standard error of gcc.
pub(super) fn read(stderr: &str, entry: &str, files: &Files) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for line in stderr.lines() {
        match serde_json::from_str::<Vec<Remark>>(line) {
            Ok(remarks) => found.extend(remarks.into_iter().map(|it| it.tell(entry, files))),
            Err(_) => found.extend(linker(line, entry, files)),
        }
    }
    found
}

impl Remark {
    /// On the first line of the learner's that it or what belongs to it names: the place of a conflict with
    /// our glue is a note.
    fn tell(self, entry: &str, files: &Files) -> Diagnostic {
        let own = self.locations.iter().chain(self.children.iter().flat_map(|it| &it.locations));
        let place = own
            .map(|location| &location.caret)
            .find_map(|caret| Some((learners(&caret.file, files)?, caret.line, caret.column)));
        let (path, line, column) = place.unwrap_or((entry.to_owned(), 1, None));
        let severity = match self.kind.as_str() {
            "error" | "fatal error" => Severity::Error,
            "warning" => Severity::Warning,
            _ => Severity::Note,
        };
        Diagnostic { path, line, column, severity, message: self.message, code: self.option }
    }
}

/// `…/solution.c:5: undefined reference to …`, or the same without a line for a missing `main`.
fn linker(line: &str, entry: &str, files: &Files) -> Option<Diagnostic> {
    let start =
        line.find("undefined reference to").or_else(|| line.find("multiple definition of"))?;
    let message = &line[start..];
    let place = line[..start].trim_end_matches([' ', ':']);
    let (file, number) = place.rsplit_once(':').unwrap_or((place, ""));
    Some(match (learners(file, files), number.parse()) {
        (Some(path), Ok(line)) => Diagnostic { line, ..at_the_entry(&path, message) },
        _ => at_the_entry(entry, message),
    })
}

/// The learner's path that a tool names, perhaps with folders in front.
fn learners(named: &str, files: &Files) -> Option<String> {
    let is_it = |path: &&String| {
        named
            .strip_suffix(path.as_str())
            .is_some_and(|front| front.is_empty() || front.ends_with('/'))
    };
    files.keys().find(is_it).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> Files {
        Files::from([("solution.c".to_owned(), String::new())])
    }

    #[test]
    fn a_conflict_with_our_glue_is_told_on_the_learners_line() {
        let stderr = r#"[{"kind":"error","message":"conflicting types for 'gcd'","locations":
            [{"caret":{"file":"faultline_glue.c","line":4,"column":5}}],"children":[{"kind":"note",
            "message":"previous","locations":[{"caret":{"file":"solution.c","line":2,"column":6}}]}]}]"#;

        let found = read(&stderr.replace('\n', ""), "solution.c", &files());

        assert_eq!((found[0].path.as_str(), found[0].line), ("solution.c", 2));
    }

    #[test]
    fn the_linkers_words_become_diagnostics() {
        let stderr = "[]\n/usr/bin/ld: /tmp/x.o: in function `f':\n\
            /some/where/solution.c:5: undefined reference to `g'\n\
            (.text+0x17): undefined reference to `main'\n";

        let found = read(stderr, "solution.c", &files());

        let told: Vec<_> = found.iter().map(|it| (it.line, it.message.as_str())).collect();
        assert_eq!(told, [(5, "undefined reference to `g'"), (1, "undefined reference to `main'")]);
    }
}
