//! What is in a world's database, and what should not be there in the end.

use std::{collections::BTreeMap, time::Duration};

use sqlx::PgPool;

use crate::until;

/// How long what is under way may take to come to rest.
const REST: Duration = Duration::from_secs(20);

/// Events that nobody took, once there was time to take them; and dead letters, unless they may be there.
pub(super) async fn in_the_end(db: &PgPool, dead_letters: bool) -> Vec<String> {
    let waiting = until("an empty outbox", async || unsent(db).await.is_empty().then_some(()));
    // Too late is told below, by what is still there.
    let _ = tokio::time::timeout(REST, waiting).await;
    let mut left = unsent(db).await;
    if !dead_letters {
        left.extend(dead(db).await);
    }
    left
}

async fn unsent(db: &PgPool) -> Vec<String> {
    let query =
        "select 'unsent event ' || name || ' about ' || subject from outbox where sent_at is null";
    sqlx::query_scalar(query).fetch_all(db).await.expect("the database answers")
}

async fn dead(db: &PgPool) -> Vec<String> {
    let query = "select 'dead letter of ' || queue || ': ' || reason from dead_letters";
    sqlx::query_scalar(query).fetch_all(db).await.expect("the database answers")
}

/// How many rows each table has.
pub(super) async fn rows(db: &PgPool) -> BTreeMap<String, i64> {
    let query = "
        select 'assignments', count(*) from assignments union all
        select 'attempts', count(*) from attempts union all
        select 'audit', count(*) from audit union all
        select 'blobs', count(*) from blobs union all
        select 'dead_letters', count(*) from dead_letters union all
        select 'feedbacks', count(*) from feedbacks union all
        select 'outbox', count(*) from outbox union all
        select 'questions', count(*) from questions union all
        select 'submissions', count(*) from submissions";
    let rows: Vec<(String, i64)> =
        sqlx::query_as(query).fetch_all(db).await.expect("the database answers");
    rows.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[sqlx::test(migrator = "shared::store::MIGRATOR")]
    async fn an_event_that_nobody_took_and_a_dead_letter_are_told(db: PgPool) {
        let event = "insert into outbox (id, source, name, subject, data)
                     values (gen_random_uuid(), '/x', 'tick', 'nobody', '{}')";
        let letter = "insert into dead_letters (id, queue, event, reason)
                      values (gen_random_uuid(), 'feedback', '{}', 'no such type')";
        sqlx::query(event).execute(&db).await.unwrap();
        assert_eq!(unsent(&db).await, ["unsent event tick about nobody"]);

        sqlx::query("update outbox set sent_at = now()").execute(&db).await.unwrap();
        sqlx::query(letter).execute(&db).await.unwrap();

        assert_eq!(in_the_end(&db, false).await, ["dead letter of feedback: no such type"]);
        assert!(in_the_end(&db, true).await.is_empty());
    }
}
