//! What judge and launcher say to each other. Nothing here is worth stealing: no test's expected value,
//! no token.

use std::{collections::BTreeMap, path::PathBuf};

use serde::{Deserialize, Serialize};
use shared::{
    package::manifest::{BuildLimits, Limits},
    report::Outcome,
};

/// What the judge asks for. Raw frames follow where the variant says so.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Request {
    /// The first: where to work and as whom. The folder exists and is the launcher's own.
    Start {
        /// An empty folder.
        dir: PathBuf,
        /// User and group of learner code; the launcher's own where absent.
        uid: Option<u32>,
    },
    /// Files for the build folder; one raw frame each, in this order.
    Write(Vec<String>),
    /// One run; raw frames: standard input, then the data for file descriptor 3.
    Run(Order),
}

/// A run, without its bytes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Order {
    pub(crate) argv: Vec<String>,
    pub(crate) env: Vec<(String, String)>,
    pub(crate) limits: RunLimits,
    pub(crate) in_build: bool,
    pub(crate) collect: Vec<String>,
}

/// The answer to a run, without its bytes. Raw frames: standard output, standard error, values, then each
/// of `files`.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Outcomes {
    pub(crate) ended: Ended,
    pub(crate) wall_ms: u64,
    pub(crate) cpu_ms: u64,
    pub(crate) peak_bytes: u64,
    pub(crate) files: Vec<String>,
}

/// How the launcher answers a request.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Answer {
    /// Started, and ready for requests.
    Ready {
        /// Whether runs have a network and System V IPC of their own; it takes root.
        apart: bool,
    },
    /// Done, as asked.
    Done,
    /// A run ended; its raw frames follow.
    Ran(Outcomes),
    /// Our own failure, in words; never the learner's.
    Failed(String),
}

/// One run of learner code, or of a compiler over it.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    /// Program (absolute path, or `./…` in the folder) and arguments.
    pub(crate) argv: Vec<String>,
    /// Added to a scrubbed environment (`PATH`, `HOME`, `LANG`, `TMPDIR`).
    pub(crate) env: Vec<(String, String)>,
    /// Standard input.
    pub(crate) stdin: Vec<u8>,
    /// Readable on file descriptor 3.
    pub(crate) data: Vec<u8>,
    /// Limits of this run.
    pub(crate) limits: RunLimits,
    /// Run in the build folder, as compilers do; else in a fresh work folder with a copy of its files.
    pub(crate) in_build: bool,
    /// Small files to hand back afterwards, by path in the folder: regular files only, at most 1 MiB each;
    /// `*` at the end of a path's last part stands for any ending.
    pub(crate) collect: Vec<String>,
}

/// What came of a run.
#[derive(Clone, Debug)]
pub(crate) struct Ran {
    /// How it ended.
    pub(crate) ended: Ended,
    /// Standard output, at most the limit.
    pub(crate) stdout: Vec<u8>,
    /// Standard error, at most the limit.
    pub(crate) stderr: Vec<u8>,
    /// What was written to file descriptor 4, at most 1 MiB.
    pub(crate) values: Vec<u8>,
    /// Time on the wall.
    pub(crate) wall_ms: u64,
    /// CPU time of the process tree.
    pub(crate) cpu_ms: u64,
    /// Largest resident memory.
    pub(crate) peak_bytes: u64,
    /// The files of `collect` that were there.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Ended {
    /// By itself, with this code.
    Exited(i32),
    /// By this signal, not ours.
    Signalled(i32),
    /// By a limit.
    Limit(Outcome),
}

/// Limits of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RunLimits {
    /// CPU time of the process tree, in ms.
    pub(crate) cpu_ms: u64,
    /// Time on the wall, in ms.
    pub(crate) wall_ms: u64,
    /// Memory of one process, in bytes.
    pub(crate) memory_bytes: u64,
    /// Output that is accepted on each of standard output and standard error, in bytes.
    pub(crate) output_bytes: u64,
    /// Processes and threads at once.
    pub(crate) processes: u64,
    /// What may be written to files, in bytes.
    pub(crate) disk_bytes: u64,
}

/// Output that is accepted before a program is ended, in bytes (design, section 5).
const ACCEPTED_BYTES: u64 = 1024 * 1024;

/// Processes that a compiler may start.
const BUILD_PROCESSES: u64 = 64;

/// What a build may write to files, in bytes.
const BUILD_DISK_BYTES: u64 = 256 * MIB;

const MIB: u64 = 1024 * 1024;

impl RunLimits {
    /// Limits of one test; `overhead_mib` is what the language itself needs.
    pub(crate) fn of_test(limits: &Limits, overhead_mib: u64) -> Self {
        Self {
            cpu_ms: ms(limits.cpu_seconds),
            wall_ms: ms(limits.wall_seconds),
            memory_bytes: (limits.memory_mib + overhead_mib) * MIB,
            output_bytes: ACCEPTED_BYTES,
            processes: limits.processes,
            disk_bytes: limits.disk_mib * MIB,
        }
    }

    /// Limits of the build; it may take three times its CPU time on the wall.
    pub(crate) fn of_build(limits: &BuildLimits) -> Self {
        Self {
            cpu_ms: ms(limits.cpu_seconds),
            wall_ms: 3 * ms(limits.cpu_seconds),
            memory_bytes: limits.memory_mib * MIB,
            output_bytes: ACCEPTED_BYTES,
            processes: BUILD_PROCESSES,
            disk_bytes: BUILD_DISK_BYTES,
        }
    }
}

/// Seconds of a manifest in whole milliseconds; it was checked to be neither negative nor huge.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a checked limit")]
fn ms(seconds: f64) -> u64 {
    (seconds * 1000.0).round() as u64
}
