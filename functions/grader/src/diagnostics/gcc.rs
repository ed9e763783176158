//! gcc's JSON, one array a file that it compiles, and the linker's words between.

use serde::Deserialize;
use shared::{
    package::Files,
    report::{Diagnostic, Severity},
};

use super::{Program, at_the_end, at_the_entry};

/// What begins the names of files of ours in the build folder.
const OURS: &str = "faultline_";

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
    /// -1 where gcc knows none.
    column: Option<i64>,
}

/// Path, line and column of the learner's.
type Place = (String, u32, Option<u32>);

/// Reads standard error of gcc.
pub(super) fn read(stderr: &str, program: &Program<'_>) -> Vec<Diagnostic> {
    let mut found = Found::default();
    for line in stderr.lines() {
        match serde_json::from_str::<Vec<serde_json::Value>>(line) {
            Ok(remarks) => remarks
                .into_iter()
                .filter_map(|it| serde_json::from_value(it).ok())
                .for_each(|it| found.add(it, program)),
            Err(_) => found.told.extend(linker(line, program)),
        }
    }
    found.told.extend(found.signature.or(found.ours));
    found.told
}

/// What gcc said.
#[derive(Default)]
struct Found {
    told: Vec<Diagnostic>,
    /// The function does not have the type that it is called with.
    signature: Option<Diagnostic>,
    /// The first error that gcc noticed no sooner than in our glue: the entry, which stands before it, did not
    /// end well. Later ones follow from it, as all do from a wrong signature.
    ours: Option<Diagnostic>,
}

impl Found {
    fn add(&mut self, remark: Remark, program: &Program<'_>) {
        let (severity, own) = (remark.severity(), remark.place(program.files));
        let noted = remark.children.iter().find_map(|it| it.place(program.files));
        if own.is_none() && severity == Severity::Error && remark.names_the_function(program) {
            let (path, line, column) = noted.unwrap_or((program.entry.to_owned(), 1, None));
            let conflict = Diagnostic { line, column, ..at_the_entry(&path, "") };
            self.signature.get_or_insert_with(|| program.wants(conflict));
        } else if let Some((path, line, column)) = own.or(noted) {
            let (message, code) = (remark.message, remark.option);
            self.told.push(Diagnostic { path, line, column, severity, message, code });
        } else if !remark.is_in_ours() {
            let (message, code) = (&remark.message, remark.option);
            self.told.push(Diagnostic { severity, code, ..at_the_entry(program.entry, message) });
        } else if severity == Severity::Error {
            self.ours.get_or_insert_with(|| at_the_end(program, &remark.message));
        }
    }
}

impl Remark {
    fn severity(&self) -> Severity {
        match self.kind.as_str() {
            "error" | "fatal error" => Severity::Error,
            "warning" => Severity::Warning,
            _ => Severity::Note,
        }
    }

    /// The first place of the learner's that it names itself.
    fn place(&self, files: &Files) -> Option<Place> {
        self.locations.iter().find_map(|Location { caret }| {
            let column = caret.column.and_then(|it| u32::try_from(it).ok()).filter(|it| *it > 0);
            Some((learners(&caret.file, files)?, caret.line, column))
        })
    }

    /// Whether it names the function that is called: in our glue, that is a conflict with our declaration.
    fn names_the_function(&self, program: &Program<'_>) -> bool {
        let quoted = |name: &str| [format!("‘{name}’"), format!("'{name}'")];
        let names = program.wanted.as_ref().map(|it| quoted(&it.name));
        names.is_some_and(|it| it.iter().any(|name| self.message.contains(name)))
    }

    /// Whether it stands in a file of ours.
    fn is_in_ours(&self) -> bool {
        let name = |path: &'_ str| path.rsplit('/').next().is_some_and(|it| it.starts_with(OURS));
        self.locations.iter().any(|it| name(&it.caret.file))
    }
}

/// `…/solution.c:5: undefined reference to …`, or the same without a line for a missing `main`.
fn linker(line: &str, program: &Program<'_>) -> Option<Diagnostic> {
    let start =
        line.find("undefined reference to").or_else(|| line.find("multiple definition of"))?;
    let message = &line[start..];
    if let Some(wanted) = &program.wanted
        && message == format!("undefined reference to `{}'", wanted.name)
    {
        return Some(program.lacks(&wanted.name));
    }
    let place = line[..start].trim_end_matches([' ', ':']);
    let (file, number) = place.rsplit_once(':').unwrap_or((place, ""));
    Some(match (learners(file, program.files), number.parse()) {
        (Some(path), Ok(line)) => Diagnostic { line, ..at_the_entry(&path, message) },
        _ => at_the_entry(program.entry, message),
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
mod tests;
