//! Feedback by rules: what the report says, in words, without a model and without the solution.
//!
//! Nothing here knows more than the learner may: of a hidden test only its outcome is used, and only
//! where the assignment lets suspects come from all tests.

mod construct;
mod difference;
mod differences;
mod errors;
mod hints;
mod outcome;
mod question;
mod quote;
mod summary;
mod told;
mod view;
mod warnings;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

pub(crate) mod answer;

use shared::report::Evidence;

use super::{Facts, Written};
use outcome::Class;
use view::View;

/// The highest level of hints.
const LEVELS: u8 = 3;

/// Writes feedback for an attempt; the same facts give the same words.
pub(crate) fn write(facts: &Facts<'_>) -> Written {
    let cap = facts.package.manifest.feedback.levels.min(LEVELS);
    let view = View::of(*facts);
    if cap == 0 {
        return Written { summary: summary::counts(facts.report), ..Written::default() };
    }
    let mut hints = hints::write(&view);
    hints.retain(|hint| hint.level <= cap);
    Written {
        summary: summary::write(&view),
        hints,
        unlocked: unlocked(&view).min(cap),
        verified: is_verified(&view),
        questions: question::ask(&view).into_iter().collect(),
    }
}

/// One level for each try. What does not build starts at level 2: of a syntax error, nothing but the
/// place helps.
fn unlocked(view: &View<'_>) -> u8 {
    let by_try = u8::try_from(view.facts.r#try.max(1)).unwrap_or(LEVELS).min(LEVELS);
    if view.class == Class::Build { by_try.max(2) } else { by_try }
}

/// Whether the search found a repair at the first suspect that passes all failing tests and breaks none.
fn is_verified(view: &View<'_>) -> bool {
    let failing = u32::try_from(view.failing_count()).unwrap_or(u32::MAX);
    view.suspects.first().is_some_and(|suspect| {
        suspect.evidence.iter().any(|evidence| {
            matches!(evidence, Evidence::Repair { failing_fixed, passing_broken: 0, .. }
                if failing > 0 && *failing_fixed >= failing)
        })
    })
}
