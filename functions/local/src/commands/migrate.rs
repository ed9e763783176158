//! `faultline migrate`.

use std::process::ExitCode;

use anyhow::Context as _;
use secrecy::SecretString;
use shared::store;

/// Brings a database's tables up to date.
#[derive(Debug, clap::Args)]
pub(super) struct Migrate {
    /// The database: `postgres://user@host/name`.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: SecretString,
}

impl Migrate {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        super::runtime()?.block_on(async {
            let db = store::pool(&self.database_url, 1)?;
            store::MIGRATOR.run(&db).await.context("bring the tables up to date")
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
