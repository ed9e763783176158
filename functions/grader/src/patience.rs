//! How long one submission may keep a slot: a program that never ends would otherwise wait for its limit in every
//! one of hundreds of tests, while others queue.

use std::time::{Duration, Instant};

/// Time on the wall in which tests are started: some sixty that each use up the usual two seconds.
const IN_ALL: Duration = Duration::from_mins(2);

/// What is left of it for one submission.
pub(crate) struct Patience {
    until: Instant,
}

impl Patience {
    /// All of it, from then on.
    pub(crate) fn since(then: Instant) -> Self {
        Self { until: then + IN_ALL }
    }

    /// Why no further test runs, once that is so.
    pub(crate) fn is_over(&self) -> Option<String> {
        let seconds = IN_ALL.as_secs();
        (Instant::now() >= self.until)
            .then(|| format!("all tests together took more than {seconds} s"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_starts_after_two_minutes() {
        let long_ago = Instant::now().checked_sub(IN_ALL).expect("the machine is up longer");

        assert_eq!(Patience::since(Instant::now()).is_over(), None);
        let over = Patience::since(long_ago).is_over();
        assert_eq!(over.unwrap(), "all tests together took more than 120 s");
    }
}
