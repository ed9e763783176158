//! `faultline assignment check`.

use std::path::PathBuf;

use anyhow::Context as _;
use grader::{Job, Slot};
use shared::{
    package::Package,
    report::{BuildOutcome, Outcome, Report},
};

use super::{say, say_mistakes};

/// Reads an assignment's folder and runs its references on the spot.
#[derive(Debug, clap::Args)]
pub(super) struct Check {
    /// The assignment's folder.
    folder: PathBuf,
}

impl Check {
    /// Whether there is nothing to mend.
    pub(super) fn run(self) -> anyhow::Result<bool> {
        let package = match Package::from_dir(&self.folder) {
            Ok(package) => package,
            Err(mistakes) => {
                say_mistakes(&mistakes)?;
                return Ok(false);
            }
        };
        let manifest = &package.manifest;
        let (languages, tests) = (manifest.languages.join(", "), package.tests.len());
        say(format_args!("{}: {} ({languages}), {tests} tests", manifest.id, manifest.title))?;
        let graded = grader::languages();
        let mut good = true;
        for language in &manifest.languages {
            if !graded.iter().any(|graded| graded.name == *language) {
                good = false;
                say(format_args!("{language} is not graded here"))?;
            } else if package.references.contains_key(language) {
                good &= tell(language, &grade(&package, language)?)?;
            } else {
                say(format_args!("{language}: no reference, so nothing was run"))?;
            }
        }
        Ok(good)
    }
}

/// Grades the reference of a language as a submission of a learner's would be.
fn grade(package: &Package, language: &str) -> anyhow::Result<Report> {
    let files = package.references.get(language).context("the reference was there")?;
    let folder = tempfile::tempdir().context("make a folder for the slot")?;
    let this = std::env::current_exe().context("find this program")?;
    let launcher = vec![this.into(), "grader".into(), "launcher".into()];
    let slot = Slot::on_the_spot(folder.path(), launcher).context("make a slot")?;
    grader::grade(&slot, &Job { package, language, files, seed: 0 }, &mut |_| {})
        .with_context(|| format!("grade the {language} reference"))
}

/// Tells what the reference does not pass; whether there is nothing.
fn tell(language: &str, report: &Report) -> anyhow::Result<bool> {
    if report.build.outcome != BuildOutcome::Ok {
        say(format_args!("{language}: the reference does not build"))?;
        for it in &report.build.diagnostics {
            say(format_args!("  {}:{}: {}", it.path, it.line, it.message))?;
        }
        return Ok(false);
    }
    let failed: Vec<_> =
        report.tests.iter().filter(|test| test.outcome != Outcome::Passed).collect();
    let (passed, all) = (report.tests.len() - failed.len(), report.tests.len());
    say(format_args!("{language}: the reference passes {passed} of {all} tests"))?;
    for test in &failed {
        let (name, outcome) = (&test.name, serde_json::to_value(test.outcome)?);
        say(format_args!("  {name}: {}. {}", outcome.as_str().unwrap_or_default(), test.message))?;
    }
    Ok(failed.is_empty())
}
