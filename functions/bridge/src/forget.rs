//! Forgets events that were delivered long ago.

use std::time::Duration;

use shared::store::retention;

use crate::App;

/// How often it looks.
const PAUSE: Duration = Duration::from_hours(1);

/// Looks at the start and every hour until the bridge stops.
pub(crate) async fn forget(app: App) {
    loop {
        let now = app.clock.now();
        let forgotten =
            async { retention::forget_events(&mut *app.db.acquire().await?, now).await };
        match forgotten.await {
            Ok(rows) => tracing::debug!(rows, "old events forgotten"),
            Err(error) => tracing::warn!("old events are still there: {error}; trying again"),
        }
        tokio::select! {
            () = app.stop.stopped() => return,
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}
