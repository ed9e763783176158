//! The judge: claims one attempt, grades it, and posts the report. Trusted; it never runs learner code.

mod packages;
mod service;
mod told;

use std::{ffi::OsString, path::PathBuf, time::Instant};

use anyhow::Context;
use secrecy::SecretString;
use shared::{
    config::{ConfigError, Env},
    report::Report,
    submission::{Phase, Progress},
    work::Work,
};

use crate::{Job, Slot, pipeline, scratch};
use service::{Answered, Service};

/// What a judge is told by whoever started it.
struct Config {
    /// `GRADER_ATTEMPT`: the attempt's id. Required.
    attempt: String,
    /// `GRADER_TOKEN`: the attempt's token. Required.
    token: SecretString,
    /// `GRADER_DISPATCH_URL`: where grade-dispatch listens, without a path. Required.
    dispatch_url: String,
    /// `GRADER_SLOT_DIR`: the slot's folder; packages are kept there from one grader to the next. Required.
    slot_dir: PathBuf,
    /// `GRADER_SLOT_UID`: user and group of learner code. The judge's own otherwise.
    slot_uid: Option<u32>,
}

impl Config {
    fn from_env(mut env: Env) -> Result<Self, ConfigError> {
        let config = Self {
            attempt: env.required("GRADER_ATTEMPT"),
            token: env.secret("GRADER_TOKEN"),
            dispatch_url: env.required("GRADER_DISPATCH_URL"),
            slot_dir: env.required("GRADER_SLOT_DIR").into(),
            slot_uid: env.optional("GRADER_SLOT_UID"),
        };
        env.check().map(|()| config)
    }
}

/// Grades the attempt that the environment names; ends quietly where it is another's or too late.
///
/// # Errors
///
/// When the environment is wrong, grade-dispatch cannot be reached for a minute, or grading itself fails.
pub(crate) fn run() -> anyhow::Result<()> {
    // The token is in this process's memory and environment: nobody of its user may look.
    nix::sys::prctl::set_dumpable(false).context("close this process to others")?;
    nix::sys::prctl::set_pdeathsig(nix::sys::signal::Signal::SIGKILL)
        .context("end with the parent")?;
    let config = Config::from_env(Env::of_process())?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let done = runtime.block_on(attempt(config));
    // An attempt that is over is not graded to its end: the launcher stops when this process does.
    runtime.shutdown_background();
    done
}

/// One attempt, from claim to report.
async fn attempt(config: Config) -> anyhow::Result<()> {
    let since = Instant::now();
    let service = Service::of(&config.dispatch_url, &config.attempt, config.token)?;
    let Answered::Yes(work) = service.claim().await? else { return Ok(()) };
    // Learner code that runs as ourselves could read what is kept, and it holds hidden tests.
    let closed = config.slot_uid.map(|_| config.slot_dir.as_path());
    let found = packages::get(closed, &work, &service).await?;
    let Answered::Yes(package) = found else { return Ok(()) };
    let fetch_ms = u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX);

    scratch::sweep(&config.slot_dir);
    let slot = Slot { dir: config.slot_dir, uid: config.slot_uid, launcher: own_launcher()? };
    let (tell, hear) = tokio::sync::watch::channel(start(&package));
    let grading = tokio::task::spawn_blocking(move || grade(&slot, &package, &work, &tell));
    let Answered::Yes(report) = told::while_grading(&service, hear, grading).await? else {
        return Ok(());
    };
    let mut report = report?;
    report.timings_ms.insert("fetch".to_owned(), fetch_ms);
    service.report(&report).await
}

fn start(package: &shared::package::Package) -> Progress {
    let of = u32::try_from(package.tests.len()).unwrap_or(u32::MAX);
    Progress { phase: Phase::Fetch, done: 0, of }
}

fn grade(
    slot: &Slot,
    package: &shared::package::Package,
    work: &Work,
    tell: &tokio::sync::watch::Sender<Progress>,
) -> anyhow::Result<Report> {
    let (language, files, seed) = (work.language.as_str(), &work.files, work.seed);
    let job = Job { package, language, files, seed };
    pipeline::grade(slot, &job, &mut |progress| {
        tell.send_replace(progress);
    })
}

/// This program with its own leading arguments, as the launcher: `grader launcher`, or
/// `faultline grader launcher`.
fn own_launcher() -> anyhow::Result<Vec<OsString>> {
    let program = std::env::current_exe().context("find this program")?;
    let mut command = vec![program.into_os_string()];
    command.extend(std::env::args_os().skip(1).take_while(|word| word != "judge"));
    command.push("launcher".into());
    Ok(command)
}
