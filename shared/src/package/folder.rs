//! Reads a folder into memory.

use std::{fs, io::Read as _, path::Path};

use super::{Files, MAX_PACKAGE_FILES, MAX_UNPACKED_BYTES, Mistakes};

/// All files below a folder, by their path in it.
///
/// # Errors
///
/// What cannot be read, is too much, or is neither file nor folder.
pub(super) fn read(folder: &Path) -> Result<Files, Mistakes> {
    let mut reading =
        Reading { files: Files::new(), left: MAX_UNPACKED_BYTES, mistakes: Mistakes::default() };
    reading.folder(folder, "");
    reading.mistakes.none_or_all()?;
    Ok(reading.files)
}

struct Reading {
    files: Files,
    /// Bytes that may still be read.
    left: usize,
    mistakes: Mistakes,
}

impl Reading {
    fn folder(&mut self, folder: &Path, prefix: &str) {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => return self.mistakes.of_file(prefix, format!("cannot be read: {error}")),
        };
        for entry in entries {
            let name = entry.as_ref().ok().and_then(|entry| entry.file_name().into_string().ok());
            let (Ok(entry), Some(name)) = (entry, name) else {
                self.mistakes.of_file(prefix, "holds a name that is not UTF-8");
                continue;
            };
            let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => self.folder(&entry.path(), &path),
                Ok(kind) if kind.is_file() => self.file(&entry.path(), path),
                _ => self.mistakes.of_file(&path, "is no regular file and no folder"),
            }
        }
    }

    fn file(&mut self, from: &Path, path: String) {
        if self.files.len() == MAX_PACKAGE_FILES {
            return self.mistakes.of_file(&path, too_many());
        }
        let mut text = Vec::new();
        let most = u64::try_from(self.left).unwrap_or(u64::MAX).saturating_add(1);
        let read = fs::File::open(from).and_then(|file| file.take(most).read_to_end(&mut text));
        match (read, text_of(text)) {
            (Err(error), _) => self.mistakes.of_file(&path, format!("cannot be read: {error}")),
            (Ok(size), _) if size > self.left => self.mistakes.of_file(&path, too_large()),
            (Ok(_), Err(reason)) => self.mistakes.of_file(&path, reason),
            (Ok(size), Ok(text)) => {
                self.left -= size;
                self.files.insert(path, text);
            }
        }
    }
}

/// A file's bytes as text.
pub(super) fn text_of(bytes: Vec<u8>) -> Result<String, &'static str> {
    let text = String::from_utf8(bytes).map_err(|_| "is not UTF-8 text")?;
    if text.contains('\0') { Err("holds a NUL byte, so it is no text") } else { Ok(text) }
}

/// Why no more files are read.
pub(super) fn too_many() -> String {
    format!("is one file too many: a package has at most {MAX_PACKAGE_FILES}")
}

/// Why no more bytes are read.
pub(super) fn too_large() -> String {
    format!("makes the package too large: it has at most {MAX_UNPACKED_BYTES} bytes unpacked")
}
