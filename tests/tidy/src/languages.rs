//! Every language that the grader knows has golden folders: a right program and a planted bug.

use crate::{Finding, Tree};

const LANGUAGES: &str = "functions/grader/languages";
const GOLDEN: &str = "tests/languages";

/// Languages that lack a golden folder.
pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for language in tree.stems(LANGUAGES, "toml") {
        let path = format!("{LANGUAGES}/{language}.toml");
        let folders = tree.folders(&format!("{GOLDEN}/{language}"));
        if !folders.contains(&"right") {
            findings.push(Finding::new(&path, format!("there is no {GOLDEN}/{language}/right/")));
        }
        if folders.iter().all(|folder| *folder == "right") {
            let message = format!("{GOLDEN}/{language}/ has no planted bug beside `right`");
            findings.push(Finding::new(&path, message));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_without_golden_folders_is_caught() {
        let tree = Tree::of([
            ("functions/grader/languages/python.toml", ""),
            ("functions/grader/languages/python/cover.py", ""),
            ("functions/grader/languages/c.toml", ""),
            ("tests/languages/python/right/expected.json", ""),
            ("tests/languages/python/off_by_one/expected.json", ""),
            ("tests/languages/c/right/expected.json", ""),
        ]);

        let caught: Vec<_> = check(&tree).into_iter().map(|finding| finding.message).collect();

        assert_eq!(caught, ["tests/languages/c/ has no planted bug beside `right`"]);
    }
}
