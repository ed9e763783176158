//! `faultline bench walk`.

use std::{
    io::{Write as _, stderr, stdout},
    process::ExitCode,
};

use shared::http::Stop;

use super::run::Run;
use crate::bench::walk::{as_text, walk};

/// Measures how long a learner waits, on a local edition of its own.
#[derive(Debug, clap::Args)]
pub(super) struct Walk {
    /// How many submissions of each language, one at a time.
    #[arg(long, default_value_t = 50)]
    each: usize,
    /// How many submissions at once.
    #[arg(long, default_value_t = 200)]
    at_once: usize,
    /// Prints the figures as JSON.
    #[arg(long)]
    json: bool,
}

impl Walk {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        super::runtime()?.block_on(async {
            let folder = super::run::passable_folder()?;
            let local = Run::quiet(folder.path().to_owned()).start(Stop::default()).await?;
            let figures = walk(&local.running, self.each, self.at_once, tell).await;
            local.stop().await?;
            let figures = figures?;
            if self.json {
                serde_json::to_writer_pretty(stdout(), &figures)?;
                writeln!(stdout())?;
            } else {
                write!(stdout(), "{}", as_text(&figures))?;
            }
            anyhow::Ok(())
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

fn tell(doing: &str) {
    // Nobody to tell is no reason to stop measuring.
    let _ = writeln!(stderr(), "{doing} …");
}
