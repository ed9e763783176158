//! `grader judge`: one attempt, then it ends. `grader launcher`: what the judge starts.

use std::process::ExitCode;

fn main() -> ExitCode {
    let half = std::env::args().nth(1).unwrap_or_default();
    match grader::run(&half) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stderr, reason = "whoever started this reads why it failed")]
fn complain(error: &anyhow::Error) {
    eprintln!("grader: {error:#}");
}
