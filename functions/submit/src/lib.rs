//! submit: takes submissions and assignment packages.

mod asked;
mod check_body;
mod create_assignment;
mod create_submission;
mod gates;
mod idempotency;
mod language;
mod limits;
mod upload;

use axum::extract::DefaultBodyLimit;
use shared::{clock::Clock, store::notify::Notifier};
use sqlx::PgPool;
use utoipa_axum::{router::OpenApiRouter, routes};

pub use gates::Gates;
pub use limits::Limits;

/// What submit works with. Cheap to clone.
#[derive(Clone, Debug)]
pub struct App {
    /// The database.
    pub db: PgPool,
    /// Wakes the bridge.
    pub notifier: Notifier,
    /// Tells the time.
    pub clock: Clock,
    /// How much may be under way at once.
    pub limits: Limits,
    /// How much this process takes in at once; clones share it.
    pub gates: Gates,
    /// What links begin with; no slash at its end, may be empty.
    pub public_url: String,
}

/// The calls of learners and instructors.
pub fn api(app: App) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(create_assignment::create_assignment))
        .layer(DefaultBodyLimit::max(create_assignment::MAX_PACKAGE_BYTES))
        .routes(routes!(create_submission::create_submission))
        .with_state(app)
}
