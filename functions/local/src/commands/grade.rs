//! `faultline grade`.

use std::{
    fs,
    io::{Write, stdout},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, ensure};
use grader::{Job, Slot};
use shared::{
    package::{Files, Package, path::MAX_DEPTH},
    report::Outcome,
    submission::{MAX_FILES, MAX_SOURCE_BYTES},
};

use crate::show::{self, Sheet};

/// Grades a submission on the spot, with no service running.
#[derive(Debug, clap::Args)]
pub(super) struct Grade {
    /// The assignment's folder.
    #[arg(long)]
    assignment: PathBuf,
    /// The submission's language; told from its files otherwise.
    #[arg(long)]
    language: Option<String>,
    /// Prints the report as JSON.
    #[arg(long)]
    json: bool,
    /// The submission: a file or a folder.
    path: PathBuf,
}

impl Grade {
    /// Ends with 0 where every test passes, with 1 where one does not.
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let package = Package::from_dir(&self.assignment)
            .with_context(|| format!("read the assignment {}", self.assignment.display()))?;
        let files = read(&self.path)?;
        let languages = &package.manifest.languages;
        let language = match self.language {
            Some(language) => language,
            None => grader::language_of(&files, languages).with_context(|| {
                format!("{} holds no program in {}", self.path.display(), languages.join(" or "))
            })?,
        };
        ensure!(languages.contains(&language), "the assignment is not set in {language}");
        let folder = tempfile::tempdir().context("make a folder for the slot")?;
        let this = std::env::current_exe().context("find this program")?;
        let launcher = vec![this.into(), "grader".into(), "launcher".into()];
        let slot = Slot::on_the_spot(folder.path(), launcher).context("make a slot")?;
        let job = Job { package: &package, language: &language, files: &files, seed: 0 };
        let report = grader::grade(&slot, &job, &mut |_| {})?;
        if self.json {
            serde_json::to_writer_pretty(stdout(), &report)?;
            writeln!(stdout())?;
        } else {
            let feedback = feedback::explain(&report, &package, &files, 1);
            let sheet = Sheet::of_report(&package.manifest.title, &report, &feedback, &files);
            show::print(&sheet.text(show::width()))?;
        }
        let passed = report.tests.iter().all(|test| test.outcome == Outcome::Passed);
        Ok(if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// The files of a submission by their path in it.
pub(super) fn read(path: &Path) -> anyhow::Result<Files> {
    let mut files = Files::new();
    if path.is_dir() {
        read_folder(path, "", MAX_DEPTH - 1, &mut files)?;
    } else {
        let name = path.file_name().and_then(|name| name.to_str()).context("a file has a name")?;
        files.insert(name.to_owned(), text(path)?);
    }
    let bytes: usize = files.values().map(String::len).sum();
    ensure!(bytes <= MAX_SOURCE_BYTES, "the submission is larger than {MAX_SOURCE_BYTES} bytes");
    Ok(files)
}

/// Hidden files and links are no part of a submission; below this folder lie at most `depth` others.
fn read_folder(dir: &Path, prefix: &str, depth: usize, files: &mut Files) -> anyhow::Result<()> {
    for entry in fs::read_dir(dir).with_context(|| format!("read {}", dir.display()))? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_str().context("a name is not UTF-8")?;
        let (kind, path) = (entry.file_type()?, format!("{prefix}{name}"));
        if name.starts_with('.') {
            continue;
        }
        if kind.is_dir() {
            ensure!(depth > 0, "{path} lies too deep");
            read_folder(&entry.path(), &format!("{path}/"), depth - 1, files)?;
        } else if kind.is_file() {
            files.insert(path, text(&entry.path())?);
            ensure!(files.len() <= MAX_FILES, "there are more than {MAX_FILES} files");
        }
    }
    Ok(())
}

fn text(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("read {}", path.display()))
}
