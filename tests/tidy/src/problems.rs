//! Every problem has a page, every page a problem, and every page says what to do.

use crate::{Finding, Tree};

const PROBLEMS: &str = "shared/src/problem.rs";
const SERVED: &str = "shared/src/problem/pages.rs";

/// Problems without a page, pages without a problem, pages that are not served or give no advice.
pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let slugs = slugs(tree.get(PROBLEMS).unwrap_or_default());
    let pages = tree.stems("shared/problems", "md");
    let served = tree.get(SERVED).unwrap_or_default();
    let mut findings = Vec::new();
    for slug in slugs.iter().filter(|slug| !pages.contains(slug)) {
        findings.push(Finding::new(PROBLEMS, format!("`{slug}` has no shared/problems/{slug}.md")));
    }
    for page in pages {
        let path = format!("shared/problems/{page}.md");
        if !slugs.contains(&page) {
            findings.push(Finding::new(&path, format!("{PROBLEMS} has no problem `{page}`")));
        }
        if !served.contains(&format!("\"../../problems/{page}.md\"")) {
            findings.push(Finding::new(SERVED, format!("does not serve the page of `{page}`")));
        }
        let text = tree.get(&path).unwrap_or_default();
        if !text.lines().any(|line| line == "## What to do") {
            findings.push(Finding::new(&path, "has no heading `## What to do`"));
        }
    }
    findings
}

/// The names in `(S::STATUS, "name", "Title")`, in order.
fn slugs(text: &str) -> Vec<&str> {
    text.split("(S::")
        .skip(1)
        .filter_map(|rest| {
            let (_, rest) = rest.split_once(',')?;
            rest.trim_start().strip_prefix('"')?.split('"').next()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_and_pages_without_each_other_are_caught() {
        let tree = Tree::of([
            (
                PROBLEMS,
                "(S::NOT_FOUND, \"unknown\", \"No\"),\n(\n  S::X, \"y\")\n(S::A,\n \"late\", \"L\")",
            ),
            (
                SERVED,
                "include_str!(\"../../problems/late.md\") include_str!(\"../../problems/old.md\")",
            ),
            ("shared/problems/late.md", "# Late\n"),
            ("shared/problems/old.md", "# Old\n\n## What to do\n\nWait.\n"),
        ]);

        let told: Vec<_> = check(&tree).into_iter().map(|finding| finding.message).collect();

        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told[0].contains("`unknown` has no shared/problems/unknown.md"));
        assert!(told[1].contains("## What to do"));
        assert!(told[2].contains("has no problem `old`"));
    }
}
