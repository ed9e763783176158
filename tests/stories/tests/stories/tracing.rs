//! One trace leads from a request to its feedback.

use harness::{programs::BUGGY_PYTHON, submission};
use reqwest::Method;
use shared::submission::State;
use sqlx::PgPool;

use crate::classroom;

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn every_event_of_a_submission_belongs_to_its_requests_trace(db: PgPool) {
    let world = classroom::with_largest(&db).await;
    let ada = world.learner("ada");
    let request = ada
        .asks(Method::POST, "/v1/submissions")
        .header("idempotency-key", "traced")
        .header("traceparent", format!("00-{TRACE}-00f067aa0ba902b7-01"))
        .json(&submission("largest", &[("solution.py", BUGGY_PYTHON)]));

    let accepted = ada.sends(request).await;
    ada.waits_for(accepted.id(), State::Complete).await;

    let query =
        "select name, split_part(traceparent, '-', 2) from outbox where subject = $1 order by id";
    let events: Vec<(String, Option<String>)> =
        sqlx::query_as(query).bind(accepted.id().to_string()).fetch_all(&db).await.unwrap();
    let expected = ["submission.received", "grading.finished", "feedback.ready"];
    let expected = expected.map(|name| (name.to_owned(), Some(TRACE.to_owned())));
    assert_eq!(events, expected);
}
