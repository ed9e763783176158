//! Graders as processes: found by the attempt in their environment, among those that this test started.

use std::{fs, process};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use shared::ids::AttemptId;

use crate::until;

/// Ends the grader of an attempt without warning, as a crash or an eviction would. Waits for it to be there.
pub async fn crash(attempt: AttemptId) {
    let grader = until("a grader to crash", async || find(attempt)).await;
    // Fails only where it has just ended by itself, and then the story sees that.
    let _ = kill(grader, Signal::SIGKILL);
}

/// Stops the grader of an attempt in its tracks: it lives, and says nothing any more.
pub async fn freeze(attempt: AttemptId) {
    let grader = until("a grader to freeze", async || find(attempt)).await;
    kill(grader, Signal::SIGSTOP).expect("it is a child of ours, and claimed its attempt just now");
}

/// The judge of an attempt: a child of this process with the attempt's id in its environment.
fn find(attempt: AttemptId) -> Option<Pid> {
    let mark = format!("GRADER_ATTEMPT={attempt}");
    fs::read_dir("/proc").ok()?.find_map(|entry| {
        let folder = entry.ok()?.path();
        let pid = folder.file_name()?.to_str()?.parse().ok()?;
        let environment = fs::read(folder.join("environ")).ok()?;
        let marked = environment.split(|byte| *byte == 0).any(|one| one == mark.as_bytes());
        (marked && parent(&folder) == Some(process::id())).then(|| Pid::from_raw(pid))
    })
}

fn parent(folder: &std::path::Path) -> Option<u32> {
    let status = fs::read_to_string(folder.join("status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("PPid:"))?.trim().parse().ok()
}
