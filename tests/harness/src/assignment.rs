//! An assignment package in the making.

use std::{collections::BTreeMap, fmt::Write as _};

use flate2::{Compression, write::GzEncoder};

/// An assignment package in the making.
#[derive(Clone, Debug)]
pub struct Assignment {
    id: String,
    languages: Vec<String>,
    lines: String,
    files: BTreeMap<String, String>,
}

impl Assignment {
    /// A package with an id and nothing else, to be solved in these languages.
    pub fn new<const N: usize>(id: &str, languages: [&str; N]) -> Self {
        let files = [("text.md".to_owned(), "Read the input, print the answer.\n".to_owned())];
        let languages = languages.map(str::to_owned).into();
        Self { id: id.to_owned(), languages, lines: String::new(), files: files.into() }
    }

    /// The largest of three whole numbers, in four tests that everybody sees; what learners hand in for it
    /// is in [`programs`](crate::programs).
    pub fn largest() -> Self {
        Self::new("largest", ["python", "c"])
            .test("01-first", "3 1 2\n", "3\n")
            .test("02-second", "1 3 2\n", "3\n")
            .test("03-third", "1 2 3\n", "3\n")
            .test("04-second-again", "4 9 6\n", "9\n")
    }

    /// Adds a test by standard input and output.
    #[must_use]
    pub fn test(self, name: &str, input: &str, output: &str) -> Self {
        self.file(&format!("tests/{name}.in"), input).file(&format!("tests/{name}.out"), output)
    }

    /// Makes tests whose names match the pattern hidden, worth these points together.
    #[must_use]
    pub fn hides(self, pattern: &str, points: u32) -> Self {
        self.says(&format!(
            "[[group]]\ntests = [\"{pattern}\"]\npoints = {points}\nvisibility = \"hidden\"\n"
        ))
    }

    /// Adds a reference solution.
    #[must_use]
    pub fn reference(self, language: &str, path: &str, code: &str) -> Self {
        self.file(&format!("reference/{language}/{path}"), code)
    }

    /// Adds a file, or replaces it.
    #[must_use]
    pub fn file(mut self, path: &str, text: &str) -> Self {
        self.files.insert(path.to_owned(), text.to_owned());
        self
    }

    /// Adds lines to `assignment.toml`.
    #[must_use]
    pub fn says(mut self, lines: &str) -> Self {
        self.lines.push_str(lines);
        self
    }

    /// Its id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// `assignment.toml`.
    fn manifest(&self) -> String {
        let mut text = format!("id = \"{0}\"\ntitle = \"About {0}\"\n", self.id);
        writeln!(text, "languages = {:?}", self.languages).expect("texts take everything");
        text + &self.lines
    }

    /// Every file, by path.
    pub fn files(&self) -> BTreeMap<String, String> {
        let mut files = self.files.clone();
        files.entry("assignment.toml".to_owned()).or_insert_with(|| self.manifest());
        files
    }

    /// The package as `tar.gz`; the same files give the same bytes.
    pub fn archive(&self) -> Vec<u8> {
        let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
        for (path, text) in self.files() {
            let mut header = tar::Header::new_gnu();
            header.set_size(text.len() as u64);
            header.set_mode(0o644);
            archive
                .append_data(&mut header, path, text.as_bytes())
                .expect("memory takes everything");
        }
        let packed = archive.into_inner().and_then(GzEncoder::finish);
        packed.expect("memory takes everything")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_files_give_the_same_bytes() {
        assert_eq!(Assignment::largest().archive(), Assignment::largest().archive());
        let other = Assignment::largest().test("05", "1\n", "1\n").archive();
        assert_ne!(Assignment::largest().archive(), other);
    }
}
