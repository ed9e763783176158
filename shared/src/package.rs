//! The assignment package: what an instructor sets (design, section 5), read and checked whole.
//!
//! [`Manifest`] is `assignment.toml`; [`Package`] is the whole folder in memory.

pub mod manifest;
pub mod tests;
pub mod value;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use manifest::Manifest;
pub use tests::{Test, TestKind};
pub use value::Value;

/// Files by path, relative, with `/` between the parts. Text only: packages and submissions are UTF-8.
pub type Files = BTreeMap<String, String>;

/// A whole assignment package, checked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Package {
    /// `assignment.toml`.
    pub manifest: Manifest,
    /// `text.md`: what the learner reads.
    pub text: String,
    /// `starter/…`, paths without the folder.
    pub starter: Files,
    /// `reference/<language>/…`: a correct solution by language, paths without the folders. Never shown.
    pub references: BTreeMap<String, Files>,
    /// All tests, in the order of their names.
    pub tests: Vec<Test>,
}
