//! One grading, from files to report: build → test → cover → localise.

use std::collections::BTreeMap;

use anyhow::Context;
use shared::{
    report::{Build, BuildOutcome, LanguageUsed, Report},
    submission::{Phase, Progress},
};

use crate::{
    Job, Slot, building,
    coverage::{self, Coverage},
    fitting,
    language::{self, Language},
    launcher::Launcher,
    localise, testing,
    trial::Trial,
    walk::Walk,
};

/// Grades a submission and tells how far it is as it goes.
///
/// # Errors
///
/// For failures of ours alone: a tool chain or the launcher is missing, the disk is full. Whatever is wrong with
/// the learner's code is told in the report.
pub fn grade(
    slot: &Slot,
    job: &Job<'_>,
    progress: &mut dyn FnMut(Progress),
) -> anyhow::Result<Report> {
    examine(slot, job, progress).map(|examined| examined.report)
}

/// A report, and the whole order that its suspects were cut from: what benchmarks measure.
#[derive(Clone, Debug)]
pub struct Examined {
    /// The report.
    pub report: Report,
    /// Every line that can run, most suspicious first, from all tests: path and line. Empty where no line is known.
    pub order: Vec<(String, u32)>,
}

/// Grades a submission as [`grade`] does, and keeps the whole order of its lines.
///
/// # Errors
///
/// As [`grade`].
pub fn examine(
    slot: &Slot,
    job: &Job<'_>,
    progress: &mut dyn FnMut(Progress),
) -> anyhow::Result<Examined> {
    let language = language::named(job.language)?;
    let tools = language.versions().with_context(|| format!("no tools for {}", job.language))?;
    let mut walk = Walk::of(job, progress);
    let mut report = empty(job, LanguageUsed { name: language.name.clone(), tools: tools.clone() });

    let Some(entry) = language.entry(&job.package.manifest, job.files) else {
        report.build = building::without_entry(language, job);
        report.tests = testing::skip_all(job, "the build failed");
        report.suspects = localise::rank(&report.tests, &Coverage::default());
        return Ok(Examined { report, order: Vec::new() });
    };
    let mut launcher = Launcher::start(slot)?;
    launcher.tier().clone_into(&mut report.tier);
    let trial = Trial { job, language, entry: &entry };

    walk.enter(Phase::Build);
    report.build = walk.time("build", || building::build(&mut launcher, language, job, &entry))?;
    if report.build.outcome == BuildOutcome::Ok {
        report.tests = testing::run_all(&mut walk, &trial, &mut launcher)?;
    } else {
        report.tests = testing::skip_all(job, "the build failed");
    }

    walk.enter(Phase::Cover);
    let covered = walk.time("cover", || coverage::collect(&trial, &report.tests, &mut launcher));
    walk.enter(Phase::Localise);
    report.suspects = walk.time("localise", || localise::rank(&report.tests, &covered));
    let order = localise::order_of_all(&report.tests, &covered);
    let order = order.into_iter().map(|place| (place.path, place.line)).collect();
    report.coverage = covered.ranges();
    report.observations = covered.observations;
    report.timings_ms = walk.timings;
    fitting::fit(&mut report);
    Ok(Examined { report, order })
}

/// A report before anything is known.
fn empty(job: &Job<'_>, language: LanguageUsed) -> Report {
    Report {
        grader: env!("CARGO_PKG_VERSION").to_owned(),
        language,
        tier: "process".to_owned(),
        limits: job.package.manifest.limits.clone(),
        seed: job.seed,
        build: Build { outcome: BuildOutcome::Ok, diagnostics: Vec::new() },
        tests: Vec::new(),
        suspects: shared::report::Rankings::default(),
        forgeable: false,
        search_until: None,
        timings_ms: BTreeMap::new(),
        coverage: BTreeMap::new(),
        observations: Vec::new(),
    }
}

/// The language that most of these files are in, of those in `among`.
pub fn language_of(files: &shared::package::Files, among: &[String]) -> Option<String> {
    let known = language::all().iter().filter(|it| among.contains(&it.name));
    let counted = known.map(|it| (it.sources(files).len(), it)).filter(|(count, _)| *count > 0);
    counted.max_by_key(|(count, _)| *count).map(|(_, it)| it.name.clone())
}

/// Languages whose tools are here, with their versions.
pub fn languages() -> Vec<shared::assignment::Language> {
    let here = |it: &'static Language| {
        let (name, test_kinds) = (it.name.clone(), it.test_kinds.clone());
        it.versions().map(|tools| shared::assignment::Language {
            name,
            tools: tools.clone(),
            test_kinds,
        })
    };
    language::all().iter().filter_map(here).collect()
}
