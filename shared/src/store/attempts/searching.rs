//! A search for suspects that runs on after the report.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use super::show;
use crate::{
    ids::{AttemptId, SubmissionId},
    store::blobs::Hash,
};

/// A search that was announced by a report.
#[derive(Clone, Debug)]
pub struct Search {
    /// The submission.
    pub submission: SubmissionId,
    /// The report as it stands.
    pub report: Hash,
    /// Whether its suspects are still to come; else they came.
    pub goes_on: bool,
    /// The last moment for them.
    pub until: DateTime<Utc>,
}

/// The search of the attempt that has this token, kept from changing until the transaction ends; `None`
/// where there was never one, or it did not end in time.
pub async fn search(
    db: &mut PgConnection,
    id: AttemptId,
    token: &Hash,
) -> sqlx::Result<Option<Search>> {
    let row = sqlx::query!(
        r#"select submission_id, report_hash, search_until, 'search' = any (pending) as "goes_on!"
           from attempts where id = $1 and token_hash = $2 for update"#,
        id.0,
        token.0
    )
    .fetch_optional(db)
    .await?;
    Ok(row.and_then(|row| {
        Some(Search {
            submission: row.submission_id?.into(),
            report: Hash(row.report_hash?),
            goes_on: row.goes_on,
            until: row.search_until?,
        })
    }))
}

/// Puts a report with the search's suspects in place of the one before, and shows it: the search is over.
pub async fn add_suspects(
    db: &mut PgConnection,
    id: AttemptId,
    submission: SubmissionId,
    report: &Hash,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update attempts set report_hash = $2, pending = array_remove(pending, 'search') where id = $1",
        id.0,
        report.0
    )
    .execute(&mut *db)
    .await?;
    show(db, submission).await?;
    Ok(())
}

/// Waits no longer for a search whose time is over at `now`, and shows that. Gives the submission; `None`
/// where there is nothing to end.
pub async fn end_search(
    db: &mut PgConnection,
    id: AttemptId,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<SubmissionId>> {
    let row = sqlx::query!(
        "update attempts set pending = array_remove(pending, 'search'), search_until = null
         where id = $1 and 'search' = any (pending) and search_until < $2
         returning submission_id",
        id.0,
        now
    )
    .fetch_optional(&mut *db)
    .await?;
    let submission = row.and_then(|row| row.submission_id).map(SubmissionId);
    if let Some(submission) = submission {
        show(db, submission).await?;
    }
    Ok(submission)
}
