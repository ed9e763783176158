//! The house rules that a machine can check; `tests/house.rs` holds this repository against them.
//!
//! Each checker is a function from a [`Tree`] of texts to [`Finding`]s, so that its unit test can plant a
//! violation in a small tree and see it caught.
#![warn(missing_docs)]

mod allowed;
mod arrows;
mod events;
mod grader;
mod languages;
mod migrations;
mod modules;
mod names;
mod problems;
mod readmes;
mod sizes;
mod source;
mod stories;
mod targets;
mod tree;
mod words;

pub use allowed::{Allowed, unsettled};
pub use tree::Tree;

/// One place where a rule does not hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, from the top of the repository.
    pub path: String,
    /// What is wrong with it, and what would be right.
    pub message: String,
}

impl Finding {
    fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { path: path.into(), message: message.into() }
    }
}

/// A rule and its checker.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name, as `allowed.toml` writes it.
    pub name: &'static str,
    /// Finds where it does not hold.
    pub check: fn(&Tree) -> Vec<Finding>,
}

/// Every rule that speaks of files.
pub const RULES: &[Rule] = &[
    Rule { name: "part-arrows", check: arrows::check },
    Rule { name: "module-arrows", check: modules::check },
    Rule { name: "file-size", check: sizes::files },
    Rule { name: "handler-size", check: sizes::handlers },
    Rule { name: "story-size", check: stories::sizes },
    Rule { name: "story-sleep", check: stories::sleeps },
    Rule { name: "problem-pages", check: problems::check },
    Rule { name: "event-files", check: events::check },
    Rule { name: "migration-numbers", check: migrations::check },
    Rule { name: "language-folders", check: languages::check },
    Rule { name: "readmes", check: readmes::check },
    Rule { name: "module-names", check: names::modules },
    Rule { name: "top-level", check: names::top_level },
    Rule { name: "attributes", check: words::attributes },
    Rule { name: "open-ends", check: words::open_ends },
    Rule { name: "inner-matters", check: words::inner_matters },
    Rule { name: "make-targets", check: targets::check },
];

pub use grader::{FORBIDDEN_IN_GRADER, strangers};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_held_against_the_repository() {
        let house = include_str!("../tests/house.rs");

        let forgotten: Vec<_> =
            RULES.iter().filter(|rule| !house.contains(&format!("{:?}", rule.name))).collect();

        assert!(forgotten.is_empty(), "tests/house.rs has no test for {forgotten:?}");
    }
}
