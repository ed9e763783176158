//! Where PostgreSQL is installed.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Where Debian puts each version: `/usr/lib/postgresql/15/bin`.
const DEBIAN: &str = "/usr/lib/postgresql";

/// The folder with `initdb` and `postgres`: Debian's newest version, else where `PATH` says.
///
/// # Errors
///
/// When there is none; the message says what to install.
pub(crate) fn binaries() -> anyhow::Result<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir(DEBIAN)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            let folder = entry.path().join("bin");
            is_complete(&folder).then_some((version, folder))
        })
        .collect();
    versions.sort();
    let newest = versions.pop().map(|(_, folder)| folder);
    newest.or_else(in_path).ok_or_else(|| {
        anyhow::anyhow!("PostgreSQL is not installed; needs: apt-get install postgresql")
    })
}

fn in_path() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).find(|folder| is_complete(folder))
}

fn is_complete(folder: &Path) -> bool {
    ["initdb", "postgres", "pg_isready", "createdb"].iter().all(|tool| folder.join(tool).exists())
}
