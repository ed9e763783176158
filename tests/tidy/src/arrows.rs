//! No function depends on another; only `local` composes them.

use toml::Table;

use crate::{Finding, Tree};

/// The tables of a `Cargo.toml` that name dependencies.
const TABLES: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

/// Functions that name another function among their dependencies, and a `shared` that names any.
pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let parts = tree.folders("functions");
    let mut findings = Vec::new();
    for part in parts.iter().filter(|part| **part != "local") {
        let path = format!("functions/{part}/Cargo.toml");
        for other in dependencies(tree, &path).iter().filter(|other| *other != part) {
            if parts.contains(&&**other) {
                let message = format!("depends on `{other}`; only `local` composes functions");
                findings.push(Finding::new(&path, message));
            }
        }
    }
    for other in dependencies(tree, "shared/Cargo.toml") {
        if parts.contains(&&*other) {
            let message = format!("`shared` depends on `{other}`; arrows go from functions to it");
            findings.push(Finding::new("shared/Cargo.toml", message));
        }
    }
    findings
}

/// What a `Cargo.toml` depends on, of every kind and for every target.
fn dependencies(tree: &Tree, path: &str) -> Vec<String> {
    let manifest: Table = tree.get(path).unwrap_or_default().parse().unwrap_or_default();
    let targets = manifest.get("target").and_then(|value| value.as_table());
    let targets = targets.into_iter().flat_map(Table::values).filter_map(|value| value.as_table());
    std::iter::once(&manifest)
        .chain(targets)
        .flat_map(|table| TABLES.iter().filter_map(|name| table.get(*name)?.as_table()))
        .flat_map(|table| table.keys().cloned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_that_depends_on_another_is_caught() {
        let tree = Tree::of([
            ("functions/submit/Cargo.toml", "[dev-dependencies]\nstatus.workspace = true"),
            ("functions/status/Cargo.toml", "[target.'cfg(unix)'.dependencies]\nsubmit.path = ''"),
            ("functions/local/Cargo.toml", "[dependencies]\nsubmit.path = ''\nstatus.path = ''"),
            ("shared/Cargo.toml", "[dependencies]\nserde = '1'\nlocal.path = ''"),
        ]);

        let caught: Vec<_> = check(&tree).into_iter().map(|finding| finding.path).collect();

        let expected = ["functions/status/Cargo.toml", "functions/submit/Cargo.toml"];
        assert_eq!(caught[..2], expected);
        assert_eq!(caught[2..], ["shared/Cargo.toml"]);
    }
}
