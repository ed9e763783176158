//! Suspects that a search adds after the report.

use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::{Value, json};
use shared::{ids::SubmissionId, store::MIGRATOR};
use sqlx::PgPool;

use super::desk::{self, Desk, Judge};

/// A judge that has reported, and searches on for 30 s.
async fn searching(desk: &Desk) -> (SubmissionId, Judge) {
    let submission = desk.submission().await;
    let judge = desk.judge(submission).await;
    judge.posts("claim", &json!({})).await;
    let mut report = desk::report();
    report["search_until"] = json!(desk.clock.now() + TimeDelta::seconds(30));
    assert_eq!(judge.posts("report", &report).await.0, StatusCode::NO_CONTENT);
    (submission, judge)
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn a_search_adds_its_suspects_once_and_may_say_so_again(db: PgPool) {
    let desk = Desk::new(db).await;
    let (submission, judge) = searching(&desk).await;
    let before = desk.shows(submission).await;

    let added = judge.posts("suspects", &desk::rankings()).await;
    let again = judge.posts("suspects", &desk::rankings()).await;
    let other = judge.posts("suspects", &desk::report()["suspects"]).await;

    assert_eq!([added.0, again.0], [StatusCode::NO_CONTENT; 2]);
    assert_eq!(other.0, StatusCode::CONFLICT);
    let shown = desk.shows(submission).await;
    assert_eq!((&before["pending"], &shown["pending"]), (&json!(["search"]), &json!([])));
    assert_eq!(shown["report"]["suspects"], desk::rankings());
    assert_eq!(shown["revision"].as_i64(), before["revision"].as_i64().map(|before| before + 1));
    assert_eq!(desk.events("suspects.added").await, 1);
    assert_eq!(desk.audit().await.last().unwrap(), "grader add_suspects");
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn a_search_that_takes_too_long_is_given_up(db: PgPool) {
    let desk = Desk::new(db).await;
    let (submission, judge) = searching(&desk).await;
    desk.clock.advance(TimeDelta::seconds(31));

    let late = judge.posts("suspects", &desk::rankings()).await;
    desk.ticks().await;
    let later = judge.posts("suspects", &desk::report()["suspects"]).await;

    assert_eq!([late.0, later.0], [StatusCode::CONFLICT; 2]);
    let shown = desk.shows(submission).await;
    assert_eq!((&shown["pending"], &shown["revision"]), (&json!([]), &json!(5)));
    assert_eq!(shown["report"]["suspects"], desk::report()["suspects"]);
    assert_eq!(desk.events("suspects.added").await, 0);
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn after_the_report_the_token_is_good_for_suspects_alone(db: PgPool) {
    let desk = Desk::new(db).await;
    let (_, mut judge) = searching(&desk).await;

    let claimed = judge.posts("claim", &json!({})).await;
    let spoke = judge.posts("progress", &json!({ "phase": "test", "done": 1, "of": 5 })).await;
    judge.token = "0".repeat(64);
    let (stranger, problem) = judge.posts("suspects", &desk::rankings()).await;

    assert_eq!([claimed.0, spoke.0], [StatusCode::CONFLICT; 2]);
    assert_eq!(stranger, StatusCode::NOT_FOUND);
    assert_eq!(problem["type"], "/problems/unknown-attempt");
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn a_report_without_a_search_waits_for_no_suspects(db: PgPool) {
    let desk = Desk::new(db).await;
    let submission = desk.submission().await;
    let judge = desk.judge(submission).await;
    judge.posts("claim", &json!({})).await;
    judge.posts("report", &desk::report()).await;

    let added = judge.posts("suspects", &desk::rankings()).await;

    assert_eq!(added.0, StatusCode::CONFLICT);
    assert_eq!(desk.shows(submission).await["pending"], Value::Array(Vec::new()));
}
