//! The assignment package: what an instructor sets (design, section 5), read and checked whole.
//!
//! [`Manifest`] is `assignment.toml`; [`Package`] is the whole folder in memory. Reading finds all
//! mistakes at once ([`Mistakes`]), so that an instructor mends a package in one go.

mod archive;
mod calls;
mod draft;
mod folder;
mod groups;
mod layout;
pub mod literal;
pub mod manifest;
mod mistake;
pub mod path;
mod probe;
mod references;
mod rules;
mod shown;
mod stdio;
pub mod tests;
mod toml_text;
mod typed;
pub mod value;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use archive::pack;
pub use groups::matches;
pub use manifest::Manifest;
pub use mistake::{Mistake, Mistakes};
pub use tests::{Test, TestKind};
pub use value::Value;

/// Files by path, relative, with `/` between the parts. Text only: packages and submissions are UTF-8.
pub type Files = BTreeMap<String, String>;

/// Most bytes of a package, unpacked.
pub const MAX_UNPACKED_BYTES: usize = 64 * 1024 * 1024;
/// Most files of a package.
pub const MAX_PACKAGE_FILES: usize = 2000;

/// A whole assignment package, checked.
#[doc = concat!("\n\n```json\n", include_str!("../examples/package.json"), "```")]
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

impl Package {
    /// Reads and checks a folder.
    ///
    /// # Errors
    ///
    /// All its [`Mistakes`]; a file that cannot be read is one.
    pub fn from_dir(folder: &std::path::Path) -> Result<Self, Mistakes> {
        Self::from_files(folder::read(folder)?)
    }

    /// Unpacks and checks a tar.gz of at most [`MAX_UNPACKED_BYTES`] and [`MAX_PACKAGE_FILES`].
    ///
    /// # Errors
    ///
    /// All its [`Mistakes`]; those of the archive first, alone.
    pub fn from_tar_gz(bytes: &[u8]) -> Result<Self, Mistakes> {
        Self::from_files(archive::unpack(bytes)?)
    }

    /// Checks a package whose files are in memory, by path from its root.
    ///
    /// # Errors
    ///
    /// All its [`Mistakes`].
    pub fn from_files(files: Files) -> Result<Self, Mistakes> {
        let mut mistakes = Mistakes::default();
        let layout = layout::sort(files, &mut mistakes);
        let draft = draft::read(layout.manifest.as_deref(), &mut mistakes);
        rules::check(&draft, &mut mistakes);
        layout::check_compare(&layout, &draft.manifest.compare, &mut mistakes);
        references::check(&layout, &draft, &mut mistakes);
        let mut read = stdio::read(&layout.tests, &mut mistakes);
        read.extend(calls::read(layout.calls.as_deref(), &draft, &mut mistakes));
        let tests = groups::share_out(read, &draft, &mut mistakes);
        mistakes.none_or_all()?;
        Ok(Self {
            manifest: draft.manifest,
            text: layout.text.unwrap_or_default(),
            starter: layout.starter,
            references: layout.references,
            tests,
        })
    }
}
