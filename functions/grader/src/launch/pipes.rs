//! The pipes of a run: two that are fed, three that are drained, all without blocking.

use std::{
    io::{self, PipeReader, PipeWriter, Read, Write},
    os::fd::{AsFd, BorrowedFd, OwnedFd},
};

use nix::fcntl::{FcntlArg, OFlag, fcntl};

/// Taken from a pipe at once, in bytes.
const CHUNK_BYTES: usize = 16 * 1024;

/// The child's ends.
pub(super) struct Ends {
    pub(super) stdin: OwnedFd,
    pub(super) data: OwnedFd,
    pub(super) stdout: OwnedFd,
    pub(super) stderr: OwnedFd,
    pub(super) values: OwnedFd,
}

/// Our ends.
pub(super) struct Pipes {
    /// Standard input and the data of file descriptor 3.
    pub(super) feeds: [Feed; 2],
    /// Standard output, standard error and the values of file descriptor 4.
    pub(super) drains: [Drain; 3],
}

impl Pipes {
    /// Opens all five.
    pub(super) fn open(input: [Vec<u8>; 2]) -> io::Result<(Self, Ends)> {
        let [on_stdin, on_data] = input;
        let (stdin, feed_stdin) = Feed::open(on_stdin)?;
        let (data, feed_data) = Feed::open(on_data)?;
        let (drain_out, stdout) = Drain::open()?;
        let (drain_err, stderr) = Drain::open()?;
        let (drain_values, values) = Drain::open()?;
        let feeds = [feed_stdin, feed_data];
        let drains = [drain_out, drain_err, drain_values];
        Ok((Self { feeds, drains }, Ends { stdin, data, stdout, stderr, values }))
    }
}

/// A pipe into the child; closed when all is written or nobody reads.
pub(super) struct Feed {
    pipe: Option<PipeWriter>,
    bytes: Vec<u8>,
    written: usize,
}

impl Feed {
    fn open(bytes: Vec<u8>) -> io::Result<(OwnedFd, Self)> {
        let (reader, writer) = io::pipe()?;
        never_block(&writer)?;
        let pipe = if bytes.is_empty() { None } else { Some(writer) };
        Ok((reader.into(), Self { pipe, bytes, written: 0 }))
    }

    /// What to wait for, while there is something left to write.
    pub(super) fn fd(&self) -> Option<BorrowedFd<'_>> {
        self.pipe.as_ref().map(AsFd::as_fd)
    }

    /// Writes what fits.
    pub(super) fn push(&mut self) {
        let Some(pipe) = &mut self.pipe else { return };
        match pipe.write(&self.bytes[self.written..]) {
            Ok(count) => self.written += count,
            Err(error) if is_later(&error) => return,
            Err(_) => self.written = self.bytes.len(),
        }
        if self.written == self.bytes.len() {
            self.pipe = None;
        }
    }
}

/// A pipe out of the child, and what came through it.
pub(super) struct Drain {
    pipe: Option<PipeReader>,
    pub(super) bytes: Vec<u8>,
}

impl Drain {
    fn open() -> io::Result<(Self, OwnedFd)> {
        let (reader, writer) = io::pipe()?;
        never_block(&reader)?;
        Ok((Self { pipe: Some(reader), bytes: Vec::new() }, writer.into()))
    }

    /// What to wait for, while somebody may write.
    pub(super) fn fd(&self) -> Option<BorrowedFd<'_>> {
        self.pipe.as_ref().map(AsFd::as_fd)
    }

    /// Reads what is there, up to one byte over the limit; true when it is more than the limit.
    pub(super) fn pull(&mut self, limit: usize) -> bool {
        let mut chunk = [0; CHUNK_BYTES];
        while let Some(pipe) = &mut self.pipe {
            match pipe.read(&mut chunk) {
                Ok(0) => self.pipe = None,
                Ok(count) => {
                    let room = (limit + 1).saturating_sub(self.bytes.len());
                    self.bytes.extend_from_slice(&chunk[..count.min(room)]);
                    if self.bytes.len() > limit {
                        self.bytes.truncate(limit);
                        self.pipe = None;
                        return true;
                    }
                }
                Err(error) if is_later(&error) => break,
                Err(_) => self.pipe = None,
            }
        }
        false
    }
}

/// Whether a call would have waited.
fn is_later(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted)
}

fn never_block(pipe: &impl AsFd) -> io::Result<()> {
    fcntl(pipe.as_fd(), FcntlArg::F_SETFL(OFlag::O_NONBLOCK))?;
    Ok(())
}
