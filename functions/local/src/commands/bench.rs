//! `faultline bench`.

use std::{
    fs::File,
    io::{IsTerminal, Write, stderr, stdout},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use grader::Slot;

use crate::bench::{self, Found};

/// Measures the grader on programs whose bug is known.
#[derive(Debug, clap::Args)]
pub(super) struct Bench {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// How often the bug's line stands among the first suspects, and at what cost.
    Localization(Localization),
    /// How long a learner waits, and what happens when many come at once.
    Walk(super::bench_walk::Walk),
}

#[derive(Debug, clap::Args)]
struct Localization {
    /// The folder with `cases.jsonl`; `localization/dev` of the data folder otherwise.
    dir: Option<PathBuf>,
    /// Where test data lies.
    #[arg(long, env = "FAULTLINE_DATA", default_value = "../shared/data")]
    data: PathBuf,
    /// Writes one JSON line a case: its id, all its lines by suspicion, its CPU time.
    #[arg(long)]
    rankings: Option<PathBuf>,
    /// Prints the table as JSON.
    #[arg(long)]
    json: bool,
}

impl Bench {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        match self.what {
            What::Localization(command) => command.run(),
            What::Walk(command) => command.run(),
        }
    }
}

impl Localization {
    fn run(self) -> anyhow::Result<ExitCode> {
        let folder = tempfile::tempdir().context("make a folder for the slot")?;
        let this = std::env::current_exe().context("find this program")?;
        let slot = Slot {
            dir: folder.path().to_owned(),
            uid: None,
            launcher: vec![this.into(), "grader".into(), "launcher".into()],
        };
        let dir = self.dir.unwrap_or_else(|| self.data.join("localization/dev"));
        let found = bench::localization(&dir, &slot, tell)?;
        if let Some(path) = &self.rankings {
            write_rankings(path, &found)?;
        }
        let rows = bench::table(&found);
        let mut out = stdout();
        if self.json {
            serde_json::to_writer_pretty(&mut out, &rows)?;
            writeln!(out)?;
        } else {
            write!(out, "{}", bench::rows_as_text(&rows, out.is_terminal()))?;
            for case in found.iter().filter(|case| !case.mismatches.is_empty()) {
                writeln!(out, "{}: {}", case.id, case.mismatches.join("; "))?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// One JSON line a case.
fn write_rankings(path: &Path, found: &[Found]) -> anyhow::Result<()> {
    let say = || format!("write {}", path.display());
    let mut file = File::create(path).with_context(say)?;
    for case in found {
        writeln!(file, "{}", serde_json::to_string(case)?).with_context(say)?;
    }
    Ok(())
}

/// How far it is, on a terminal alone.
fn tell(done: usize, of: usize) {
    let mut out = stderr();
    if out.is_terminal() {
        let end = if done == of { '\n' } else { '\r' };
        let _ = write!(out, "{done} of {of} cases{end}");
        let _ = out.flush();
    }
}
