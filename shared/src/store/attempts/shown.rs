//! Which attempt a submission shows.

use sqlx::PgConnection;

use crate::ids::SubmissionId;

/// Shows what the submission's attempts say now, as its next revision, which is given back.
///
/// Shown is the newest `graded` or `complete` attempt of kind `grade` or `regrade`; else the one under
/// way; else the failed one. Call it after every change of an attempt's state, in the same transaction.
pub async fn show(db: &mut PgConnection, id: SubmissionId) -> sqlx::Result<i32> {
    sqlx::query_scalar!(
        "update submissions s
         set revision = s.revision + 1,
             state = coalesce(shown.state, s.state),
             shown_attempt = coalesce(shown.id, s.shown_attempt)
         from (select) as always
         left join lateral (
             select id, state from attempts
             where submission_id = $1 and kind in ('grade', 'regrade') and state <> 'lost'
             order by case when state in ('graded', 'complete') then 0
                           when state in ('queued', 'grading') then 1 else 2 end, id desc
             limit 1) shown on true
         where s.id = $1
         returning s.revision",
        id.0
    )
    .fetch_one(db)
    .await
}
