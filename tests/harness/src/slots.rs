//! Places in which graders work, apart from those of every other test.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    process,
    sync::atomic::{AtomicU32, Ordering},
};

use tempfile::TempDir;

/// A slot of its own, for the grader alone, with no service running.
#[derive(Debug)]
pub struct Alone {
    /// The slot.
    pub slot: grader::Slot,
    _folder: TempDir,
}

impl Alone {
    /// A new slot; `program` is one whose `main` is `local::main`.
    pub fn new(program: &str) -> Self {
        let folder = folder();
        let dir = folder.path().join("0");
        fs::create_dir(&dir).expect("the folder is ours");
        let launcher = [program, "grader", "launcher"].map(Into::into).into();
        Self { slot: grader::Slot { dir, uid: first_uid(1), launcher }, _folder: folder }
    }
}

/// A folder that the users that learner code runs as can get through.
pub(crate) fn folder() -> TempDir {
    let folder = tempfile::Builder::new().prefix("faultline-slots-").tempdir();
    let folder = folder.expect("a temporary folder can be made");
    let open = fs::Permissions::from_mode(0o755);
    fs::set_permissions(folder.path(), open).expect("the folder is ours");
    folder
}

/// The first of as many users as there are slots, which no other world has: graders end whatever runs as
/// theirs. `None` where we are not root, and learner code runs as ourselves.
pub(crate) fn first_uid(slots: usize) -> Option<u32> {
    static TAKEN: AtomicU32 = AtomicU32::new(0);
    if !nix::unistd::geteuid().is_root() {
        return None;
    }
    let slots = u32::try_from(slots).expect("a world has few slots");
    let taken = TAKEN.fetch_add(slots, Ordering::Relaxed);
    Some(100_000 + process::id() % 10_000 * 1_000 + taken)
}
