//! A learner's process, from fork to exec: own session, limits, no privileges, nothing inherited.

use std::{
    io,
    os::{
        fd::AsRawFd,
        unix::process::{CommandExt, ExitStatusExt},
    },
    path::Path,
    process::{Child, Command, Stdio},
};

use anyhow::Context;

use super::pipes::{Ends, Pipes};
use crate::protocol::{Order, RunLimits};

/// Room for code, libraries and stacks beyond the memory that is limited, in bytes.
const ADDRESS_ROOM: u64 = 128 * 1024 * 1024;

/// Largest stack: deep recursion that is right must run, endless recursion must end soon.
const STACK_BYTES: u64 = 64 * 1024 * 1024;

/// Files that may be open at once.
const OPEN_FILES: u64 = 256;

/// As whom a run takes place.
#[derive(Clone, Copy)]
pub(super) struct User {
    /// User and group; the launcher's own where absent.
    pub(super) uid: Option<u32>,
    /// Whether it gets System V IPC of its own: segments outlive processes, and so the run that made them.
    pub(super) apart: bool,
}

/// Starts a run in `folder`; `input` is standard input and the data of file descriptor 3.
pub(super) fn start(
    order: &Order,
    folder: &Path,
    user: User,
    input: [Vec<u8>; 2],
) -> anyhow::Result<(Child, Pipes)> {
    let (program, args) = order.argv.split_first().context("nothing to run")?;
    let (pipes, ends) = Pipes::open(input)?;
    let Ends { stdin, data, stdout, stderr, values } = ends;
    let (three, four) = (data.as_raw_fd(), values.as_raw_fd());
    let limits = resource_limits(&order.limits, user.uid);
    let mut command = Command::new(program);
    command
        .args(args)
        .current_dir(folder)
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .env("LANG", "C.UTF-8")
        .env("HOME", folder)
        .env("TMPDIR", folder)
        .envs(order.env.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::from(stdin))
        .stdout(Stdio::from(stdout))
        .stderr(Stdio::from(stderr));
    #[expect(unsafe_code, reason = "limits and user change between fork and exec")]
    // SAFETY: this process has one thread, and `shut_in` makes system calls alone.
    unsafe {
        command.pre_exec(move || shut_in([three, four], &limits, user));
    }
    let child = command.spawn().with_context(|| format!("start {program}"))?;
    drop((data, values));
    Ok((child, pipes))
}

/// A resource and its soft and hard limit.
type Limit = (libc::__rlimit_resource_t, u64, u64);

/// What one process may use; watching the tree is the first line, these are the second.
fn resource_limits(limits: &RunLimits, uid: Option<u32>) -> Vec<Limit> {
    let both = |resource, limit| (resource, limit, limit);
    let cpu_seconds = limits.cpu_ms.div_ceil(1000) + 1;
    let mut set = vec![
        (libc::RLIMIT_CPU, cpu_seconds, cpu_seconds + 1),
        both(libc::RLIMIT_AS, limits.memory_bytes + ADDRESS_ROOM),
        both(libc::RLIMIT_FSIZE, limits.disk_bytes),
        both(libc::RLIMIT_STACK, STACK_BYTES),
        both(libc::RLIMIT_NOFILE, OPEN_FILES),
        both(libc::RLIMIT_CORE, 0),
        both(libc::RLIMIT_MEMLOCK, 0),
        both(libc::RLIMIT_MSGQUEUE, 0),
    ];
    if uid.is_some() {
        set.push(both(libc::RLIMIT_NPROC, limits.processes));
    }
    set
}

/// Between fork and exec. The parent-death signal comes last: a change of user clears it.
fn shut_in(channels: [i32; 2], limits: &[Limit], user: User) -> io::Result<()> {
    #[expect(unsafe_code, reason = "plain system calls")]
    // SAFETY: numbers alone, but for `limit`, which outlives its call, and the empty list of groups.
    unsafe {
        done(libc::setsid())?;
        done(libc::dup2(channels[0], 3))?;
        done(libc::dup2(channels[1], 4))?;
        for &(resource, soft, hard) in limits {
            let limit = libc::rlimit { rlim_cur: soft, rlim_max: hard };
            done(libc::setrlimit(resource, &raw const limit))?;
        }
        if user.apart {
            done(libc::unshare(libc::CLONE_NEWIPC))?;
        }
        if let Some(uid) = user.uid {
            done(libc::setgroups(0, std::ptr::null()))?;
            done(libc::setresgid(uid, uid, uid))?;
            done(libc::setresuid(uid, uid, uid))?;
        }
        libc::umask(0o077);
        done(libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))?;
        done(libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL, 0, 0, 0))
    }
}

/// The error of a system call that gave -1.
fn done(result: i32) -> io::Result<()> {
    if result == -1 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// How a status of `wait4` reads: an exit code, or a signal.
pub(super) fn exit_or_signal(status: i32) -> (Option<i32>, Option<i32>) {
    let status = std::process::ExitStatus::from_raw(status);
    (status.code(), status.signal())
}
