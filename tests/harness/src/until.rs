//! Waiting for a condition.

use std::time::Duration;

/// How long a condition may take to come true. Generous: it bounds a test that has failed already.
pub(crate) const LIMIT: Duration = Duration::from_mins(1);
/// How often it is looked at.
const LOOK: Duration = Duration::from_millis(20);

/// Looks until `look` finds something, and gives that.
///
/// # Panics
///
/// After a minute without it; says what was waited for.
pub async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let mut pace = tokio::time::interval(LOOK);
    let found = tokio::time::timeout(LIMIT, async {
        loop {
            pace.tick().await;
            if let Some(found) = look().await {
                return found;
            }
        }
    });
    found.await.unwrap_or_else(|_| panic!("waited {} s in vain for {what}", LIMIT.as_secs()))
}
