//! Watches a run to its end: feeds it, drains it, and ends it at a limit.

use std::{
    os::fd::{AsFd, OwnedFd},
    process::Child,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use nix::{
    poll::{PollFd, PollFlags, PollTimeout, poll},
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use shared::report::Outcome;

use super::{
    child::exit_or_signal,
    kernel::{self, Usage},
    pipes::{Drain, Feed, Pipes},
    tree::{self, Tree},
};
use crate::protocol::{Ended, RunLimits};

/// The process tree is looked at this soon, then less and less often.
const FIRST_LOOK: Duration = Duration::from_millis(20);

/// The process tree is looked at at least this often.
const LAST_LOOK: Duration = Duration::from_millis(100);

/// Values that are taken, in bytes.
const VALUES_BYTES: usize = 1024 * 1024;

/// What was seen of a run.
pub(super) struct Seen {
    pub(super) ended: Ended,
    pub(super) wall_ms: u64,
    pub(super) cpu_ms: u64,
    pub(super) peak_bytes: u64,
    /// Standard output, standard error, values.
    pub(super) output: [Vec<u8>; 3],
}

impl Seen {
    /// Its folder is over the limit: so it ended, whatever else it says, unless another limit came first.
    pub(super) fn wrote_too_much(&mut self) {
        if !matches!(self.ended, Ended::Limit(_)) {
            self.ended = Ended::Limit(Outcome::DiskLimit);
        }
    }
}

/// Watches until the run has ended and nothing of it is left.
///
/// # Errors
///
/// When the kernel refuses, or the judge is gone; nothing of the run is left then either.
pub(super) fn to_the_end(child: &Child, pipes: Pipes, limits: &RunLimits) -> anyhow::Result<Seen> {
    let pid = child.id().cast_signed();
    let end = kernel::watch_end(pid).context("watch a process")?;
    let mut watch = Watch {
        pid,
        end,
        pipes,
        limits: *limits,
        since: Instant::now(),
        limit: None,
        tasks: 0,
        peak_bytes: 0,
    };
    let ended = watch.until_it_ends();
    let rest = tree::end_all();
    let (status, usage) = ended?;
    watch.drain();
    Ok(watch.sum_up(status, usage, rest))
}

struct Watch {
    pid: i32,
    end: OwnedFd,
    pipes: Pipes,
    limits: RunLimits,
    since: Instant,
    limit: Option<Outcome>,
    tasks: u64,
    peak_bytes: u64,
}

impl Watch {
    /// Feeds, drains and looks until the first process has ended; its status and what it used.
    fn until_it_ends(&mut self) -> anyhow::Result<(i32, Usage)> {
        let mut pause = FIRST_LOOK;
        let mut look_at = self.since + pause;
        loop {
            self.wait(look_at)?;
            if let Some(ended) = kernel::reap(self.pid)? {
                if ended.status != 0 {
                    // What it leaves behind tells whether it failed for want of processes.
                    self.tasks = self.tasks.max(tree::look(self.limits.memory_bytes).tasks + 1);
                }
                return Ok((ended.status, ended.usage));
            }
            self.pipes.feeds.iter_mut().for_each(Feed::push);
            if self.drain() {
                self.stop(Outcome::OutputLimit);
            }
            let now = Instant::now();
            if now >= look_at {
                self.check(tree::look(self.limits.memory_bytes));
                pause = (pause * 3 / 2).min(LAST_LOOK);
                look_at = now + pause;
            }
        }
    }

    /// Waits for a pipe, for the end, for the judge's leaving, or for the time to look.
    fn wait(&self, until: Instant) -> anyhow::Result<()> {
        let judge = std::io::stdin();
        let feeds = self.pipes.feeds.iter().filter_map(Feed::fd);
        let drains = self.pipes.drains.iter().filter_map(Drain::fd);
        let mut all = vec![
            PollFd::new(judge.as_fd(), PollFlags::empty()),
            PollFd::new(self.end.as_fd(), PollFlags::POLLIN),
        ];
        all.extend(feeds.map(|fd| PollFd::new(fd, PollFlags::POLLOUT)));
        all.extend(drains.map(|fd| PollFd::new(fd, PollFlags::POLLIN)));
        let ms = until.saturating_duration_since(Instant::now()).as_millis() + 1;
        match poll(&mut all, PollTimeout::try_from(ms).unwrap_or(PollTimeout::MAX)) {
            Ok(_) | Err(nix::Error::EINTR) => {}
            Err(error) => return Err(error).context("wait for a process"),
        }
        let judge_says = all[0].revents().unwrap_or(PollFlags::empty());
        if judge_says.intersects(PollFlags::POLLHUP | PollFlags::POLLERR) {
            bail!("the judge is gone");
        }
        Ok(())
    }

    /// Holds what the living processes use against the limits.
    fn check(&mut self, tree: Tree) {
        self.tasks = self.tasks.max(tree.tasks);
        self.peak_bytes = self.peak_bytes.max(tree.memory_bytes);
        if tree.cpu_ms > self.limits.cpu_ms {
            self.stop(Outcome::TimeLimit);
        } else if self.since.elapsed() > Duration::from_millis(self.limits.wall_ms) {
            self.stop(Outcome::WallTimeLimit);
        } else if tree.tasks > self.limits.processes {
            self.stop(Outcome::ProcessLimit);
        } else if tree.memory_bytes > self.limits.memory_bytes {
            self.stop(Outcome::MemoryLimit);
        }
    }

    /// Ends the run for a limit; the first one counts. The process is not reaped yet, so the number is still its own.
    fn stop(&mut self, limit: Outcome) {
        if self.limit.is_none() {
            self.limit = Some(limit);
            let _ = kill(Pid::from_raw(self.pid), Signal::SIGKILL);
        }
    }

    /// Takes what is in the pipes; true when it is more than may be.
    fn drain(&mut self) -> bool {
        let accepted = usize::try_from(self.limits.output_bytes).unwrap_or(usize::MAX);
        let [stdout, stderr, values] = &mut self.pipes.drains;
        let over = [stdout.pull(accepted), stderr.pull(accepted), values.pull(VALUES_BYTES)];
        over.contains(&true)
    }

    /// What it all comes to. `rest` is what orphans used.
    fn sum_up(self, status: i32, first: Usage, rest: Usage) -> Seen {
        let wall = self.since.elapsed().as_millis();
        let cpu_ms = first.cpu_ms + rest.cpu_ms;
        let peak_bytes = first.peak_bytes.max(rest.peak_bytes).max(self.peak_bytes);
        let ended = match (self.limit, exit_or_signal(status)) {
            (Some(limit), _) => Ended::Limit(limit),
            _ if cpu_ms > self.limits.cpu_ms => Ended::Limit(Outcome::TimeLimit),
            _ if peak_bytes > self.limits.memory_bytes => Ended::Limit(Outcome::MemoryLimit),
            (_, (_, Some(libc::SIGXCPU))) => Ended::Limit(Outcome::TimeLimit),
            (_, (_, Some(libc::SIGXFSZ))) => Ended::Limit(Outcome::DiskLimit),
            (_, (Some(0), _)) => Ended::Exited(0),
            _ if self.tasks >= self.limits.processes => Ended::Limit(Outcome::ProcessLimit),
            (_, (Some(code), _)) => Ended::Exited(code),
            (_, (_, signal)) => Ended::Signalled(signal.unwrap_or(0)),
        };
        let output = self.pipes.drains.map(|drain| drain.bytes);
        let wall_ms = u64::try_from(wall).unwrap_or(u64::MAX);
        Seen { ended, wall_ms, cpu_ms, peak_bytes, output }
    }
}
