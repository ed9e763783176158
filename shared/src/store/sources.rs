//! What a grader needs of a submission.

use sqlx::PgConnection;

use super::{attempts::NewAttempt, blobs::Hash};
use crate::{ids::SubmissionId, work::Kind};

/// The hash of a submission's files ([`crate::package::Files`] as JSON), kept as a blob.
pub async fn hash(db: &mut PgConnection, id: SubmissionId) -> sqlx::Result<Option<Hash>> {
    let hash = sqlx::query_scalar!("select source_hash from submissions where id = $1", id.0)
        .fetch_optional(db)
        .await?;
    Ok(hash.map(Hash))
}

/// What the first attempt for a submission is for; `None` where there is one already. Keeps the
/// submission from changing until the transaction ends.
pub async fn unattempted(
    db: &mut PgConnection,
    id: SubmissionId,
) -> sqlx::Result<Option<NewAttempt>> {
    let row = sqlx::query!(
        "select course, assignment, version, language from submissions
         where id = $1 and shown_attempt is null for update",
        id.0
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| NewAttempt {
        submission: Some(id),
        course: row.course,
        assignment: row.assignment,
        version: row.version,
        language: row.language,
        kind: Kind::Grade,
    }))
}
