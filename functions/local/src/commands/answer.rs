//! `faultline answer`.

use std::process::ExitCode;

use shared::ids::SubmissionId;

use crate::{client::Server, show};

/// Answers a question about a submission.
#[derive(Debug, clap::Args)]
pub(super) struct Answer {
    /// The submission.
    submission: SubmissionId,
    /// The question's number.
    question: i32,
    /// Your answer.
    text: String,
    #[command(flatten)]
    server: Server,
}

impl Answer {
    /// Ends with 0 where the answer is right, with 1 where it is wrong.
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let client = self.server.client()?;
        let answer = client.answer(self.submission, self.question, &self.text);
        let result = super::runtime()?.block_on(answer)?;
        show::print(&show::answered(&result, show::width()))?;
        Ok(if result.answered.right { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
