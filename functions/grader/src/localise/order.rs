//! The strict order of suspects: two lines never share a rank.

use std::cmp::{Ordering, Reverse};

use super::spectrum::Spectrum;
use crate::coverage::{Coverage, Place, Statement};

/// All lines that can be suspected, most suspicious first.
///
/// Suspicion decides; then a line where a failing test crashed comes first, then the kind of statement that
/// learners' faults are found on more often, then the later line: faults stand nearer to where a wrong value
/// comes out than to where the program starts. Paths decide last, so that the order is total.
/// Lines that no failing test ran follow, by kind and place.
pub(crate) fn order(coverage: &Coverage, spectrum: &Spectrum) -> Vec<Place> {
    let mut places: Vec<&Place> = coverage.statements.keys().chain(spectrum.suspected()).collect();
    places.sort_unstable();
    places.dedup();
    places.sort_by(|a, b| compare(coverage, spectrum, a, b));
    places.into_iter().cloned().collect()
}

/// `Less` where `a` is the more suspicious line.
fn compare(coverage: &Coverage, spectrum: &Spectrum, a: &Place, b: &Place) -> Ordering {
    let by_suspicion = spectrum.suspicion(b).total_cmp(&spectrum.suspicion(a));
    let rest = |place: &Place| {
        let crashed = spectrum.crashes.contains_key(place);
        let kind = coverage.statements.get(place).copied().unwrap_or(Statement::Other);
        (!crashed, kind, Reverse(place.line))
    };
    by_suspicion.then_with(|| rest(a).cmp(&rest(b))).then_with(|| a.path.cmp(&b.path))
}
