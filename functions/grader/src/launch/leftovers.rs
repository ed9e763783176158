//! What runs leave outside their own folders: files in the folders of a machine that are open to everybody.
//!
//! A program could keep there what it read in a hidden test, and show it in a visible one, or in its learner's next
//! submission. So all that belongs to the slot's user goes after each run, while no process of it lives.

use std::{
    fs::{self, Metadata},
    os::unix::fs::MetadataExt as _,
    path::Path,
};

use super::folder;

/// Where anybody may make files, on a usual machine. A machine that has more is shut by its sandbox.
const OPEN_TO_ALL: [&str; 4] = ["/tmp", "/var/tmp", "/dev/shm", "/run/lock"];

/// Mode bits of a folder in which all may write, and remove only their own.
const SHARED: u32 = 0o1002;

/// Removes what belongs to this user in folders that are open to all, and nothing of anybody else's; how much that
/// was, in bytes.
pub(super) fn clear(uid: u32) -> u64 {
    OPEN_TO_ALL.iter().map(|place| clear_in(Path::new(place), uid)).sum()
}

/// Looks at the entries of a folder of root's, and into those of them that are open to all as well (`/tmp/.X11-unix`):
/// nobody but root can put anything else in their place meanwhile. What cannot be removed stays.
fn clear_in(dir: &Path, uid: u32) -> u64 {
    let mut bytes = 0;
    let Ok(entries) = fs::read_dir(dir) else { return bytes };
    for path in entries.flatten().map(|entry| entry.path()) {
        let Ok(found) = fs::symlink_metadata(&path) else { continue };
        if found.uid() == uid {
            bytes += if found.is_dir() { folder::size(&path) } else { found.len() };
            // Neither follows a link.
            let _ = if found.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        } else if is_shared(&found) {
            bytes += clear_in(&path, uid);
        }
    }
    bytes
}

fn is_shared(found: &Metadata) -> bool {
    found.is_dir() && found.uid() == 0 && found.mode() & SHARED == SHARED
}

#[cfg(test)]
mod tests {
    use std::{
        io::Write as _,
        os::unix::fs::{chown, symlink},
    };

    use super::*;

    #[test]
    fn what_a_user_left_goes_and_what_others_have_stays() {
        if !nix::unistd::geteuid().is_root() {
            // Past the test runner, which keeps what a passing test prints to itself.
            std::io::stderr().write_all(b"skipped: needs root\n").unwrap();
            return;
        }
        let claim = crate::claim_users(1).unwrap();
        let uid = claim.uids()[0];
        let place = tempfile::tempdir().unwrap();
        let path = |name: &str| place.path().join(name);
        fs::write(path("others"), "").unwrap();
        fs::create_dir_all(path("left/deep")).unwrap();
        fs::write(path("left/deep/note"), "12345").unwrap();
        symlink(path("others"), path("link")).unwrap();
        chown(path("left"), Some(uid), Some(uid)).unwrap();
        std::os::unix::fs::lchown(path("link"), Some(uid), Some(uid)).unwrap();

        let bytes = clear_in(place.path(), uid);

        assert!(bytes >= 5);
        let left: Vec<_> = fs::read_dir(place.path()).unwrap().flatten().collect();
        assert_eq!(left.len(), 1, "{left:?}");
        assert_eq!(left[0].file_name(), "others");
    }
}
