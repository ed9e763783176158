//! Who may not ask is told so, and nothing changes.

use harness::{Person, World, submission};
use reqwest::Method;
use serde_json::{Value, json};
use shared::{auth::Role, ids::AttemptId};
use sqlx::PgPool;

use crate::classroom::{self, refused};

/// Calls that anybody's token would do for.
async fn every_call_is_refused(world: &World, person: &Person) {
    let body = submission("largest", &[("solution.py", "print(1)")]);
    refused(world, 401, "unauthenticated", person.submits_as("key", &body)).await;
    for path in ["/v1/submissions", "/v1/assignments", "/v1/assignments/largest", "/v1/languages"] {
        refused(world, 401, "unauthenticated", person.gets(path)).await;
    }
    let package = harness::Assignment::largest();
    refused(world, 401, "unauthenticated", person.uploads(&package)).await;
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn nobody_without_a_token(db: PgPool) {
    let world = classroom::with_largest(&db).await;
    let stranger = world.stranger();

    every_call_is_refused(&world, &stranger).await;

    let refusal = stranger.gets("/v1/submissions").await;
    assert_eq!(refusal.header("www-authenticate"), "Bearer");
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn nobody_with_a_token_for_another_audience(db: PgPool) {
    let world = classroom::with_largest(&db).await;

    every_call_is_refused(&world, &world.part("bridge", "feedback")).await;
    every_call_is_refused(&world, &world.bearer("eyJhbGciOiJub25lIn0.e30.")).await;
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn no_learner_of_another_course(db: PgPool) {
    let world = classroom::with_largest(&db).await;
    let mut body = submission("largest", &[("solution.py", "print(1)")]);
    body["course"] = "default".into();

    let dan = world.person("dan", &[("cs2", Role::Learner)]);
    refused(&world, 404, "unknown-assignment", dan.submits_as("key", &body)).await;

    body["course"] = "cs2".into();
    let ada = world.learner("ada");
    refused(&world, 404, "unknown-assignment", ada.submits_as("key", &body)).await;
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn no_judge_whose_attempt_is_over_or_anothers(db: PgPool) {
    let world = classroom::with_largest(&db).await;
    let complete = world.learner("ada").completes("largest", "solution.py", "print(1)").await;
    let over = complete.attempt.expect("an attempt is shown").id;
    let impostor = world.bearer("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
    let progress = json!({ "phase": "test", "done": 1, "of": 4 });

    for attempt in [over, AttemptId::new()] {
        for call in ["claim", "progress", "report"] {
            let path = format!("/v1/attempts/{attempt}/{call}");
            let before = world.rows().await;
            let answer = impostor.sends(impostor.asks(Method::POST, &path).json(&progress)).await;
            assert!([401, 404, 409, 422].contains(&answer.status), "{call} {}", answer.text);
            assert_eq!(answer.header("content-type"), "application/problem+json");
            assert_eq!(world.rows().await, before);
        }
    }
    assert_eq!(world.learner("ada").reads(complete.id).await.revision, complete.revision);
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn no_judge_who_comes_too_late(db: PgPool) {
    let world = classroom::with_largest(&db).await;
    let complete = world.learner("ada").completes("largest", "solution.py", "print(1)").await;
    let over = complete.attempt.as_ref().expect("an attempt is shown").id;
    let query = "update attempts set token_hash = sha256($2) where id = $1 returning report_hash";
    let query = sqlx::query_scalar(query).bind(over.0).bind(&b"its token"[..]);
    let report: Vec<u8> = query.fetch_one(&db).await.expect("the attempt is there");
    let query = sqlx::query_scalar("select content from blobs where hash = $1").bind(report);
    let report: Vec<u8> = query.fetch_one(&db).await.expect("the report is there");
    let mut report: Value = serde_json::from_slice(&report).expect("the report is JSON");
    report["seed"] = 4711.into();
    let judge = world.bearer("its token");

    for (call, body) in [
        ("claim", Value::Null),
        ("progress", json!({ "phase": "test", "done": 1, "of": 4 })),
        ("report", report),
    ] {
        let request = judge.asks(Method::POST, &format!("/v1/attempts/{over}/{call}")).json(&body);
        refused(&world, 409, "stale-attempt", judge.sends(request)).await;
    }
    assert_eq!(world.learner("ada").reads(complete.id).await, complete);
}
