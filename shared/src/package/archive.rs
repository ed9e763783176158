//! A package as tar.gz: unpacked under limits, packed so that the same folder gives the same bytes.

use std::{
    io::{self, Read},
    path::Path,
};

use flate2::{Compression, read::GzDecoder, write::GzEncoder};

use super::{
    Files, MAX_PACKAGE_FILES, MAX_UNPACKED_BYTES, Mistakes,
    folder::{self, text_of, too_large, too_many},
    path,
};

/// Deepest path in a package.
const MAX_DEPTH: usize = 12;
/// What the stream may hold beside content: headers and padding of every entry, and folders.
const MAX_STREAM_BYTES: u64 = MAX_UNPACKED_BYTES as u64 + 8 * 1024 * 1024;
/// Most entries, folders among them.
const MAX_ENTRIES: usize = 2 * MAX_PACKAGE_FILES;

/// The files of a tar.gz. Regular files and folders only.
///
/// # Errors
///
/// What is wrong with the archive; the first mistake that makes the rest unreadable is the last.
pub(super) fn unpack(bytes: &[u8]) -> Result<Files, Mistakes> {
    let mut unpacking = Unpacking::default();
    let stream = GzDecoder::new(bytes).take(MAX_STREAM_BYTES);
    if let Err(error) = unpacking.all(stream) {
        unpacking.mistakes.of_file("", format!("cannot be unpacked as tar.gz: {error}"));
    }
    unpacking.mistakes.none_or_all()?;
    Ok(unpacking.files)
}

#[derive(Default)]
struct Unpacking {
    files: Files,
    size: usize,
    mistakes: Mistakes,
}

impl Unpacking {
    fn all(&mut self, stream: impl Read) -> io::Result<()> {
        let mut archive = tar::Archive::new(stream);
        for (n, entry) in archive.entries()?.enumerate() {
            if n == MAX_ENTRIES {
                return Err(io::Error::other("it has too many entries"));
            }
            self.entry(entry?)?;
        }
        Ok(())
    }

    /// Takes one entry; fails where the rest cannot or may not be read.
    fn entry(&mut self, entry: tar::Entry<'_, impl Read>) -> io::Result<()> {
        let Ok(name) = String::from_utf8(entry.path_bytes().into_owned()) else {
            self.mistakes.of_file("", "holds a name that is not UTF-8");
            return Ok(());
        };
        let kind = entry.header().entry_type();
        // `tar -C folder .` writes `./` and `./name`.
        let name = name.strip_prefix("./").unwrap_or(&name);
        if kind.is_dir() {
            let folder = name.trim_end_matches('/');
            if !matches!(folder, "" | ".") {
                self.refuse_path(folder);
            }
        } else if !kind.is_file() {
            self.mistakes.of_file(name, "is no regular file and no folder");
        } else if !self.refuse_path(name) {
            self.file(name, entry)?;
        }
        Ok(())
    }

    fn refuse_path(&mut self, name: &str) -> bool {
        let fault = path::fault(name, MAX_DEPTH);
        if let Some(fault) = &fault {
            self.mistakes.of_file(name, format!("is a path that {fault}"));
        }
        fault.is_some()
    }

    fn file(&mut self, name: &str, entry: tar::Entry<'_, impl Read>) -> io::Result<()> {
        if self.files.len() == MAX_PACKAGE_FILES {
            return Err(io::Error::other(format!("{name} {}", too_many())));
        }
        let left = MAX_UNPACKED_BYTES - self.size;
        let mut content = Vec::new();
        entry.take(left as u64 + 1).read_to_end(&mut content)?;
        if content.len() > left {
            return Err(io::Error::other(format!("{name} {}", too_large())));
        }
        self.size += content.len();
        match text_of(content) {
            Err(reason) => self.mistakes.of_file(name, reason),
            Ok(text) => {
                if self.files.insert(name.to_owned(), text).is_some() {
                    self.mistakes.of_file(name, "is in the archive twice");
                }
            }
        }
        Ok(())
    }
}

/// Packs a folder as tar.gz. The same files give the same bytes: sorted, without times and owners.
///
/// # Errors
///
/// As [`super::Package::from_dir`], for what cannot be read; whether the package is right is not asked.
pub fn pack(from: &Path) -> Result<Vec<u8>, Mistakes> {
    let files = folder::read(from)?;
    write(&files).map_err(|error| Mistakes::one("", format!("cannot be packed: {error}")))
}

fn write(files: &Files) -> io::Result<Vec<u8>> {
    let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::default()));
    for (name, text) in files {
        let mut header = tar::Header::new_gnu();
        header.set_mode(0o644);
        header.set_size(text.len() as u64);
        archive.append_data(&mut header, name, text.as_bytes())?;
    }
    archive.into_inner()?.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tar.gz of one entry, its name written as it is.
    fn of_entry(kind: tar::EntryType, name: &[u8], content: &[u8]) -> Vec<u8> {
        let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
        let mut header = tar::Header::new_ustar();
        header.as_mut_bytes()[..name.len()].copy_from_slice(name);
        header.set_entry_type(kind);
        header.set_size(content.len() as u64);
        header.set_cksum();
        archive.append(&header, content).unwrap();
        archive.into_inner().unwrap().finish().unwrap()
    }

    fn told(bytes: &[u8]) -> String {
        unpack(bytes).unwrap_err().to_string()
    }

    #[test]
    fn what_is_packed_comes_out_again() {
        let files = Files::from([("a.txt".into(), "1".into()), ("b/ä.txt".into(), "2".into())]);

        let packed = write(&files).unwrap();

        assert_eq!(unpack(&packed).unwrap(), files);
        assert_eq!(write(&files).unwrap(), packed, "the same bytes again");
    }

    #[test]
    fn an_entry_that_could_do_harm_is_refused() {
        use tar::EntryType as Kind;
        for kind in [Kind::Symlink, Kind::Link, Kind::Char, Kind::Block, Kind::Fifo] {
            assert!(told(&of_entry(kind, b"a", b"")).contains("no regular file"), "{kind:?}");
        }
        for name in ["/etc/passwd", "../a", "a/../../b", "a//b"] {
            let told = told(&of_entry(Kind::Regular, name.as_bytes(), b""));
            assert!(told.contains("is a path that"), "{told}");
        }
        assert!(told(&of_entry(Kind::Directory, b"../a/", b"")).contains("is a path that"));
        assert!(told(&of_entry(Kind::Regular, b"\xff", b"")).contains("not UTF-8"));
        assert!(told(&of_entry(Kind::Regular, b"a", b"\xff")).contains("not UTF-8"));
        assert!(told(&of_entry(Kind::Regular, b"a", b"\0")).contains("NUL"));
    }

    #[test]
    fn an_archive_that_is_broken_twice_filled_or_a_bomb_is_refused() {
        let whole = of_entry(tar::EntryType::Regular, b"a", b"text");
        let mut twice = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
        for _ in 0..2 {
            let mut header = tar::Header::new_gnu();
            header.set_size(0);
            twice.append_data(&mut header, "a", io::empty()).unwrap();
        }
        let twice = twice.into_inner().unwrap().finish().unwrap();
        let bomb = of_entry(tar::EntryType::Regular, b"a", &vec![b' '; MAX_UNPACKED_BYTES + 1]);

        assert!(told(b"not gzip").contains("cannot be unpacked"));
        assert!(told(&whole[..whole.len() / 2]).contains("cannot be unpacked"));
        assert!(told(&twice).contains("twice"));
        assert!(bomb.len() < 1024 * 1024, "small when sent");
        assert!(told(&bomb).contains("too large"));
    }

    #[test]
    fn too_many_files_are_refused() {
        let files = (0..=MAX_PACKAGE_FILES).map(|n| (format!("{n}.in"), String::new())).collect();

        assert!(told(&write(&files).unwrap()).contains("one file too many"));
    }
}
