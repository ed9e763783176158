//! status: everything that is read.

mod changes;
mod follow_submission;
mod list_assignments;
mod list_languages;
mod list_submissions;
mod reader;
mod show_assignment;
mod show_files;
mod show_submission;
mod view;

use shared::{clock::Clock, http::Stop};
use sqlx::PgPool;
use utoipa_axum::{router::OpenApiRouter, routes};

use changes::Changes;

/// What status works with. Cheap to clone; clones listen to the database together.
#[derive(Clone, Debug)]
pub struct App {
    db: PgPool,
    clock: Clock,
    stop: Stop,
    changes: Changes,
}

impl App {
    /// Reads from `db`; its streams end when `stop` is told.
    pub fn new(db: PgPool, clock: Clock, stop: Stop) -> Self {
        Self { changes: Changes::of(db.clone()), db, clock, stop }
    }
}

/// Its calls.
pub fn api(app: App) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(list_submissions::list_submissions))
        .routes(routes!(show_submission::show_submission))
        .routes(routes!(show_files::show_files))
        .routes(routes!(follow_submission::follow_submission))
        .routes(routes!(list_assignments::list_assignments))
        .routes(routes!(show_assignment::show_assignment))
        .routes(routes!(list_languages::list_languages))
        .with_state(app)
}
