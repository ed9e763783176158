//! How much one process takes in at once, so that nobody's haste takes connections or memory from others.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use anyhow::Context as _;
use shared::problem::Problem;
use tokio::sync::{OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};

use crate::limits::RETRY_AFTER_SECONDS;

/// Packages that are read at once: each may unpack to 64 MiB.
const UPLOADS: usize = 4;
/// How long an upload waits for its place, its body unread.
const WAIT: Duration = Duration::from_secs(5);

/// The gates of one process. Clones share them.
#[derive(Clone, Debug)]
pub struct Gates {
    lines: Arc<Lines>,
    uploads: Arc<Semaphore>,
}

impl Default for Gates {
    fn default() -> Self {
        Self { lines: Arc::default(), uploads: Arc::new(Semaphore::new(UPLOADS)) }
    }
}

/// One line for each learner who sends submissions at the moment.
#[derive(Debug, Default)]
struct Lines(Mutex<HashMap<String, Line>>);

/// The requests in it, the one whose turn it is among them.
#[derive(Debug, Default)]
struct Line {
    door: Arc<tokio::sync::Mutex<()>>,
    requests: i64,
}

impl Gates {
    /// Waits until none of the learner's other submissions is being stored, first come, first served.
    /// Whoever waits here holds no connection, so a learner never has more than one.
    ///
    /// # Errors
    ///
    /// [`Problem::TooManyOpen`] where `most` of the learner's requests are in line.
    pub(crate) async fn turn(&self, learner: &str, most: i64) -> Result<Turn, Problem> {
        let place = Place::take(&self.lines, learner, most)?;
        let held = Arc::clone(&place.door).lock_owned().await;
        Ok(Turn { _held: held, _place: place })
    }

    /// A place among the uploads, to be had before the body is read.
    ///
    /// # Errors
    ///
    /// [`Problem::Overloaded`] where none was free for 5 s.
    pub(crate) async fn upload(&self) -> Result<OwnedSemaphorePermit, Problem> {
        let place = tokio::time::timeout(WAIT, Arc::clone(&self.uploads).acquire_owned()).await;
        let overloaded = |_| Problem::Overloaded { retry_after_seconds: RETRY_AFTER_SECONDS };
        Ok(place.map_err(overloaded)?.context("nobody closes the uploads")?)
    }
}

/// The learner's turn. Dropped, it is the next one's.
#[derive(Debug)]
pub(crate) struct Turn {
    _held: OwnedMutexGuard<()>,
    _place: Place,
}

/// A place in a learner's line, given back when dropped, waiting or not.
#[derive(Debug)]
struct Place {
    door: Arc<tokio::sync::Mutex<()>>,
    lines: Arc<Lines>,
    learner: String,
}

impl Place {
    fn take(lines: &Arc<Lines>, learner: &str, most: i64) -> Result<Self, Problem> {
        let mut all = lines.lock();
        let line = all.entry(learner.to_owned()).or_default();
        if line.requests > 0 && line.requests >= most {
            return Err(Problem::TooManyOpen(line.requests));
        }
        line.requests += 1;
        let door = Arc::clone(&line.door);
        Ok(Self { door, lines: Arc::clone(lines), learner: learner.to_owned() })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut all = self.lines.lock();
        if let Some(line) = all.get_mut(&self.learner) {
            line.requests -= 1;
            if line.requests == 0 {
                all.remove(&self.learner);
            }
        }
    }
}

impl Lines {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Line>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn a_learner_waits_for_the_own_turn_and_for_nobody_elses() {
        let gates = Gates::default();
        let first = gates.turn("ada", 2).await.unwrap();

        let mut second = Box::pin(gates.turn("ada", 2));
        assert!((&mut second).now_or_never().is_none(), "the first one has the turn");
        let third = gates.turn("ada", 2).await;
        let bobs = gates.turn("bob", 2).await;

        assert!(matches!(third, Err(Problem::TooManyOpen(2))), "{third:?}");
        assert!(bobs.is_ok());
        drop(first);
        assert!(second.await.is_ok());
    }

    #[tokio::test]
    async fn lines_without_anybody_in_them_are_forgotten() {
        let gates = Gates::default();
        let turn = gates.turn("ada", 9).await.unwrap();
        let mut gone = Box::pin(gates.turn("ada", 9));
        assert!((&mut gone).now_or_never().is_none());

        drop(gone);
        drop(turn);

        assert!(gates.lines.lock().is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn a_fifth_upload_waits_for_a_place_and_is_refused_if_there_is_none() {
        let gates = Gates::default();
        let mut places = Vec::new();
        for _ in 0..UPLOADS {
            places.push(gates.upload().await.unwrap());
        }

        let refused = gates.upload().await;
        places.pop();
        let later = gates.upload().await;

        assert!(matches!(refused, Err(Problem::Overloaded { .. })), "{refused:?}");
        assert!(later.is_ok());
    }
}
