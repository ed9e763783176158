//! The repository as texts by path.

use std::{collections::BTreeMap, fs, io, path::Path};

/// Texts by path from the top of the repository, with `/` between the parts.
#[derive(Clone, Debug, Default)]
pub struct Tree(BTreeMap<String, String>);

impl Tree {
    /// A small tree, for unit tests.
    pub fn of<const N: usize>(files: [(&str, &str); N]) -> Self {
        Self(files.map(|(path, text)| (path.to_owned(), text.to_owned())).into())
    }

    /// Everything below `top` that its `.gitignore` does not name. Bytes that are no UTF-8 are replaced.
    ///
    /// # Errors
    ///
    /// When a file or folder cannot be read.
    pub fn read(top: &Path) -> io::Result<Self> {
        let ignored = fs::read_to_string(top.join(".gitignore")).unwrap_or_default();
        let ignored: Vec<_> = ignored.lines().map(|line| line.trim_matches('/')).collect();
        let mut tree = Self::default();
        let mut folders = vec![String::new()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(top.join(&folder))? {
                let entry = entry?;
                let name = entry.file_name().to_string_lossy().into_owned();
                let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
                if path == ".git" || ignored.contains(&&*path) {
                    continue;
                }
                if entry.file_type()?.is_dir() {
                    folders.push(path);
                } else if let Some(bytes) = content(&entry.path())? {
                    tree.0.insert(path, String::from_utf8_lossy(&bytes).into_owned());
                }
            }
        }
        Ok(tree)
    }

    /// The text of a file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    /// Every path and text.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(path, text)| (&**path, &**text))
    }

    /// Every path and text below a folder; paths are whole.
    pub fn below(&self, folder: &str) -> impl Iterator<Item = (&str, &str)> {
        let prefix = format!("{folder}/");
        self.files().filter(move |(path, _)| path.starts_with(&prefix))
    }

    /// Every path and text of Rust source.
    pub fn rust(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files().filter(|(path, _)| is_rust(path))
    }

    /// Names of the folders right below a folder, each once, in order.
    pub fn folders(&self, folder: &str) -> Vec<&str> {
        let prefix = folder.len() + 1;
        let mut names: Vec<_> = self
            .below(folder)
            .filter_map(|(path, _)| Some(path[prefix..].split_once('/')?.0))
            .collect();
        names.dedup();
        names
    }

    /// The stems of the files with this ending right in a folder: `0001_blobs` for `sql`.
    pub fn stems(&self, folder: &str, ending: &str) -> Vec<&str> {
        let (prefix, ending) = (folder.len() + 1, format!(".{ending}"));
        self.below(folder)
            .filter_map(|(path, _)| path[prefix..].strip_suffix(&*ending))
            .filter(|stem| !stem.contains('/'))
            .collect()
    }
}

/// Whether a path is that of Rust source.
pub(crate) fn is_rust(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|ending| ending == "rs")
}

/// The bytes of a file; `None` where somebody else took it away since the folder was listed.
fn content(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_and_stems_are_those_right_below() {
        let tree =
            Tree::of([("a/b/c.rs", ""), ("a/b/d/e.rs", ""), ("a/f.rs", ""), ("ab/g.rs", "")]);

        assert_eq!(tree.folders("a"), ["b"]);
        assert_eq!(tree.stems("a", "rs"), ["f"]);
        assert_eq!(tree.stems("a/b", "rs"), ["c"]);
    }
}
