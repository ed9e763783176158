//! `faultline run`.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context as _;
use axum::http::HeaderValue;
use chrono::TimeDelta;
use grader::OwnUsers;
use secrecy::SecretString;
use shared::{
    auth::{LocalIssuer, Role},
    clock::Clock,
    config::Env,
    http::Stop,
    store,
    telemetry::{self, LogFormat},
};

use crate::{
    edition::{self, Options, Running},
    postgres::{Durability, Postgres},
};

/// How many connections we keep to the database.
const CONNECTIONS: u32 = 40;

/// Runs the local edition until Ctrl-C.
#[derive(Debug, clap::Args)]
pub(super) struct Run {
    /// Where it listens.
    #[arg(long, default_value = "127.0.0.1:8080", env = "FAULTLINE_LISTEN")]
    listen: SocketAddr,
    /// Where it keeps its database, its key and its scratch folders.
    #[arg(long, default_value = ".local", env = "FAULTLINE_FOLDER")]
    folder: PathBuf,
    /// A database of yours, in place of its own.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: Option<SecretString>,
    /// How many submissions are graded at once; one for each processor otherwise.
    #[arg(long, env = "FAULTLINE_SLOTS")]
    slots: Option<usize>,
    /// What links begin with, where a gateway stands before it; its address otherwise.
    #[arg(long, env = "PUBLIC_URL")]
    public_url: Option<String>,
    /// Origins whose pages may call, separated by commas: `https://learn.example`.
    #[arg(long, env = "CORS_ORIGINS", value_delimiter = ',')]
    cors_origins: Vec<HeaderValue>,
    /// How log lines look: readable or json.
    #[arg(long, default_value = "readable", env = "LOG_FORMAT")]
    log_format: LogFormat,
    /// Which log lines there are, as `target=level` list.
    #[arg(long, default_value = "info,sqlx=warn", env = "RUST_LOG")]
    log: String,
}

/// A local edition and, unless it was given one, its own PostgreSQL.
#[derive(Debug)]
pub(super) struct Local {
    /// The edition.
    pub(super) running: Running,
    postgres: Option<Postgres>,
    /// Where we are root: whom learner code runs as, one for each slot.
    _users: Option<OwnUsers>,
}

impl Local {
    /// Stops what was started.
    pub(super) async fn stop(self) -> anyhow::Result<()> {
        self.running.stop().await?;
        self.postgres.map_or(Ok(()), Postgres::stop)
    }
}

impl Run {
    /// The local edition of a demonstration: any free port, everything below `folder`, quiet. Other users must
    /// be able to pass through the folder: see [`passable_folder`].
    pub(super) fn quiet(folder: PathBuf) -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            folder,
            database_url: None,
            slots: None,
            public_url: None,
            cors_origins: Vec::new(),
            log_format: LogFormat::Readable,
            log: "warn".into(),
        }
    }

    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        super::runtime()?.block_on(async {
            let stop = Stop::on_signal()?;
            let local = self.start(stop).await?;
            greet(&local.running)?;
            local.running.stopped().await?;
            local.postgres.map_or(Ok(()), Postgres::stop)
        })?;
        Ok(ExitCode::SUCCESS)
    }

    /// Starts it; it ends after `stop` was told.
    pub(super) async fn start(self, stop: Stop) -> anyhow::Result<Local> {
        let mut env = Env::of_process();
        let limits = submit::Limits::from_env(&mut env);
        env.check()?;
        let metrics = telemetry::start(self.log_format, &self.log)?;
        let folder = self.folder.as_path();
        let (postgres, url) = if let Some(url) = self.database_url {
            (None, url)
        } else {
            let postgres = Postgres::start(folder, Durability::Durable)?;
            let url = postgres.url().into();
            (Some(postgres), url)
        };
        let db = store::pool(&url, CONNECTIONS)?;
        store::MIGRATOR.run(&db).await.context("bring the tables up to date")?;
        let slots = self.slots.unwrap_or_else(processors);
        let root = nix::unistd::geteuid().is_root();
        let users = root.then(|| grader::claim_users(slots)).transpose()?;
        if !root {
            tracing::warn!("{}", super::doctor::RUNS_AS_YOU);
        }
        let clock = Clock::default();
        let options = Options {
            db,
            listen: self.listen,
            issuer: LocalIssuer::at(&super::token::issuer_key(folder), clock.clone())?,
            clock,
            slots,
            slots_folder: slots_folder(folder)?,
            first_uid: users.as_ref().and_then(|users| users.uids().first().copied()),
            judge: judge()?,
            limits,
            metrics: Some(metrics),
            public_url: self.public_url.map(|url| url.trim_end_matches('/').to_owned()),
            origins: self.cors_origins,
        };
        Ok(Local { running: edition::start(options, stop).await?, postgres, _users: users })
    }
}

/// A temporary folder that others may pass through: where we are root, PostgreSQL and learner code run as users
/// of their own.
pub(super) fn passable_folder() -> std::io::Result<tempfile::TempDir> {
    let passable = std::os::unix::fs::PermissionsExt::from_mode(0o711);
    tempfile::Builder::new().permissions(passable).tempdir()
}

/// Where slots have their folders. Users that learner code runs as must be able to get there, and homes
/// are often closed to them, so as root it is a folder of its own below `/var/lib`.
fn slots_folder(folder: &Path) -> anyhow::Result<PathBuf> {
    let slots = crate::postgres::reachable(folder, "slots")?;
    std::fs::create_dir_all(&slots).with_context(|| format!("make {}", slots.display()))?;
    Ok(slots)
}

fn processors() -> usize {
    std::thread::available_parallelism().map_or(2, usize::from)
}

/// This program is the grader too.
fn judge() -> anyhow::Result<Vec<OsString>> {
    let this = std::env::current_exe().context("find this program")?;
    Ok(vec![this.into(), "grader".into(), "judge".into()])
}

/// Address and tokens, for whoever started it.
#[expect(clippy::print_stdout, reason = "what the command was asked for")]
fn greet(running: &Running) -> anyhow::Result<()> {
    let token = |subject: &str, course: &str, role: Role| {
        let roles = BTreeMap::from([(course.to_owned(), role)]);
        running.issuer.person(subject, roles, TimeDelta::hours(12))
    };
    println!("Faultline listens at {}", running.url());
    println!("learner ada:      {}", token("ada", "default", Role::Learner)?);
    println!("instructor grace: {}", token("grace", "default", Role::Instructor)?);
    println!("Ctrl-C stops it.");
    Ok(())
}
