//! What is wrong with a package, and where.

use std::fmt;

/// Most mistakes that are told at once.
const MOST: usize = 100;

/// One thing to mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The file, by its path in the package; empty for the archive itself.
    pub file: String,
    /// The line in it, from 1, where there is one.
    pub line: Option<usize>,
    /// The key in it, where there is one: `limits.cpu_seconds`.
    pub key: Option<String>,
    /// What is wrong, and what to write instead.
    pub reason: String,
}

impl Mistake {
    /// The place: `assignment.toml#/limits/cpu_seconds:7`, `tests/calls.jsonl:3`.
    pub fn place(&self) -> String {
        let key = self.key.as_deref().map(|key| format!("#/{}", key.replace('.', "/")));
        let line = self.line.map(|line| format!(":{line}"));
        format!("{}{}{}", self.file, key.unwrap_or_default(), line.unwrap_or_default())
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.place();
        let place = if place.is_empty() { "the archive" } else { &place };
        write!(f, "{place}: {}", self.reason)
    }
}

/// Everything that is wrong with a package, in the order in which it was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mistakes(Vec<Mistake>);

impl Mistakes {
    /// One mistake of a file as a whole.
    pub(super) fn one(file: &str, reason: impl Into<String>) -> Self {
        let mut mistakes = Self::default();
        mistakes.of_file(file, reason);
        mistakes
    }

    /// A mistake of a file as a whole.
    pub(super) fn of_file(&mut self, file: &str, reason: impl Into<String>) {
        self.add(Mistake { file: file.into(), line: None, key: None, reason: reason.into() });
    }

    /// A mistake in a line of a file.
    pub(super) fn of_line(&mut self, file: &str, line: usize, reason: impl Into<String>) {
        self.add(Mistake { file: file.into(), line: Some(line), key: None, reason: reason.into() });
    }

    /// Adds one, as long as there is room.
    pub(super) fn add(&mut self, mistake: Mistake) {
        if self.0.len() < MOST {
            self.0.push(mistake);
        }
    }

    /// All of them.
    pub fn all(&self) -> &[Mistake] {
        &self.0
    }

    /// Fails if there is any.
    ///
    /// # Errors
    ///
    /// All of them.
    pub(super) fn none_or_all(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }
}

/// One line for each.
impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, mistake) in self.0.iter().enumerate() {
            write!(f, "{}{mistake}", if n == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl std::error::Error for Mistakes {}
