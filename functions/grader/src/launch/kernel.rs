//! The few calls to the kernel that no library wraps.

use std::{
    fs::File,
    io,
    os::fd::{AsRawFd, FromRawFd, OwnedFd},
};

use nix::{
    sched::{CloneFlags, unshare},
    sys::prctl,
};

/// What a process, and those of its descendants that it waited for, used.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Usage {
    pub(super) cpu_ms: u64,
    pub(super) peak_bytes: u64,
}

/// A process that ended.
pub(super) struct Ended {
    /// As `waitpid` gives it.
    pub(super) status: i32,
    pub(super) usage: Usage,
}

/// Makes this process one that adopts orphans of what it starts, and cannot be looked into by them.
pub(super) fn become_launcher() -> anyhow::Result<()> {
    prctl::set_child_subreaper(true)?;
    prctl::set_dumpable(false)?;
    close_inherited();
    reserve_low_numbers()?;
    Ok(())
}

/// Gives this process and what it starts a network and System V IPC of their own, empty both; false where the kernel
/// does not let us, and runs go without.
///
/// The network lasts as long as this process: making one takes milliseconds, and no run leaves anything in it.
pub(super) fn set_apart() -> bool {
    unshare(CloneFlags::CLONE_NEWNET | CloneFlags::CLONE_NEWIPC).is_ok()
}

/// Closes whatever the parent left open beyond the standard three.
fn close_inherited() {
    #[expect(unsafe_code, reason = "close_range is not wrapped")]
    // SAFETY: called first of all, before this process opened anything.
    unsafe {
        libc::close_range(3, libc::c_uint::MAX, 0);
    }
}

/// Opens `/dev/null` as 3 to 9 for good, so that file descriptors 3 and 4 of a child, set between fork and
/// exec, never hit one that is in use.
fn reserve_low_numbers() -> io::Result<()> {
    loop {
        let null = File::open("/dev/null")?;
        if null.as_raw_fd() > 9 {
            return Ok(());
        }
        std::mem::forget(null);
    }
}

/// A file descriptor that becomes readable when the process ends.
pub(super) fn watch_end(pid: i32) -> io::Result<OwnedFd> {
    #[expect(unsafe_code, reason = "pidfd_open is not wrapped")]
    // SAFETY: the call takes numbers alone.
    let fd = unsafe { libc::syscall(libc::SYS_pidfd_open, pid, 0) };
    let fd = i32::try_from(fd).map_err(io::Error::other)?;
    if fd < 0 {
        return Err(io::Error::last_os_error());
    }
    #[expect(unsafe_code, reason = "a new file descriptor gets its owner")]
    // SAFETY: the kernel just made it, and nobody else owns it.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}

/// Reaps one child that has ended; -1 stands for any. `None` while none has.
///
/// # Errors
///
/// `ECHILD` when there is no such child.
pub(super) fn reap(pid: i32) -> io::Result<Option<Ended>> {
    let mut status = 0;
    #[expect(unsafe_code, reason = "wait4 is not wrapped")]
    // SAFETY: `rusage` is plain numbers, for which zero is a value.
    let mut used: libc::rusage = unsafe { std::mem::zeroed() };
    #[expect(unsafe_code, reason = "wait4 is not wrapped")]
    // SAFETY: both places outlive the call.
    let ended = unsafe { libc::wait4(pid, &raw mut status, libc::WNOHANG, &raw mut used) };
    match ended {
        0 => Ok(None),
        pid if pid > 0 => Ok(Some(Ended { status, usage: usage(&used) })),
        _ => Err(io::Error::last_os_error()),
    }
}

/// The kernel's numbers in our units.
fn usage(used: &libc::rusage) -> Usage {
    let ms = |time: libc::timeval| time.tv_sec * 1000 + time.tv_usec / 1000;
    Usage {
        cpu_ms: u64::try_from(ms(used.ru_utime) + ms(used.ru_stime)).unwrap_or(0),
        peak_bytes: u64::try_from(used.ru_maxrss).unwrap_or(0) * 1024,
    }
}
