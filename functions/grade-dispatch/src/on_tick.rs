//! `tick`.

use axum::{extract::State, http::StatusCode};
use shared::{events::Tick, http::Incoming, problem::Problem};

use crate::{App, reconcile};

/// Starts again whatever stands still too long. Safe to repeat, so no inbox.
pub(crate) async fn on_tick(
    State(app): State<App>,
    _: Incoming<Tick>,
) -> Result<StatusCode, Problem> {
    app.heard(reconcile::everything(&app).await)?;
    Ok(StatusCode::OK)
}
