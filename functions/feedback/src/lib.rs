//! feedback: writes what learners are told of a graded submission, and takes their answers.

mod answer_question;
mod explain;
mod material;
mod on_grading_finished;
mod on_suspects_added;
mod writer;

pub use explain::explain;

use axum::Router;
use shared::{clock::Clock, http::Events, store::notify::Notifier};
use sqlx::PgPool;
use utoipa_axum::{router::OpenApiRouter, routes};

/// What feedback works with. Cheap to clone.
#[derive(Clone, Debug)]
pub struct App {
    /// The database.
    pub db: PgPool,
    /// Wakes the bridge and the streams.
    pub notifier: Notifier,
    /// Tells the time.
    pub clock: Clock,
}

/// The calls that learners make.
pub fn api(app: App) -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(answer_question::answer_question)).with_state(app)
}

/// The events that it takes, at `path`.
pub fn events(app: App, path: &str) -> Router {
    Events::of("feedback", app)
        .on(on_grading_finished::on_grading_finished)
        .on(on_suspects_added::on_suspects_added)
        .at(path)
}
