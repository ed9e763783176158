//! Migrations are numbered without gaps and say what their tables are for.

use crate::{Finding, Tree};

const FOLDER: &str = "shared/migrations";

/// Migrations whose number is not the next one, or that begin without a comment.
pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, stem) in tree.stems(FOLDER, "sql").into_iter().enumerate() {
        let path = format!("{FOLDER}/{stem}.sql");
        let number = format!("{:04}_", at + 1);
        if !stem.starts_with(&number) {
            findings.push(Finding::new(&path, format!("its name should begin with `{number}`")));
        }
        if !tree.get(&path).unwrap_or_default().starts_with("-- ") {
            findings.push(Finding::new(&path, "does not begin with a comment that says what for"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_and_a_silent_migration_are_caught() {
        let tree = Tree::of([
            ("shared/migrations/0001_a.sql", "-- What for.\ncreate table a ();"),
            ("shared/migrations/0003_c.sql", "-- What for.\ncreate table c ();"),
            ("shared/migrations/0004_d.sql", "create table d ();"),
        ]);

        let told: Vec<_> = check(&tree).into_iter().map(|finding| finding.message).collect();

        assert_eq!(told.len(), 3, "{told:?}");
        assert!(
            told[0].contains("0002_") && told[1].contains("0003_") && told[2].contains("comment")
        );
    }
}
