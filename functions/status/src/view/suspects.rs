//! Suspects: the ranking that the reader may see, and evidence that gives nothing away.

use shared::{
    package::{Manifest, manifest::SuspectsFrom},
    report::{Evidence, Report, Suspect, TestResult},
};

use super::Sight;

/// Why an exam shows no suspects.
const EXAM: &str = "this assignment shows no suspects";

/// Suspects, and why there are none.
pub(super) fn of(
    report: &Report,
    manifest: &Manifest,
    seen: &[TestResult],
    sight: &Sight,
) -> (Vec<Suspect>, Option<String>) {
    if sight.instructor {
        let all = &report.suspects.all;
        return (all.suspects.clone(), all.abstained.clone());
    }
    if manifest.feedback.levels == 0 {
        return (Vec::new(), Some(EXAM.into()));
    }
    let ranking = match manifest.suspects_from {
        SuspectsFrom::Visible => &report.suspects.visible,
        SuspectsFrom::All => &report.suspects.all,
    };
    let suspects = ranking.suspects.iter().map(|suspect| for_learners(suspect, seen)).collect();
    (suspects, ranking.abstained.clone())
}

/// Without edits, which are solutions, and without crashes that only a hidden test saw.
fn for_learners(suspect: &Suspect, seen: &[TestResult]) -> Suspect {
    let mut suspect = suspect.clone();
    let (path, line) = (suspect.path.clone(), suspect.line);
    suspect.evidence.retain(|evidence| match evidence {
        Evidence::Crash { name } => seen
            .iter()
            .filter_map(|test| test.crash.as_ref())
            .any(|crash| crash.path == path && crash.line == line && crash.name == *name),
        Evidence::Spectrum { .. } | Evidence::Repair { .. } => true,
    });
    for evidence in &mut suspect.evidence {
        if let Evidence::Repair { edit, .. } = evidence {
            *edit = None;
        }
    }
    suspect
}
