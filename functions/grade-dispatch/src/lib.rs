//! grade-dispatch: an attempt and a grader for every submission, and an ear for the graders.

mod add_suspects;
mod answering;
mod ask_again;
mod claim_attempt;
mod on_grading_wanted;
mod on_submission_received;
mod on_tick;
mod reconcile;
mod replace;
mod report_progress;
mod report_result;
mod runner;
mod settle_check;
mod show_package;
mod token;
mod unpack;

use axum::Router;
use shared::{clock::Clock, http::Events, problem::Problem, store::notify::Notifier};
use sqlx::PgPool;
use utoipa_axum::{router::OpenApiRouter, routes};

pub use answering::Answering;
pub use runner::{ProcessRunner, Slots};

/// What grade-dispatch works with. Cheap to clone.
#[derive(Clone, Debug)]
pub struct App {
    /// The database.
    pub db: PgPool,
    /// Wakes the bridge and the streams.
    pub notifier: Notifier,
    /// Starts graders.
    pub runner: ProcessRunner,
    /// Tells the time.
    pub clock: Clock,
    /// Since when it answers: graders from before were lost by our own fault.
    pub answering: Answering,
}

impl App {
    /// Notes whether the database answered, and passes on what came of it.
    fn heard<T>(&self, result: Result<T, Problem>) -> Result<T, Problem> {
        self.answering.heard(self.clock.now(), result)
    }
}

/// The calls that judges make.
pub fn api(app: App) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(claim_attempt::claim_attempt))
        .routes(routes!(show_package::show_package))
        .routes(routes!(report_progress::report_progress))
        .routes(routes!(report_result::report_result))
        .routes(routes!(add_suspects::add_suspects))
        .with_state(app)
}

/// The events that it takes, at `path`.
pub fn events(app: App, path: &str) -> Router {
    Events::of("grade-dispatch", app)
        .on(on_submission_received::on_submission_received)
        .on(on_grading_wanted::on_grading_wanted)
        .on(on_tick::on_tick)
        .at(path)
}
