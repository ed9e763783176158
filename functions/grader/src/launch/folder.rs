//! The folders of a submission: one where it is built, and a fresh one for each run.
//!
//! They are touched only while no process of the submission lives, so that nothing changes underneath.

use std::{
    fs::{self, File, Permissions},
    io::{self, Read},
    os::unix::fs::{MetadataExt, PermissionsExt, chown},
    path::{Component, Path, PathBuf},
};

use anyhow::{Context, ensure};

/// The largest file that is handed back, in bytes.
const COLLECT_BYTES: u64 = 1024 * 1024;

/// Files handed back after one run, at most.
const COLLECT_FILES: usize = 32;

/// Folders below a launcher's own.
pub(super) struct Folders {
    dir: PathBuf,
    uid: Option<u32>,
}

impl Folders {
    /// Makes the build folder in `dir`.
    pub(super) fn make(dir: PathBuf, uid: Option<u32>) -> anyhow::Result<Self> {
        let folders = Self { dir, uid };
        folders.make_own(&folders.build()).context("make the build folder")?;
        Ok(folders)
    }

    /// Removes everything. What is left is swept with the slot.
    pub(super) fn remove(&self) {
        let _ = remove(&self.dir);
    }

    /// The user that learner code runs as.
    pub(super) fn uid(&self) -> Option<u32> {
        self.uid
    }

    fn build(&self) -> PathBuf {
        self.dir.join("build")
    }

    /// Where compilers run.
    pub(super) fn open_build(&self) -> io::Result<PathBuf> {
        let build = self.build();
        self.give(&build)?;
        Ok(build)
    }

    /// Keeps a run out of the build folder, from which the next run's is copied.
    fn close_build(&self) -> io::Result<()> {
        let Some(_) = self.uid else { return Ok(()) };
        chown(self.build(), Some(0), Some(0))?;
        fs::set_permissions(self.build(), Permissions::from_mode(0o700))
    }

    /// A new folder with a copy of what the build left.
    pub(super) fn fresh_work(&self) -> anyhow::Result<PathBuf> {
        self.close_build().context("close the build folder")?;
        let work = self.dir.join("work");
        remove(&work).context("remove the last run's folder")?;
        self.make_own(&work).context("make a run's folder")?;
        self.copy(&self.build(), &work).context("copy what was built")?;
        Ok(work)
    }

    /// Writes a file into the build folder, and the folders that it lies in.
    pub(super) fn write(&self, path: &str, content: &[u8]) -> anyhow::Result<()> {
        let mut place = self.build();
        let mut parts = Path::new(path).components().peekable();
        while let Some(part) = parts.next() {
            ensure!(matches!(part, Component::Normal(_)), "{path:?} leaves the folder");
            place.push(part);
            let found = fs::symlink_metadata(&place).ok();
            if parts.peek().is_some() {
                if !found.is_some_and(|found| found.is_dir()) {
                    self.make_own(&place)?;
                }
            } else {
                if found.is_some() {
                    fs::remove_file(&place)?;
                }
                fs::write(&place, content)?;
                self.give(&place)?;
            }
        }
        Ok(())
    }

    fn make_own(&self, dir: &Path) -> io::Result<()> {
        fs::create_dir(dir)?;
        fs::set_permissions(dir, Permissions::from_mode(0o700))?;
        self.give(dir)
    }

    fn give(&self, path: &Path) -> io::Result<()> {
        self.uid.map_or(Ok(()), |uid| chown(path, Some(uid), Some(uid)))
    }

    /// Copies regular files and folders; whatever else lies there is left out.
    fn copy(&self, from: &Path, to: &Path) -> io::Result<()> {
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            let (kind, target) = (entry.file_type()?, to.join(entry.file_name()));
            if kind.is_dir() {
                self.make_own(&target)?;
                self.copy(&entry.path(), &target)?;
            } else if kind.is_file() {
                fs::copy(entry.path(), &target)?;
                self.give(&target)?;
            }
        }
        Ok(())
    }
}

/// Removes a folder, also where its owner may not list it any more.
fn remove(dir: &Path) -> io::Result<()> {
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            open_up(dir)?;
            fs::remove_dir_all(dir)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

fn open_up(dir: &Path) -> io::Result<()> {
    fs::set_permissions(dir, Permissions::from_mode(0o700))?;
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            open_up(&entry.path())?;
        }
    }
    Ok(())
}

/// How much lies in a folder, in bytes. What cannot be read counts nothing.
pub(super) fn size(dir: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(dir) else { return 0 };
    entries
        .flatten()
        .map(|entry| match entry.metadata() {
            Ok(found) if found.is_dir() => size(&entry.path()),
            Ok(found) if found.is_file() => found.len(),
            _ => 0,
        })
        .sum()
}

/// The wanted files that are there: regular, with one name, small. `*` at the end of a path stands for any
/// ending.
pub(super) fn collect(dir: &Path, wanted: &[String]) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for wish in wanted {
        for path in matches(dir, wish) {
            if found.len() < COLLECT_FILES
                && let Some(bytes) = read_plain(dir, &path)
            {
                found.push((path, bytes));
            }
        }
    }
    found
}

/// The paths that a wish means.
fn matches(dir: &Path, wish: &str) -> Vec<String> {
    let Some(start) = wish.strip_suffix('*') else { return vec![wish.to_owned()] };
    let (folder, start) = start.rsplit_once('/').unwrap_or(("", start));
    let Ok(entries) = fs::read_dir(dir.join(folder)) else { return Vec::new() };
    let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let join = |name: String| if folder.is_empty() { name } else { format!("{folder}/{name}") };
    let mut paths: Vec<_> = names.filter(|name| name.starts_with(start)).map(join).collect();
    paths.sort();
    paths
}

/// A small regular file that is reached without a link.
fn read_plain(dir: &Path, path: &str) -> Option<Vec<u8>> {
    let mut place = dir.to_owned();
    let mut found = fs::symlink_metadata(&place).ok()?;
    for part in Path::new(path).components() {
        if !found.is_dir() || !matches!(part, Component::Normal(_)) {
            return None;
        }
        place.push(part);
        found = fs::symlink_metadata(&place).ok()?;
    }
    if !found.is_file() || found.nlink() != 1 || found.len() > COLLECT_BYTES {
        return None;
    }
    let mut bytes = Vec::new();
    File::open(&place).ok()?.take(COLLECT_BYTES).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_neither_handed_back_nor_written_through() {
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret"), "kept").unwrap();
        let dir = tempfile::tempdir().unwrap();
        let folders = Folders::make(dir.path().to_owned(), None).unwrap();
        let link = folders.build().join("out");
        std::os::unix::fs::symlink(outside.path().join("secret"), &link).unwrap();

        let taken = collect(&folders.build(), &["out".into(), "o*".into()]);
        folders.write("out", b"mine").unwrap();

        assert!(taken.is_empty());
        assert_eq!(fs::read(outside.path().join("secret")).unwrap(), b"kept");
        assert_eq!(fs::read(link).unwrap(), b"mine");
    }

    #[test]
    fn a_path_that_leaves_the_folder_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let folders = Folders::make(dir.path().to_owned(), None).unwrap();

        assert!(folders.write("../x", b"").is_err());
        assert!(collect(&folders.build(), &["../x".into()]).is_empty());
    }
}
