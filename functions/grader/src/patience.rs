//! How long one submission may keep a slot: a program that never ends would otherwise wait for its limit in every
//! test, while others queue.

use std::time::{Duration, Instant};

use shared::report::Outcome;

/// Tests in a row that ran out of time, after which no more run.
const LATE_IN_A_ROW: u32 = 5;

/// Time on the wall in which tests are started.
const IN_ALL: Duration = Duration::from_mins(2);

/// What is left of it for one submission.
pub(crate) struct Patience {
    until: Instant,
    late: u32,
}

impl Patience {
    /// All of it, from then on.
    pub(crate) fn since(then: Instant) -> Self {
        Self { until: then + IN_ALL, late: 0 }
    }

    /// A test came out so.
    pub(crate) fn sees(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::TimeLimit | Outcome::WallTimeLimit => self.late += 1,
            Outcome::Skipped => {}
            _ => self.late = 0,
        }
    }

    /// Why no further test runs, once that is so.
    pub(crate) fn is_over(&self) -> Option<String> {
        if self.late >= LATE_IN_A_ROW {
            return Some(format!("{LATE_IN_A_ROW} tests in a row ran out of time"));
        }
        let seconds = IN_ALL.as_secs();
        (Instant::now() >= self.until)
            .then(|| format!("all tests together took more than {seconds} s"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_that_run_out_of_time_in_a_row_end_patience_and_one_between_them_restores_it() {
        let mut patience = Patience::since(Instant::now());

        (0..4).for_each(|_| patience.sees(Outcome::TimeLimit));
        patience.sees(Outcome::WrongAnswer);
        (0..4).for_each(|_| patience.sees(Outcome::WallTimeLimit));
        assert_eq!(patience.is_over(), None);

        patience.sees(Outcome::TimeLimit);
        assert_eq!(patience.is_over().unwrap(), "5 tests in a row ran out of time");
    }

    #[test]
    fn nothing_starts_after_two_minutes() {
        let long_ago = Instant::now().checked_sub(IN_ALL).expect("the machine is up longer");

        let patience = Patience::since(long_ago);

        assert_eq!(patience.is_over().unwrap(), "all tests together took more than 120 s");
    }
}
