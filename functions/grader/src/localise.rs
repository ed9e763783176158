//! Which of the learner's lines most likely hold the bug.
//!
//! A line is suspected when failing tests run it and passing tests do not. This is a page of arithmetic on what
//! `coverage` recorded: no learner code runs here, and the same counts give the same order.

mod ochiai;
mod order;
mod spectrum;

use shared::{
    package::manifest::Visibility,
    report::{Evidence, Outcome, Ranking, Rankings, Suspect, TestResult},
};

use crate::coverage::{Coverage, Place};
use spectrum::Spectrum;

/// Suspects that a ranking keeps. People read the first few; a repair search looks a little further.
const KEPT: usize = 20;

/// Ranks the learner's lines, once from visible tests and once from all.
///
/// A search for repairs starts from these rankings and the same coverage: it adds [`Evidence::Repair`] and orders
/// again, after this and without changing what is counted here.
pub(crate) fn rank(results: &[TestResult], coverage: &Coverage) -> Rankings {
    let all: Vec<&TestResult> = results.iter().collect();
    let visible: Vec<&TestResult> =
        results.iter().filter(|result| result.visibility == Visibility::Visible).collect();
    Rankings { visible: ranking(&visible, coverage), all: ranking(&all, coverage) }
}

/// Every line that can be suspected, most suspicious first, from all tests: what benchmarks measure.
/// Lines that no failing test ran stand at the end.
pub(crate) fn order_of_all(results: &[TestResult], coverage: &Coverage) -> Vec<Place> {
    let results: Vec<&TestResult> = results.iter().collect();
    order::order(coverage, &Spectrum::of(&results, coverage))
}

/// One ranking from these tests, or why there is none.
fn ranking(results: &[&TestResult], coverage: &Coverage) -> Ranking {
    let abstain = |why: &str| Ranking { suspects: Vec::new(), abstained: Some(why.to_owned()) };
    if results.iter().any(|result| result.outcome == Outcome::Skipped) && !ran(results) {
        return abstain("the program was not run");
    }
    if !results.iter().any(|result| failed(result)) {
        return abstain("no test failed");
    }
    if let Some(why) = &coverage.missing {
        return abstain(why);
    }
    let spectrum = Spectrum::of(results, coverage);
    let suspects: Vec<Suspect> = order::order(coverage, &spectrum)
        .into_iter()
        .filter(|place| spectrum.at(place).failing > 0)
        .take(KEPT)
        .zip(1..)
        .map(|(place, rank)| suspect(place, rank, &spectrum))
        .collect();
    if suspects.is_empty() {
        return abstain("no line of the program ran in a failing test");
    }
    Ranking { suspects, abstained: None }
}

/// Whether any of the tests ran at all.
fn ran(results: &[&TestResult]) -> bool {
    results.iter().any(|result| result.outcome != Outcome::Skipped)
}

/// Whether the test ran and did not pass.
fn failed(result: &TestResult) -> bool {
    !matches!(result.outcome, Outcome::Passed | Outcome::Skipped)
}

/// The line with what speaks against it.
fn suspect(place: Place, rank: u32, spectrum: &Spectrum) -> Suspect {
    let count = spectrum.at(&place);
    let mut evidence = vec![Evidence::Spectrum { failing: count.failing, passing: count.passing }];
    if let Some(name) = spectrum.crashes.get(&place) {
        evidence.push(Evidence::Crash { name: name.clone() });
    }
    let score = spectrum.suspicion(&place);
    Suspect { path: place.path, line: place.line, rank, score, evidence }
}

#[cfg(test)]
pub(crate) mod tests;
