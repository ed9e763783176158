//! What an answer means for a delivery (design, section 3, step 3).

use std::time::Duration;

/// How often an event is tried before it goes to the dead letters.
pub(crate) const MOST_TRIES: u32 = 20;

/// What becomes of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// It is done.
    Done,
    /// Once more, later; with an alarm where people must look.
    Again {
        /// Whether people must look: our own token or address is wrong.
        alarm: bool,
    },
    /// To the dead letters.
    Dead,
}

/// What a status asks for.
pub(crate) fn next(status: u16) -> Next {
    match status {
        200..=299 => Next::Done,
        300..=399 | 401 | 403 => Next::Again { alarm: true },
        400 | 413 | 415 | 422 => Next::Dead,
        _ => Next::Again { alarm: false },
    }
}

/// How long to wait before try `tries + 1`: 1 s, 5 s, 20 s, 20 s …, a fifth more or less.
pub(crate) fn wait(tries: u32) -> Duration {
    let seconds = match tries {
        0 => 1.0,
        1 => 5.0,
        _ => 20.0,
    };
    Duration::from_secs_f64(seconds * rand::random_range(0.8..1.2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_has_the_consequence_that_the_contract_says() {
        for done in [200, 202, 204] {
            assert_eq!(next(done), Next::Done);
        }
        for again in [404, 408, 409, 429, 500, 503] {
            assert_eq!(next(again), Next::Again { alarm: false });
        }
        for alarm in [301, 307, 401, 403] {
            assert_eq!(next(alarm), Next::Again { alarm: true });
        }
        for dead in [400, 413, 415, 422] {
            assert_eq!(next(dead), Next::Dead);
        }
    }

    #[test]
    fn waits_grow_to_twenty_seconds() {
        assert!((0.8..1.2).contains(&wait(0).as_secs_f64()));
        assert!((4.0..6.0).contains(&wait(1).as_secs_f64()));
        assert!((16.0..24.0).contains(&wait(19).as_secs_f64()));
    }
}
