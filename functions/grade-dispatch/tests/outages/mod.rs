//! Graders that are lost because we ourselves were down.

use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::json;
use shared::store::MIGRATOR;
use sqlx::PgPool;

use super::desk::Desk;

#[sqlx::test(migrator = "MIGRATOR")]
async fn a_judge_that_outlives_the_database_s_absence_goes_on(db: PgPool) {
    let desk = Desk::new(db).await;
    let submission = desk.submission().await;
    let judge = desk.judge(submission).await;
    judge.posts("claim", &json!({})).await;
    let progress = json!({ "phase": "test", "done": 1, "of": 5 });

    let absence = desk.cut_off().await;
    desk.clock.advance(TimeDelta::seconds(60));
    let unheard = judge.posts("progress", &progress).await;
    drop(absence);
    desk.ticks().await;
    let heard = judge.posts("progress", &progress).await;

    assert_eq!(unheard.0, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(heard.0, StatusCode::NO_CONTENT);
    assert_eq!(desk.states(submission).await, ["grading"]);
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn a_judge_that_is_lost_in_the_database_s_absence_is_not_counted(db: PgPool) {
    let desk = Desk::new(db).await;
    let submission = desk.submission().await;
    let judge = desk.judge(submission).await;
    judge.posts("claim", &json!({})).await;

    let absence = desk.cut_off().await;
    desk.clock.advance(TimeDelta::seconds(1));
    let unheard = desk.ticks().await;
    drop(absence);
    desk.ticks().await;
    desk.clock.advance(TimeDelta::seconds(16));
    desk.ticks().await;
    desk.newest_judge(submission).await.posts("claim", &json!({})).await;
    desk.clock.advance(TimeDelta::seconds(16));
    desk.ticks().await;

    assert_eq!(unheard, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(desk.states(submission).await, ["lost", "lost", "queued"]);
    assert_eq!(desk.counted().await, [false, true], "the second had no excuse");
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn what_an_earlier_process_left_is_graded_again_at_once(db: PgPool) {
    let desk = Desk::new(db).await;
    let (left, waiting) = (desk.submission().await, desk.submission().await);
    desk.judge(left).await.posts("claim", &json!({})).await;
    desk.received(waiting, "event-2").await;
    desk.clock.advance(TimeDelta::seconds(1));
    let restarted = desk.restarted().await;

    restarted.takes_over().await;

    assert_eq!(desk.states(left).await, ["lost", "queued"]);
    assert_eq!(desk.counted().await, [false]);
    assert_eq!(desk.states(waiting).await, ["queued"]);
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn what_this_process_grades_is_left_alone_when_it_takes_over(db: PgPool) {
    let desk = Desk::new(db).await;
    let submission = desk.submission().await;
    desk.judge(submission).await.posts("claim", &json!({})).await;

    desk.takes_over().await;

    assert_eq!(desk.states(submission).await, ["grading"]);
}
