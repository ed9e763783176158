//! `faultline token`.

use std::{collections::BTreeMap, path::PathBuf, process::ExitCode};

use chrono::TimeDelta;
use shared::{
    auth::{LocalIssuer, Role},
    clock::Clock,
};

/// Prints a token of the local edition's own issuer.
#[derive(Debug, clap::Args)]
pub(super) struct Token {
    /// Who it speaks of.
    #[arg(long)]
    subject: String,
    /// What they may do: learner, instructor or admin.
    #[arg(long, default_value = "learner", value_parser = role)]
    role: Role,
    /// In which course; an admin is one in all.
    #[arg(long, default_value = "default")]
    course: String,
    /// For how many hours it is good.
    #[arg(long, default_value_t = 12)]
    hours: u32,
    /// The local edition's folder.
    #[arg(long, default_value = ".local", env = "FAULTLINE_FOLDER")]
    folder: PathBuf,
}

fn role(text: &str) -> Result<Role, String> {
    serde_json::from_value(text.into()).map_err(|_| "use learner, instructor or admin".into())
}

/// Where the issuer's key lies in the local edition's folder.
pub(crate) fn issuer_key(folder: &std::path::Path) -> PathBuf {
    folder.join("issuer.pem")
}

impl Token {
    #[expect(clippy::print_stdout, reason = "the token is the command's result")]
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let issuer = LocalIssuer::at(&issuer_key(&self.folder), Clock::default())?;
        let course = if self.role == Role::Admin { "*".into() } else { self.course };
        let roles = BTreeMap::from([(course, self.role)]);
        let lasting = TimeDelta::hours(self.hours.into());
        println!("{}", issuer.person(&self.subject, roles, lasting)?);
        Ok(ExitCode::SUCCESS)
    }
}
