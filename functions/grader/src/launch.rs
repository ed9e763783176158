//! The launcher: runs learner code, one fresh process a run, and hands back bytes.
//!
//! Single-threaded, so that forking is safe. It reaps whatever a run leaves behind. It ends when the judge does:
//! the closed stream says so, also in the middle of a run, and then it leaves nothing behind.

mod child;
mod folder;
mod kernel;
mod leftovers;
mod pipes;
mod tree;
mod watch;

use std::io::{BufReader, BufWriter, StdinLock, Stdout, Write};

use anyhow::{Context, bail};

use crate::{
    frames,
    protocol::{Answer, Order, Outcomes, Request},
};
use child::User;
use folder::Folders;

/// Serves a judge over stdin and stdout until the judge closes the stream.
pub(crate) fn serve() -> anyhow::Result<()> {
    kernel::become_launcher()?;
    let mut from = BufReader::new(std::io::stdin().lock());
    let mut to = BufWriter::new(std::io::stdout());
    let Some(Request::Start { dir, uid }) = frames::take_json(&mut from)? else {
        bail!("the judge did not start with where to work");
    };
    // A launcher that was killed in the middle of a run could not tidy up.
    if let Some(uid) = uid {
        leftovers::clear(uid);
    }
    let apart = kernel::set_apart();
    let folders = Folders::make(dir, uid)?;
    let served = serve_in(&Place { folders: &folders, apart }, &mut from, &mut to);
    folders.remove();
    match served {
        Err(error) if is_judge_gone(&error) => Ok(()),
        served => served,
    }
}

/// Whether nobody is left to answer: that is how a launcher ends in the middle of a run.
fn is_judge_gone(error: &anyhow::Error) -> bool {
    let cause = error.root_cause().downcast_ref::<std::io::Error>();
    cause.is_some_and(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}

/// Where runs take place.
struct Place<'a> {
    folders: &'a Folders,
    /// Whether runs have a network and System V IPC of their own.
    apart: bool,
}

fn serve_in(
    place: &Place<'_>,
    from: &mut BufReader<StdinLock<'_>>,
    to: &mut BufWriter<Stdout>,
) -> anyhow::Result<()> {
    frames::put_json(to, &Answer::Ready { apart: place.apart })?;
    to.flush()?;
    while let Some(request) = frames::take_json(from)? {
        if let Err(error) = answer(place, request, from, to) {
            frames::put_json(to, &Answer::Failed(format!("{error:#}")))?;
        }
        to.flush().context("answer the judge")?;
    }
    Ok(())
}

/// Does what is asked; the raw frames of the request are always taken, so that an error leaves the stream
/// in step.
fn answer(
    place: &Place<'_>,
    request: Request,
    from: &mut BufReader<StdinLock<'_>>,
    to: &mut BufWriter<Stdout>,
) -> anyhow::Result<()> {
    match request {
        Request::Start { .. } => bail!("already started"),
        Request::Write(paths) => {
            let mut contents = Vec::new();
            for _ in &paths {
                contents.push(frames::take_next(from)?);
            }
            for (path, content) in paths.iter().zip(&contents) {
                place.folders.write(path, content).with_context(|| format!("write {path}"))?;
            }
            frames::put_json(to, &Answer::Done)
        }
        Request::Run(order) => {
            let stdin = frames::take_next(from)?;
            let data = frames::take_next(from)?;
            run(place, &order, [stdin, data], to)
        }
    }
}

/// One run from folder to answer.
fn run(
    place: &Place<'_>,
    order: &Order,
    input: [Vec<u8>; 2],
    to: &mut BufWriter<Stdout>,
) -> anyhow::Result<()> {
    let folders = place.folders;
    let folder = if order.in_build { folders.open_build()? } else { folders.fresh_work()? };
    let user = User { uid: folders.uid(), apart: place.apart };
    let (child, pipes) = child::start(order, &folder, user, input)?;
    let mut seen = watch::to_the_end(&child, pipes, &order.limits)?;
    let files = folder::collect(&folder, &order.collect);
    let elsewhere = folders.uid().map_or(0, leftovers::clear);
    if !order.in_build && folder::size(&folder) + elsewhere >= order.limits.disk_bytes {
        seen.wrote_too_much();
    }
    let outcomes = Outcomes {
        ended: seen.ended,
        wall_ms: seen.wall_ms,
        cpu_ms: seen.cpu_ms,
        peak_bytes: seen.peak_bytes,
        files: files.iter().map(|(path, _)| path.clone()).collect(),
    };
    frames::put_json(to, &Answer::Ran(outcomes))?;
    for bytes in seen.output.iter().chain(files.iter().map(|(_, bytes)| bytes)) {
        frames::put(to, bytes)?;
    }
    Ok(())
}
