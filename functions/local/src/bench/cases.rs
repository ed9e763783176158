//! The localisation benchmark's cases: programs with a known bug, in JSON, one a line.

use std::{fs, path::Path};

use anyhow::Context;
use serde::Deserialize;

/// One case. What the grader is given and what its answer is held against are read apart and kept apart.
#[derive(Debug)]
pub(crate) struct Case {
    /// Where it comes from.
    pub(crate) origin: Origin,
    /// What the grader is given.
    pub(crate) task: Task,
    /// What its answer is held against.
    pub(crate) truth: Truth,
}

/// Where a case comes from.
#[derive(Debug, Deserialize)]
pub(crate) struct Origin {
    /// The case's name.
    pub(crate) id: String,
    /// The collection that it was taken from.
    pub(crate) source: String,
    /// The program's language, by the name of the language's file.
    pub(crate) language: String,
}

/// What the grader is given of a case: nothing that tells where the bug is.
#[derive(Debug, Deserialize)]
pub(crate) struct Task {
    /// The program with the bug.
    #[serde(rename = "buggy")]
    pub(crate) program: String,
    /// An independent correct solution, where the collection has one.
    #[serde(default)]
    pub(crate) reference: Option<String>,
    /// `loose` where tuples and lists are equal.
    #[serde(default)]
    pub(crate) compare: Option<String>,
    /// Its tests.
    #[serde(rename = "tests")]
    pub(crate) checks: Vec<Check>,
}

/// One test of a case.
#[derive(Debug, Deserialize)]
pub(crate) struct Check {
    /// What is evaluated; else the program is run.
    #[serde(default)]
    pub(crate) expr: Option<String>,
    /// Standard input of a run.
    #[serde(default)]
    pub(crate) stdin: Option<String>,
    /// What must come: output, or a value in source text.
    pub(crate) expected: String,
}

/// What is known about a case and never shown to the grader.
#[derive(Debug, Deserialize)]
pub(crate) struct Truth {
    /// Lines of which any is a hit.
    pub(crate) accepted_lines: Vec<u32>,
    /// What became of the tests where the case was made.
    #[serde(rename = "tests")]
    pub(crate) recorded: Vec<Recorded>,
}

/// What became of one test where the case was made.
#[derive(Debug, Deserialize)]
pub(crate) struct Recorded {
    /// `pass` or `fail`.
    pub(crate) buggy_result: String,
}

/// The cases of `dir/cases.jsonl` in these languages.
///
/// # Errors
///
/// When the file cannot be read, or a line of it is no case.
pub(crate) fn read(dir: &Path, languages: &[&str]) -> anyhow::Result<Vec<Case>> {
    let path = dir.join("cases.jsonl");
    let text = fs::read_to_string(&path).with_context(|| format!("read {}", path.display()))?;
    let mut cases = Vec::new();
    for (line, text) in (1..).zip(text.lines()) {
        let case = parse(text, languages)
            .with_context(|| format!("read case {line} of {}", path.display()))?;
        cases.extend(case);
    }
    Ok(cases)
}

/// The case, unless it is of another language: then its tests may be of a kind that is not known here.
fn parse(text: &str, languages: &[&str]) -> serde_json::Result<Option<Case>> {
    let origin: Origin = serde_json::from_str(text)?;
    if !languages.contains(&origin.language.as_str()) {
        return Ok(None);
    }
    let (task, truth) = (serde_json::from_str(text)?, serde_json::from_str(text)?);
    Ok(Some(Case { origin, task, truth }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"id":"secret-1","source":"secret-2","language":"c","buggy":"int main(){}",
        "correct":"secret-3","accepted_lines":[4711],"changed_lines":[4711],"reference":"int main(void){}",
        "tests":[{"stdin":"1","expected":"2","buggy_result":"secret-4"}]}"#;

    #[test]
    fn what_the_grader_is_given_tells_nothing_of_the_bug() {
        let case = parse(LINE, &["c"]).unwrap().unwrap();

        let given = format!("{:?}", case.task);

        assert!(given.contains("int main(void){}"), "{given}");
        assert!(!given.contains("secret") && !given.contains("4711"), "{given}");
        assert_eq!(case.truth.accepted_lines, [4711]);
    }

    #[test]
    fn a_case_of_another_language_is_passed_over() {
        assert!(parse(LINE, &["python"]).unwrap().is_none());
    }
}
