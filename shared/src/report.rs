//! What a grader found (design, section 6): the judge posts it, grade-dispatch stores it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::package::manifest::{Limits, Visibility};

/// The largest report that is taken, in bytes.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// What a grader found, all of it; who may see what is decided where it is shown.
#[doc = concat!("\n\n```json\n", include_str!("../examples/report.json"), "```")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Version of the grader.
    pub grader: String,
    /// The language and the versions of its tools.
    pub language: LanguageUsed,
    /// How strongly learner code was shut in: `T1`, `T2`, `T3`; before there is a sandbox `process`, or
    /// `process-apart` where it has a network and IPC of its own.
    pub tier: String,
    /// The limits of one test.
    pub limits: Limits,
    /// Where chance was needed, this decided it.
    pub seed: u64,
    /// How the build went.
    pub build: Build,
    /// Every test of the package, in its order.
    pub tests: Vec<TestResult>,
    /// Two rankings of suspicious lines.
    pub suspects: Rankings,
    /// Whether tests shared a process with learner code (kinds `unit` and `harness`).
    pub forgeable: bool,
    /// Until when a search may add suspects; `null` where none goes on.
    pub search_until: Option<DateTime<Utc>>,
    /// How long each phase took, in ms: `fetch`, `build`, `test`, `cover`, `localise`.
    pub timings_ms: BTreeMap<String, u64>,
    /// Lines that each test ran: test → path → lines as ranges `[first, last]`.
    pub coverage: BTreeMap<String, BTreeMap<String, Vec<(u32, u32)>>>,
    /// Values seen while running; what questions are asked from.
    pub observations: Vec<Observation>,
}

/// The language of a submission and the versions of its tools.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LanguageUsed {
    /// `python`.
    pub name: String,
    /// Versions by tool: `{"python3": "3.11.2"}`.
    pub tools: BTreeMap<String, String>,
}

/// How the build went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Build {
    /// Its outcome.
    pub outcome: BuildOutcome,
    /// What the compiler said, errors first, at most 50.
    pub diagnostics: Vec<Diagnostic>,
}

/// The outcome of a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BuildOutcome {
    /// It can be run. For an interpreted language: it parses.
    Ok,
    /// The program is not valid.
    CompileError,
    /// The build reached a limit.
    CompileLimit,
}

/// One remark of a compiler, on the learner's own line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Diagnostic {
    /// The learner's file.
    pub path: String,
    /// Its line, from 1.
    pub line: u32,
    /// The column, from 1, where the tool gives one.
    pub column: Option<u32>,
    /// How grave it is.
    pub severity: Severity,
    /// The tool's words.
    pub message: String,
    /// The tool's own name for it: `-Wunused-variable`, `SyntaxError`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// How grave a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The build fails for it.
    Error,
    /// Likely a mistake.
    Warning,
    /// Belongs to the one before.
    Note,
}

/// What became of one test. Texts are printable and at most 4 KiB.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TestResult {
    /// The test's name.
    pub name: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Points it earned.
    pub points: f64,
    /// Points it is worth.
    pub possible: f64,
    /// Who may see it.
    pub visibility: Visibility,
    /// Wall time, in ms.
    pub duration_ms: u64,
    /// CPU time of the process tree, in ms.
    pub cpu_ms: u64,
    /// Largest memory, in bytes.
    pub peak_bytes: u64,
    /// Standard input, or the call in source text.
    pub input: String,
    /// Expected output or value.
    pub expected: String,
    /// What came.
    pub actual: String,
    /// One sentence: `ended by SIGSEGV (invalid memory access)`, or a program's last words.
    pub message: String,
    /// Where learner code crashed, if it did and the language tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crash: Option<Crash>,
}

/// Where and why learner code crashed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Crash {
    /// The learner's file.
    pub path: String,
    /// The line, innermost of the learner's own; 0 where unknown.
    pub line: u32,
    /// `ZeroDivisionError`, `SIGSEGV`.
    pub name: String,
    /// The tool's words.
    pub message: String,
}

/// The outcome of a test. A failure of ours is never one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// As expected.
    Passed,
    /// It ended well, with another result.
    WrongAnswer,
    /// It ended before it gave a result.
    NoResult,
    /// It ended by an exception, a signal or an exit code that is not 0.
    RuntimeError,
    /// CPU time ran out.
    TimeLimit,
    /// Time on the wall ran out.
    WallTimeLimit,
    /// Memory ran out.
    MemoryLimit,
    /// It wrote too much.
    OutputLimit,
    /// It started too many processes.
    ProcessLimit,
    /// It wrote too much to files.
    DiskLimit,
    /// It asked the system for what it may not have.
    ForbiddenCall,
    /// Its group depends on tests that did not pass, or the build failed.
    Skipped,
}

/// Two rankings: what learners may see, and what instructors may.
#[doc = concat!("\n\n```json\n", include_str!("../examples/rankings.json"), "```")]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rankings {
    /// From visible tests alone.
    pub visible: Ranking,
    /// From all tests.
    pub all: Ranking,
}

/// Suspicious lines, most suspicious first: a strict order, no ties.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ranking {
    /// The lines.
    pub suspects: Vec<Suspect>,
    /// Why there are none: `no test failed`, `nothing ran`.
    pub abstained: Option<String>,
}

/// A line of the learner's code, how suspicious it is and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Suspect {
    /// The learner's file.
    pub path: String,
    /// The line, from 1.
    pub line: u32,
    /// 1 is the most suspicious.
    pub rank: u32,
    /// Between 0 and 1; compare ranks, not scores.
    pub score: f64,
    /// Why.
    pub evidence: Vec<Evidence>,
}

/// Why a line is suspected.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Evidence {
    /// How many failing and passing tests ran the line.
    Spectrum {
        /// Failing tests that ran it.
        failing: u32,
        /// Passing tests that ran it.
        passing: u32,
    },
    /// A crash happened here.
    Crash {
        /// `ZeroDivisionError`, `SIGSEGV`.
        name: String,
    },
    /// A change here makes failing tests pass.
    Repair {
        /// What sort of change: `comparison`.
        change: String,
        /// Failing tests that pass with it.
        failing_fixed: u32,
        /// Passing tests that fail with it.
        passing_broken: u32,
        /// The edit itself; never shown to learners.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        edit: Option<String>,
    },
}

/// A value seen while the learner's program ran one visible test. Untrusted: for questions only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    /// The test.
    pub test: String,
    /// The learner's file.
    pub path: String,
    /// The line, from 1.
    pub line: u32,
    /// What was seen there.
    #[serde(flatten)]
    pub seen: Seen,
}

/// What was seen at a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "seen", rename_all = "snake_case")]
pub enum Seen {
    /// How often the line ran.
    Runs {
        /// Times.
        count: u64,
    },
    /// The value of a variable right after the line ran for the last time.
    Variable {
        /// Its name.
        name: String,
        /// Its value in source text, at most 80 characters.
        value: String,
    },
    /// The value that this `return` gave first.
    Returned {
        /// The function's name.
        function: String,
        /// The value in source text, at most 80 characters.
        value: String,
    },
    /// What a condition gave, in order, at most 20 times.
    Branch {
        /// Whether it held.
        taken: Vec<bool>,
    },
}
