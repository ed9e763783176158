//! What instructors set. A version never changes once it is written; only its state does.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use super::blobs::Hash;
use crate::{assignment::AssignmentState, package::Manifest};

/// A version to store.
#[derive(Clone, Debug)]
pub struct NewVersion<'a> {
    /// The course that owns it.
    pub course: &'a str,
    /// The assignment's id.
    pub id: &'a str,
    /// `checking` where a reference must pass first, else `ready`.
    pub state: AssignmentState,
    /// The package's bytes, stored as a blob.
    pub package: &'a Hash,
    /// [`Manifest`] as JSON.
    pub manifest: serde_json::Value,
    /// [`crate::assignment::Details`] as JSON.
    pub details: serde_json::Value,
    /// Who uploaded it.
    pub by: &'a str,
    /// When.
    pub now: DateTime<Utc>,
}

/// A version as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// 1, 2, 3 …
    pub number: i32,
    /// Where its check stands.
    pub state: AssignmentState,
    /// Whether it was not there before.
    pub is_new: bool,
}

/// Stores a version under the next number, or finds the one that was made of the same bytes. Other
/// uploads of the same assignment wait until the transaction ends.
pub async fn insert(db: &mut PgConnection, new: &NewVersion<'_>) -> sqlx::Result<Version> {
    let lock = format!("assignment {}/{}", new.course, new.id);
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended($1, 0))", lock)
        .fetch_one(&mut *db)
        .await?;
    let known = sqlx::query!(
        r#"select version, state as "state: AssignmentState" from assignments
           where course = $1 and id = $2 and package_hash = $3"#,
        new.course,
        new.id,
        new.package.0
    )
    .fetch_optional(&mut *db)
    .await?;
    if let Some(known) = known {
        return Ok(Version { number: known.version, state: known.state, is_new: false });
    }
    let number = sqlx::query_scalar!(
        "insert into assignments
             (course, id, version, state, package_hash, manifest, details, created_by, created_at)
         select $1, $2, 1 + coalesce(max(version), 0), $3, $4, $5, $6, $7, $8
         from assignments where course = $1 and id = $2
         returning version",
        new.course,
        new.id,
        new.state as AssignmentState,
        new.package.0,
        new.manifest,
        new.details,
        new.by,
        new.now
    )
    .fetch_one(db)
    .await?;
    Ok(Version { number, state: new.state, is_new: true })
}

/// What submissions to an assignment are held against.
#[derive(Clone, Debug)]
pub enum Open {
    /// Its newest ready version.
    Ready {
        /// The version.
        version: i32,
        /// Its manifest.
        manifest: Box<Manifest>,
    },
    /// It exists, but no version of it is ready.
    NotReady,
}

/// What an assignment takes submissions for; `None` where there is no such assignment.
pub async fn open(db: &mut PgConnection, course: &str, id: &str) -> sqlx::Result<Option<Open>> {
    let newest = sqlx::query!(
        r#"select version, manifest, state = 'ready' as "ready!" from assignments
           where course = $1 and id = $2 order by state = 'ready' desc, version desc limit 1"#,
        course,
        id
    )
    .fetch_optional(db)
    .await?;
    newest
        .map(|newest| {
            if !newest.ready {
                return Ok(Open::NotReady);
            }
            let manifest = serde_json::from_value(newest.manifest)
                .map_err(|error| sqlx::Error::Decode(error.into()))?;
            Ok(Open::Ready { version: newest.version, manifest: Box::new(manifest) })
        })
        .transpose()
}
