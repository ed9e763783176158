//! Names tell what is in a file, and the top level holds what it always held.

use crate::{Finding, Tree, tree::is_rust};

/// Names that say nothing.
const EMPTY: [&str; 5] = ["utils", "util", "common", "helpers", "misc"];
/// What may lie at the top, besides dot files and dot folders.
const TOP: [&str; 9] = [
    "Cargo.lock",
    "Cargo.toml",
    "Makefile",
    "README.md",
    "functions",
    "infra",
    "shared",
    "terraform",
    "tests",
];

/// Files and folders whose names say nothing. What learners send is theirs to name.
pub(crate) fn modules(tree: &Tree) -> Vec<Finding> {
    tree.files()
        .filter(|(path, _)| !path.starts_with("tests/languages/") || is_rust(path))
        .filter_map(|(path, _)| {
            let part = path
                .split('/')
                .map(|part| part.split('.').next().unwrap_or(part))
                .find(|part| EMPTY.contains(part))?;
            Some(Finding::new(path, format!("`{part}` says nothing; name it after what is in it")))
        })
        .collect()
}

/// Files and folders that the top level does not have.
pub(crate) fn top_level(tree: &Tree) -> Vec<Finding> {
    let mut tops: Vec<_> =
        tree.files().map(|(path, _)| path.split('/').next().unwrap_or(path)).collect();
    tops.dedup();
    tops.into_iter()
        .filter(|top| !top.starts_with('.') && !TOP.contains(top))
        .map(|top| Finding::new(top, "does not belong at the top of the repository"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(findings: Vec<Finding>) -> Vec<String> {
        findings.into_iter().map(|finding| finding.path).collect()
    }

    #[test]
    fn a_name_that_says_nothing_is_caught() {
        let tree = Tree::of([
            ("shared/src/utils.rs", ""),
            ("shared/src/misc/a.rs", ""),
            ("shared/src/commons.rs", ""),
            ("tests/languages/python/right/src/utils.py", ""),
        ]);

        assert_eq!(paths(modules(&tree)), ["shared/src/misc/a.rs", "shared/src/utils.rs"]);
    }

    #[test]
    fn a_stranger_at_the_top_is_caught() {
        let tree =
            Tree::of([("notes.md", ""), ("docs/a.md", ""), (".ci/run", ""), ("README.md", "")]);

        assert_eq!(paths(top_level(&tree)), ["docs", "notes.md"]);
    }
}
