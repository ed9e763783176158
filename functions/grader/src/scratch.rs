//! The folder of one grading below its slot's folder, and the slot's user in it.

use std::{
    fs::{self, Permissions},
    os::unix::{fs::PermissionsExt, process::CommandExt},
    path::Path,
    process::{Command, Stdio},
};

use anyhow::Context;
use tempfile::TempDir;

/// What the names of scratch folders begin with.
const PREFIX: &str = "scratch-";

/// An empty folder, gone when dropped.
pub(crate) struct Scratch {
    dir: TempDir,
    uid: Option<u32>,
}

impl Scratch {
    /// A new folder below `dir`; learner code may pass through both but not list them.
    pub(crate) fn below(dir: &Path, uid: Option<u32>) -> anyhow::Result<Self> {
        let made = || {
            fs::create_dir_all(dir)?;
            if uid.is_some() {
                fs::set_permissions(dir, Permissions::from_mode(0o711))?;
            }
            let dir = tempfile::Builder::new().prefix(PREFIX).tempdir_in(dir)?;
            fs::set_permissions(dir.path(), Permissions::from_mode(0o711))?;
            std::io::Result::Ok(dir)
        };
        let dir = made().with_context(|| format!("make a scratch folder in {}", dir.display()))?;
        Ok(Self { dir, uid })
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Ends every process of the slot's own user; nothing where the slot has none.
    pub(crate) fn end_all_of_its_user(&self) {
        if let Some(uid) = self.uid {
            end_all_of(uid);
        }
    }
}

/// Removes what graders left in a slot that ended before they could; the slot must be idle.
pub(crate) fn sweep(slot_dir: &Path) {
    let Ok(entries) = fs::read_dir(slot_dir) else { return };
    for entry in entries.flatten() {
        if entry.file_name().as_encoded_bytes().starts_with(PREFIX.as_bytes()) {
            // It takes space, no more; the next grader tries again.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Ends every process of a user, by asking as that user: the kernel then misses none, however fast they
/// fork.
pub(crate) fn end_all_of(uid: u32) {
    let _ = Command::new("/bin/sh")
        .args(["-c", "kill -9 -1"])
        .env_clear()
        .uid(uid)
        .gid(uid)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
}
