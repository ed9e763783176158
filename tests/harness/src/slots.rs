//! Places in which graders work, apart from those of every other test.

use std::{fs, os::unix::fs::PermissionsExt as _};

use grader::OwnUsers;
use tempfile::TempDir;

/// A slot of its own, for the grader alone, with no service running.
#[derive(Debug)]
pub struct Alone {
    /// The slot.
    pub slot: grader::Slot,
    _folder: TempDir,
    _users: Option<OwnUsers>,
}

impl Alone {
    /// A new slot; `program` is one whose `main` is `local::main`.
    pub fn new(program: &str) -> Self {
        let folder = folder();
        let dir = folder.path().join("0");
        fs::create_dir(&dir).expect("the folder is ours");
        let launcher = [program, "grader", "launcher"].map(Into::into).into();
        let users = users(1);
        let uid = users.as_ref().map(|it| it.uids()[0]);
        Self { slot: grader::Slot { dir, uid, launcher }, _folder: folder, _users: users }
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

/// As many users as there are slots, which nobody else has: graders end whatever runs as theirs. `None` where we are
/// not root, and learner code runs as ourselves.
pub(crate) fn users(slots: usize) -> Option<OwnUsers> {
    let claim = || grader::claim_users(slots).expect("a machine has users that are free");
    nix::unistd::geteuid().is_root().then(claim)
}
