//! How much may be under way at once: what comes above is refused early.

use shared::config::Env;

/// When it is worth trying again after an overload, in seconds.
pub(crate) const RETRY_AFTER_SECONDS: u32 = 10;

/// Submissions that wait or are being graded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// `SUBMIT_MAX_OPEN_PER_LEARNER`: of one learner. 20 otherwise.
    pub open_per_learner: i64,
    /// `SUBMIT_MAX_OPEN`: of all learners. 2000 otherwise.
    pub open: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { open_per_learner: 20, open: 2000 }
    }
}

impl Limits {
    /// Reads the variables above.
    pub fn from_env(env: &mut Env) -> Self {
        let usual = Self::default();
        Self {
            open_per_learner: env.or("SUBMIT_MAX_OPEN_PER_LEARNER", usual.open_per_learner),
            open: env.or("SUBMIT_MAX_OPEN", usual.open),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_that_is_not_set_is_the_usual_one() {
        let mut env = Env::of([("SUBMIT_MAX_OPEN", "7")]);

        let limits = Limits::from_env(&mut env);

        assert_eq!(limits, Limits { open: 7, ..Limits::default() });
        env.check().unwrap();
    }
}
