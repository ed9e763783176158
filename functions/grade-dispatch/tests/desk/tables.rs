//! What the tables say.

use serde_json::Value;
use shared::ids::SubmissionId;

use super::Desk;

impl Desk {
    /// The states of a submission's attempts, oldest first.
    pub(crate) async fn states(&self, id: SubmissionId) -> Vec<String> {
        sqlx::query_scalar("select state from attempts where submission_id = $1 order by id")
            .bind(id)
            .fetch_all(&self.db)
            .await
            .unwrap()
    }

    pub(crate) async fn attempts(&self) -> i64 {
        sqlx::query_scalar("select count(*) from attempts").fetch_one(&self.db).await.unwrap()
    }

    /// How many events of a name the outbox holds.
    pub(crate) async fn events(&self, name: &str) -> i64 {
        sqlx::query_scalar("select count(*) from outbox where name = $1")
            .bind(name)
            .fetch_one(&self.db)
            .await
            .unwrap()
    }

    /// Whether each loss on the way was counted, oldest first.
    pub(crate) async fn counted(&self) -> Vec<bool> {
        sqlx::query_scalar("select counted from attempts where state = 'lost' order by id")
            .fetch_all(&self.db)
            .await
            .unwrap()
    }

    /// What was noted for later, oldest first: who and what.
    pub(crate) async fn audit(&self) -> Vec<String> {
        sqlx::query_scalar("select who || ' ' || what from audit order by id")
            .fetch_all(&self.db)
            .await
            .unwrap()
    }

    /// The submission as it stands, and the report and the problem with feedback of the attempt shown.
    pub(crate) async fn shows(&self, id: SubmissionId) -> Value {
        sqlx::query_scalar(
            "select jsonb_build_object('state', s.state, 'revision', s.revision,
                'pending', to_jsonb(a.pending), 'problem', f.problem,
                'report', convert_from(b.content, 'UTF8')::jsonb)
             from submissions s join attempts a on a.id = s.shown_attempt
             left join blobs b on b.hash = a.report_hash
             left join feedbacks f on f.attempt_id = a.id where s.id = $1",
        )
        .bind(id)
        .fetch_one(&self.db)
        .await
        .unwrap()
    }

    pub(crate) async fn points(&self, id: SubmissionId) -> String {
        sqlx::query_scalar("select points::text from attempts where submission_id = $1")
            .bind(id)
            .fetch_one(&self.db)
            .await
            .unwrap()
    }

    pub(crate) async fn problem(&self, id: SubmissionId) -> Value {
        sqlx::query_scalar(
            "select problem from attempts where submission_id = $1 and state = 'failed'",
        )
        .bind(id)
        .fetch_one(&self.db)
        .await
        .unwrap()
    }

    /// The assignment's state, and its problem.
    pub(crate) async fn assignment(&self) -> (String, Value) {
        sqlx::query_as("select state, coalesce(problem, '{}') from assignments")
            .fetch_one(&self.db)
            .await
            .unwrap()
    }
}
