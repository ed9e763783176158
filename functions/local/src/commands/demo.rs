//! `faultline demo`.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use anyhow::Context as _;
use chrono::TimeDelta;
use shared::{
    auth::{LocalIssuer, Role},
    http::Stop,
    package::{self, Files},
    submission::NewSubmission,
};

use super::{run::Run, submit};
use crate::{
    client::Client,
    edition::Running,
    show::{self, Sheet},
};

/// The programs that are shown, each with a mistake that learners make.
const PROGRAMS: [&str; 4] = [
    "fizzbuzz/off_by_one.py",
    "gcd/missing_return.py",
    "median/wrong_branch.c",
    "word-count/key_error.py",
];

/// Starts a server of its own, submits four programs with mistakes, shows their reports, and stops.
#[derive(Debug, clap::Args)]
pub(super) struct Demo {
    /// Where the sample assignments and programs lie.
    #[arg(long, default_value = "functions/local/samples")]
    samples: PathBuf,
}

impl Demo {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let folder = super::run::passable_folder()?;
        let began = Instant::now();
        super::runtime()?.block_on(async {
            let stop = Stop::on_signal()?;
            let local = Run::quiet(folder.path().to_owned()).start(stop.clone()).await?;
            let shown = tokio::select! {
                shown = self.show(&local.running) => shown,
                () = stop.stopped() => Ok(()),
            };
            local.stop().await?;
            shown
        })?;
        let said = "That was all of it; `make run` starts a server that stays.";
        show::print(&format!("\n{said} ({} s)\n", began.elapsed().as_secs()))?;
        Ok(ExitCode::SUCCESS)
    }

    async fn show(&self, running: &Running) -> anyhow::Result<()> {
        let teacher = client(running, "grace", Role::Instructor)?;
        let learner = client(running, "ada", Role::Learner)?;
        for program in PROGRAMS {
            let (assignment, _) = program.split_once('/').context("a folder, then a file")?;
            let package = self.samples.join("assignments").join(assignment);
            teacher.set(package::pack(&package)?).await?;
            submit_one(&learner, assignment, &self.samples.join("programs").join(program)).await?;
        }
        Ok(())
    }
}

fn client(running: &Running, who: &str, role: Role) -> anyhow::Result<Client> {
    let issuer: &LocalIssuer = &running.issuer;
    let roles = BTreeMap::from([("default".to_owned(), role)]);
    Client::new(&running.url(), issuer.person(who, roles, TimeDelta::hours(1))?)
}

async fn submit_one(learner: &Client, assignment: &str, program: &Path) -> anyhow::Result<()> {
    let ending = program.extension().unwrap_or_default().to_string_lossy();
    let name = format!("solution.{ending}");
    let text = std::fs::read_to_string(program)
        .with_context(|| format!("read {}; give --samples", program.display()))?;
    let files = Files::from([(name.clone(), text)]);
    let new = NewSubmission {
        course: None,
        assignment: assignment.to_owned(),
        language: None,
        files: submit::listed(&files),
    };
    show::print(&format!("\n$ faultline submit {name} --assignment {assignment}\n"))?;
    let done = submit::graded(learner, &new).await?;
    show::print(&Sheet::of_submission(&done, &files).text(show::width()))?;
    Ok(())
}
