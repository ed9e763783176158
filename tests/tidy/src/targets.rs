//! What the README tells people to type exists.

use crate::{Finding, Tree};

/// Commands that the README must give.
const WANTED: [&str; 2] = ["demo", "test"];

/// `make` targets that the README names and the `Makefile` lacks, and wanted ones that it does not name.
pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let named = named(tree.get("README.md").unwrap_or_default());
    let makefile = tree.get("Makefile").unwrap_or_default();
    let missing = named
        .iter()
        .filter(|target| !makefile.lines().any(|line| makes(line, target)))
        .map(|target| Finding::new("Makefile", format!("has no target `{target}`")));
    let silent = WANTED
        .iter()
        .filter(|target| !named.contains(target))
        .map(|target| Finding::new("README.md", format!("does not tell of `make {target}`")));
    missing.chain(silent).collect()
}

/// The targets after `make ` in code, each once.
fn named(readme: &str) -> Vec<&str> {
    let mut targets: Vec<_> = readme
        .lines()
        .flat_map(|line| {
            let line_itself = line.trim_start().strip_prefix("make ");
            line.split("`make ").skip(1).chain(line_itself)
        })
        .filter_map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '-').next())
        .collect();
    targets.sort_unstable();
    targets.dedup();
    targets
}

fn makes(line: &str, target: &str) -> bool {
    let rule = line.split_once(':').filter(|(_, rest)| !rest.starts_with('='));
    rule.is_some_and(|(targets, _)| targets.split_whitespace().any(|name| name == target))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_there_is_not_is_caught() {
        let tree = Tree::of([
            ("README.md", "Type `make demo`, or\n\n    make check-infra   # slow\n"),
            ("Makefile", ".PHONY: demo\ndemo: build\n\t@true\n"),
        ]);

        let told: Vec<_> = check(&tree).into_iter().map(|finding| finding.message).collect();

        assert_eq!(told, ["has no target `check-infra`", "does not tell of `make test`"]);
    }
}
