//! `faultline grader judge|launcher`.

use std::process::ExitCode;

/// A grader's two halves; the runner starts the judge, and the judge the launcher.
#[derive(Debug, clap::Args)]
pub(super) struct Grader {
    /// Which half.
    half: String,
}

impl Grader {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        grader::run(&self.half).map(|()| ExitCode::SUCCESS)
    }
}
