//! `faultline with-postgres -- COMMAND`.

use std::process::{Command, ExitCode};

use anyhow::Context as _;

use crate::postgres::{Durability, Postgres};

/// Runs a command with a throw-away PostgreSQL, named by `DATABASE_URL`; stops it afterwards.
#[derive(Debug, clap::Args)]
pub(super) struct WithPostgres {
    /// The command and its arguments.
    #[arg(last = true, required = true)]
    command: Vec<String>,
}

impl WithPostgres {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let folder = super::run::passable_folder()?;
        let postgres = Postgres::start(folder.path(), Durability::ThrowAway)?;
        let (program, arguments) =
            self.command.split_first().context("clap asks for at least one word")?;
        let status = Command::new(program)
            .args(arguments)
            .env("DATABASE_URL", postgres.url())
            .status()
            .with_context(|| format!("start {program}"))?;
        postgres.stop()?;
        Ok(u8::try_from(status.code().unwrap_or(1)).map_or(ExitCode::FAILURE, ExitCode::from))
    }
}
