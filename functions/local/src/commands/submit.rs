//! `faultline submit`.

use std::{io::Write as _, path::PathBuf, process::ExitCode};

use shared::{
    package::Files,
    submission::{File, NewSubmission, State, Step, Submission},
};

use crate::{
    client::{Client, News, Server},
    show::{self, Live, Sheet},
};

/// Submits files, shows how grading goes on, then the report.
#[derive(Debug, clap::Args)]
pub(super) struct Submit {
    /// Files, or folders of files.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The assignment.
    #[arg(long)]
    assignment: String,
    /// The course; `default` otherwise.
    #[arg(long)]
    course: Option<String>,
    /// The language; told from the files otherwise.
    #[arg(long)]
    language: Option<String>,
    /// Prints the submission as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    server: Server,
}

impl Submit {
    /// Ends with 0 where every test passes, with 1 where one does not.
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let mut files = Files::new();
        for path in &self.paths {
            files.extend(super::grade::read(path)?);
        }
        let new = NewSubmission {
            course: self.course,
            assignment: self.assignment,
            language: self.language,
            files: listed(&files),
        };
        let client = self.server.client()?;
        let done = super::runtime()?.block_on(graded(&client, &new))?;
        let sheet = Sheet::of_submission(&done, &files);
        if self.json {
            let mut out = std::io::stdout();
            serde_json::to_writer_pretty(&mut out, &done)?;
            writeln!(out)?;
        } else {
            show::print(&sheet.text(show::width()))?;
        }
        Ok(if sheet.all_passed() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// Files as a submission's body has them.
pub(super) fn listed(files: &Files) -> Vec<File> {
    let file =
        |(path, content): (&String, &String)| File { path: path.clone(), content: content.clone() };
    files.iter().map(file).collect()
}

/// Submits, shows each step, and gives the graded submission.
///
/// # Errors
///
/// When it is refused, or could not be graded by a fault of the server's.
pub(super) async fn graded(client: &Client, new: &NewSubmission) -> anyhow::Result<Submission> {
    let accepted = client.submit(new).await?;
    let mut live = Live::new();
    let mut tell = |news: &News| {
        live.show(&match news {
            News::Change(seen) => {
                Step { progress: seen.progress.clone(), queue: seen.queue.clone() }
            }
            News::Progress(step) => step.clone(),
        });
    };
    let done = client.follow(accepted.id, &mut tell).await?;
    if done.state == State::Failed {
        let why = done.error.as_ref().and_then(|problem| problem["detail"].as_str());
        anyhow::bail!("it could not be graded: {}", why.unwrap_or("the server does not say why"));
    }
    Ok(done)
}
