//! The suspicion of a line.

/// How strongly a line is suspected, by Ochiai.
///
/// `failing / sqrt(all_failing × (failing + passing))`, where `failing` and `passing` count the tests that
/// ran the line. Between 0 and 1; 0 when no failing test ran it. Ties are common, so show ranks, not scores.
///
/// Source: Abreu, Zoeteweij, van Gemund, "On the Accuracy of Spectrum-based Fault Localization", 2007.
pub(crate) fn ochiai(failing: u32, passing: u32, all_failing: u32) -> f64 {
    if failing == 0 {
        return 0.0;
    }
    let together = f64::from(all_failing) * (f64::from(failing) + f64::from(passing));
    f64::from(failing) / together.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_all_failing_tests_and_no_other_is_certain() {
        assert!((ochiai(4, 0, 4) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_line_that_no_failing_test_ran_is_no_suspect() {
        assert!(ochiai(0, 7, 3).abs() < 1e-12);
    }

    #[test]
    fn passing_tests_speak_for_a_line() {
        let apart = ochiai(2, 0, 2);
        let shared = ochiai(2, 2, 2);
        let common = ochiai(2, 14, 2);

        assert!(apart > shared && shared > common);
        assert!((shared - 0.5f64.sqrt()).abs() < 1e-12, "2 / sqrt(2 × 4)");
    }
}
