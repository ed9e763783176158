//! Every folder that a reader may open first has a `README.md`.

use crate::{Finding, Tree};

/// Folders that have a README themselves, and whose folders have one each where `true`.
const FOLDERS: [(&str, bool); 5] = [
    ("shared", false),
    ("functions", true),
    ("tests", true),
    ("infra", false),
    ("terraform", false),
];

/// Folders without a README. A folder that is not there at all needs none.
pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let mut wanted = vec!["README.md".to_owned()];
    for (folder, each) in FOLDERS {
        if tree.below(folder).next().is_some() {
            wanted.push(format!("{folder}/README.md"));
        }
        let inner = if each { tree.folders(folder) } else { Vec::new() };
        wanted.extend(inner.iter().map(|name| format!("{folder}/{name}/README.md")));
    }
    wanted
        .into_iter()
        .filter(|path| tree.get(path).is_none_or(|text| text.trim().is_empty()))
        .map(|path| Finding::new(path, "is missing; say what the folder is for"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_readme_is_caught() {
        let tree = Tree::of([
            ("README.md", "# Faultline"),
            ("shared/src/lib.rs", ""),
            ("functions/README.md", "# The parts"),
            ("functions/submit/README.md", "# submit"),
            ("functions/status/src/lib.rs", ""),
        ]);

        let caught: Vec<_> = check(&tree).into_iter().map(|finding| finding.path).collect();

        assert_eq!(caught, ["shared/README.md", "functions/status/README.md"]);
    }
}
