//! `faultline assignment`.

mod check;
mod push;

use std::{
    io::{Write, stdout},
    process::ExitCode,
};

use anyhow::Context as _;
use clap::Subcommand;
use shared::package::Mistakes;

/// Checks assignments and sends them to a server.
#[derive(Debug, clap::Args)]
pub(super) struct Assignment {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Reads an assignment's folder and runs its references on the spot.
    Check(check::Check),
    /// Sends an assignment's folder to a server and waits until learners can submit.
    Push(push::Push),
}

impl Assignment {
    /// Ends with 0 where the assignment is good, with 1 where there is something to mend.
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let good = match self.what {
            What::Check(check) => check.run()?,
            What::Push(push) => super::runtime()?.block_on(push.run())?,
        };
        Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// One line for people.
fn say(line: impl std::fmt::Display) -> anyhow::Result<()> {
    writeln!(stdout(), "{line}").context("write to the terminal")
}

/// What there is to mend, one line each.
fn say_mistakes(mistakes: &Mistakes) -> anyhow::Result<()> {
    say(mistakes)?;
    say(format_args!("{} to mend", mistakes.all().len()))
}
