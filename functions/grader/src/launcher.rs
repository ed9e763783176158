//! The judge's side of the launcher: starts it, hands it files and runs, takes bytes back.

use std::{
    collections::BTreeMap,
    io::{BufReader, BufWriter, Write},
    os::{fd::AsFd, unix::process::CommandExt},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use anyhow::{Context, bail};
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

use crate::{
    Slot, frames,
    protocol::{Answer, Order, Request},
    scratch::Scratch,
};

pub(crate) use crate::protocol::{Ended, Ran, Run, RunLimits};

/// How long a launcher may take to leave, in ms.
const LEAVE_MS: u16 = 2000;

/// How long a launcher may take to answer beyond what a run may take, in ms. One that does not is lost, and the
/// attempt with it.
const ANSWER_MS: u64 = 20_000;

/// A launcher that runs, and its scratch folder. Dropped, both are gone.
pub(crate) struct Launcher {
    process: Child,
    to: Option<BufWriter<ChildStdin>>,
    from: BufReader<ChildStdout>,
    scratch: Scratch,
    apart: bool,
}

impl Launcher {
    /// Starts a launcher in a scratch folder of its own below the slot's.
    ///
    /// # Errors
    ///
    /// When the folder or the process cannot be made: ours, never the learner's.
    pub(crate) fn start(slot: &Slot) -> anyhow::Result<Self> {
        let (program, args) = slot.launcher.split_first().context("no launcher is set")?;
        let scratch = Scratch::below(&slot.dir, slot.uid)?;
        let mut process = Command::new(program)
            .args(args)
            .env_clear()
            .current_dir(scratch.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .process_group(0)
            .spawn()
            .with_context(|| format!("start the launcher {}", program.display()))?;
        let to = process.stdin.take().map(BufWriter::new);
        let from = BufReader::new(process.stdout.take().context("the launcher has no stdout")?);
        let start = Request::Start { dir: scratch.path().to_owned(), uid: slot.uid };
        let mut launcher = Self { process, to, from, scratch, apart: false };
        match launcher.ask(&start, &[], 0)? {
            Answer::Ready { apart } => launcher.apart = apart,
            answer => bail!("the launcher answered {answer:?} to its start"),
        }
        Ok(launcher)
    }

    /// How strongly runs are shut in, as the report says it.
    pub(crate) fn tier(&self) -> &'static str {
        if self.apart { "process-apart" } else { "process" }
    }

    /// Puts files into the build folder; a path that is there already is replaced.
    pub(crate) fn write(&mut self, files: BTreeMap<String, Vec<u8>>) -> anyhow::Result<()> {
        let (paths, contents): (Vec<_>, Vec<_>) = files.into_iter().unzip();
        let contents: Vec<&[u8]> = contents.iter().map(Vec::as_slice).collect();
        match self.ask(&Request::Write(paths), &contents, 0)? {
            Answer::Done => Ok(()),
            answer => bail!("the launcher answered {answer:?} to files"),
        }
    }

    /// Runs a program to its end; whatever it started is gone when this returns.
    ///
    /// # Errors
    ///
    /// Only for failures of ours; whatever the program does is told in [`Ran`].
    pub(crate) fn run(&mut self, run: &Run) -> anyhow::Result<Ran> {
        let order = Order {
            argv: run.argv.clone(),
            env: run.env.clone(),
            limits: run.limits,
            in_build: run.in_build,
            collect: run.collect.clone(),
        };
        match self.ask(&Request::Run(order), &[&run.stdin, &run.data], run.limits.wall_ms)? {
            Answer::Ran(outcomes) => {
                let stdout = frames::take_next(&mut self.from)?;
                let stderr = frames::take_next(&mut self.from)?;
                let values = frames::take_next(&mut self.from)?;
                let mut files = BTreeMap::new();
                for path in outcomes.files {
                    files.insert(path, frames::take_next(&mut self.from)?);
                }
                Ok(Ran {
                    ended: outcomes.ended,
                    stdout,
                    stderr,
                    values,
                    wall_ms: outcomes.wall_ms,
                    cpu_ms: outcomes.cpu_ms,
                    peak_bytes: outcomes.peak_bytes,
                    files,
                })
            }
            answer => bail!("the launcher answered {answer:?} to a run"),
        }
    }

    /// Sends a request with its raw frames and reads the answer's first frame, which may take `wall_ms` and a
    /// little more.
    fn ask(&mut self, request: &Request, raw: &[&[u8]], wall_ms: u64) -> anyhow::Result<Answer> {
        let to = self.to.as_mut().context("the launcher has ended")?;
        frames::put_json(to, request)?;
        for bytes in raw {
            frames::put(to, bytes).context("write to the launcher")?;
        }
        to.flush().context("write to the launcher")?;
        let patience = PollTimeout::try_from(wall_ms + ANSWER_MS).unwrap_or(PollTimeout::MAX);
        let mut answer = [PollFd::new(self.from.get_ref().as_fd(), PollFlags::POLLIN)];
        match poll(&mut answer, patience) {
            Ok(0) => bail!("the launcher does not answer"),
            Ok(_) | Err(nix::Error::EINTR) => {}
            Err(error) => return Err(error).context("wait for the launcher"),
        }
        match frames::take_json(&mut self.from)?.context("the launcher ended")? {
            Answer::Failed(why) => bail!("the launcher failed: {why}"),
            answer => Ok(answer),
        }
    }
}

impl Drop for Launcher {
    /// Closing its stdin ends a launcher that is healthy, and it tidies up; a kill ends one that is not.
    fn drop(&mut self) {
        self.to = None;
        let mut end = [PollFd::new(self.from.get_ref().as_fd(), PollFlags::empty())];
        // Whatever comes of it, the kill is harmless.
        let _ = poll(&mut end, LEAVE_MS);
        let _ = self.process.kill();
        let _ = self.process.wait();
        self.scratch.end_all_of_its_user();
    }
}
