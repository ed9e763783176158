//! Keeps a report below the size that is taken, by giving up what is missed least.

use shared::{
    report::{MAX_BYTES, Report, TestResult},
    text::cut,
};

/// To how many bytes the texts of a test are cut, one after the other, where nothing else is left to give up.
const SHORTER: [usize; 3] = [1024, 256, 32];

/// Cuts a report that is too large: fewer observations, then no coverage, then shorter texts, which bear a
/// mark.
pub(crate) fn fit(report: &mut Report) {
    fit_in(report, MAX_BYTES);
}

fn fit_in(report: &mut Report, limit: usize) {
    while is_over(report, limit) && !report.observations.is_empty() {
        report.observations.truncate(report.observations.len() / 2);
    }
    if is_over(report, limit) {
        report.coverage.clear();
    }
    for bytes in SHORTER {
        if is_over(report, limit) {
            for test in &mut report.tests {
                let TestResult { input, expected, actual, message, .. } = test;
                for text in [input, expected, actual, message] {
                    *text = cut(text, bytes);
                }
            }
        }
    }
}

fn is_over(report: &Report, limit: usize) -> bool {
    serde_json::to_vec(report).map_or(0, |json| json.len()) > limit
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use shared::text::CUT_MARK;

    use super::*;

    #[test]
    fn a_large_report_loses_observations_first_and_marks_what_it_cuts() {
        let seen = json!({"test": "a", "path": "a.py", "line": 1, "seen": "runs", "count": 3});
        let test = json!({"name": "a", "outcome": "passed", "points": 1.0, "possible": 1.0,
            "visibility": "visible", "duration_ms": 1, "cpu_ms": 1, "peak_bytes": 1,
            "input": "i".repeat(4000), "expected": "", "actual": "", "message": ""});
        let mut report: Report = serde_json::from_value(json!({"grader": "0", "tier": "process",
            "language": {"name": "python", "tools": {}}, "limits": {}, "seed": 0, "forgeable": false,
            "build": {"outcome": "ok", "diagnostics": []}, "tests": [test], "coverage": {},
            "suspects": {"visible": {"suspects": [], "abstained": null}, "all": {"suspects": [],
            "abstained": null}}, "search_until": null, "timings_ms": {}, "observations": vec![seen; 99]}))
        .unwrap();

        fit_in(&mut report, 6000);
        let observed = report.observations.len();
        fit_in(&mut report, 3000);

        assert!((1..99).contains(&observed), "{observed} are left");
        assert!(report.tests[0].input.ends_with(CUT_MARK));
        assert!(!is_over(&report, 3000));
    }
}
