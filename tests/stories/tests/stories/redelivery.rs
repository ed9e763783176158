//! Every step is safe to repeat.

use harness::{
    Answer, Person, World,
    programs::{BUGGY_PYTHON, RIGHT_PYTHON},
    submission,
};
use reqwest::Method;
use serde_json::Value;
use shared::{events, ids::SubmissionId};
use sqlx::PgPool;

use crate::classroom;

/// Delivers an event of a submission once more, as the bridge would.
async fn again(world: &World, id: SubmissionId, name: &str, to: &str) -> Answer {
    let query = "select id::text, source, data from outbox where subject = $1 and name = $2";
    let query = sqlx::query_as(query).bind(id.to_string()).bind(name);
    let (event, source, data): (String, String, Value) =
        query.fetch_one(&world.db).await.expect("it was sent");
    let bridge: Person = world.part("bridge", to);
    let request = bridge
        .asks(Method::POST, &format!("/events/{to}"))
        .header("ce-specversion", "1.0")
        .header("ce-id", event)
        .header("ce-source", source)
        .header("ce-type", events::type_of(name))
        .json(&data);
    bridge.sends(request).await
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn an_event_that_comes_twice_is_graded_once(db: PgPool) {
    let world = classroom::with_largest(&db).await;
    let ada = world.learner("ada");
    let complete = ada.completes("largest", "solution.py", BUGGY_PYTHON).await;
    let before = world.rows().await;

    let received = again(&world, complete.id, "submission.received", "grade-dispatch").await;
    let finished = again(&world, complete.id, "grading.finished", "feedback").await;

    assert_eq!((received.status, finished.status), (202, 202));
    assert_eq!(world.rows().await, before, "no second attempt, no second feedback");
    assert_eq!(ada.reads(complete.id).await, complete);
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_repeated_upload_is_one_submission(db: PgPool) {
    let world = classroom::with_largest(&db).await;
    let ada = world.learner("ada");
    let body = submission("largest", &[("solution.py", RIGHT_PYTHON)]);

    let first = ada.submits_as("key-1", &body).await;
    let again = ada.submits_as("key-1", &body).await;
    let bobs = world.learner("bob").submits_as("key-1", &body).await;

    assert_eq!((first.status, again.status), (202, 202));
    assert_eq!(again.id(), first.id());
    assert_ne!(bobs.id(), first.id(), "keys are a learner's own");
    assert_eq!(world.rows().await["submissions"], 2);
}
