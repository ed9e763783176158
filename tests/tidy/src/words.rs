//! Words that do not belong in the repository.
//!
//! Each is written in two pieces here, so that this file does not break its own rules.

use crate::{Finding, Tree};

const ATTRIBUTES: [(&str, &str); 3] = [
    (concat!("#[al", "low("), "silences a lint for good; use `#[expect(lint, reason = \"…\")]`"),
    (concat!("#![al", "low("), "silences a lint for good; use `#![expect(lint, reason = \"…\")]`"),
    (concat!("#[ign", "ore"), "leaves a test out; mend it or take it away"),
];
const OPEN_ENDS: [&str; 2] = [concat!("TO", "DO"), concat!("FIX", "ME")];
const INNER_MATTERS: [&str; 4] = [
    concat!("/wo", "rk/"),
    concat!(".lib", "rary/"),
    concat!("crates.io", "/api"),
    concat!("arti", "factory"),
];

/// Lints silenced for good and tests left out.
pub(crate) fn attributes(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.rust() {
        for (attribute, message) in ATTRIBUTES {
            if text.lines().any(|line| line.trim_start().starts_with(attribute)) {
                findings.push(Finding::new(path, message));
            }
        }
    }
    findings
}

/// Work left open without the number of an issue: `#12`.
pub(crate) fn open_ends(tree: &Tree) -> Vec<Finding> {
    let open = |line: &str| {
        let after = OPEN_ENDS.iter().find_map(|word| line.split_once(word)).map(|(_, rest)| rest);
        after.is_some_and(|rest| !numbered(rest))
    };
    tree.files()
        .filter_map(|(path, text)| {
            let at = text.lines().position(open)?;
            let message = format!("line {} leaves work open; give it an issue: `(#12)`", at + 1);
            Some(Finding::new(path, message))
        })
        .collect()
}

fn numbered(rest: &str) -> bool {
    rest.split_once('#').is_some_and(|(_, after)| after.starts_with(|c: char| c.is_ascii_digit()))
}

/// Names of machines and folders that only we know.
pub(crate) fn inner_matters(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.files() {
        for word in INNER_MATTERS {
            if text.contains(word) {
                findings.push(Finding::new(path, format!("names {word:?}, which nobody else has")));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silenced_lint_and_a_test_left_out_are_caught() {
        let silenced = format!("{}dead_code)]\nfn a() {{}}", ATTRIBUTES[0].0);
        let left_out = format!("    {} = \"slow\"]\n    fn a() {{}}", ATTRIBUTES[2].0);
        let tree = Tree::of([
            ("a.rs", &*silenced),
            ("b.rs", &*left_out),
            ("c.rs", "#[expect(dead_code, reason = \"x\")]"),
        ]);

        let caught: Vec<_> = attributes(&tree).into_iter().map(|finding| finding.path).collect();

        assert_eq!(caught, ["a.rs", "b.rs"]);
    }

    #[test]
    fn work_left_open_without_an_issue_is_caught() {
        let word = OPEN_ENDS[0];
        let tree = Tree::of([
            ("a.rs", &*format!("// {word}: later")),
            ("b.rs", &*format!("// {word}(#12): later")),
        ]);

        let caught: Vec<_> = open_ends(&tree).into_iter().map(|finding| finding.path).collect();

        assert_eq!(caught, ["a.rs"]);
    }

    #[test]
    fn a_path_of_one_machine_is_caught() {
        let told = format!("see {}shared", INNER_MATTERS[0]);
        let tree = Tree::of([("README.md", &*told), ("a.rs", "let work = 1;")]);

        let caught: Vec<_> = inner_matters(&tree).into_iter().map(|finding| finding.path).collect();

        assert_eq!(caught, ["README.md"]);
    }
}
