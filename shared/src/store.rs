//! The tables: one file each, plain functions on a connection.

pub mod assignments;
pub mod attempts;
pub mod audit;
pub mod blobs;
pub mod checks;
pub mod dead_letters;
pub mod due;
pub mod feedbacks;
pub mod inbox;
pub mod languages;
pub mod listed;
pub mod notify;
pub mod offered;
pub mod outbox;
pub mod questions;
pub mod retention;
pub mod shown;
pub mod sources;
pub mod submissions;

use secrecy::{ExposeSecret, SecretString};
use sqlx::{PgPool, migrate::Migrator, postgres::PgPoolOptions};

/// The migrations, in `shared/migrations`.
pub static MIGRATOR: Migrator = sqlx::migrate!();

/// A pool that connects when first needed, so that a function can start before its database.
///
/// # Errors
///
/// When `url` is no address of a PostgreSQL database.
pub fn pool(url: &SecretString, most_connections: u32) -> sqlx::Result<PgPool> {
    PgPoolOptions::new()
        .max_connections(most_connections)
        .acquire_timeout(std::time::Duration::from_secs(5))
        .connect_lazy(url.expose_secret())
}
