//! What comes twice, late or at the same time is done once.

use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::json;
use shared::store::MIGRATOR;
use sqlx::PgPool;

use super::desk::Desk;

#[sqlx::test(migrator = "MIGRATOR")]
async fn an_event_that_comes_after_its_tick_is_not_graded_twice(db: PgPool) {
    let desk = Desk::new(db).await;
    let submission = desk.submission().await;
    desk.clock.advance(TimeDelta::seconds(31));
    desk.ticks().await;

    let late = desk.received(submission, "event-1").await;

    assert_eq!(late, StatusCode::ACCEPTED);
    assert_eq!(desk.states(submission).await, ["queued"]);
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn a_check_that_was_begun_by_a_tick_is_not_begun_by_its_event(db: PgPool) {
    let desk = Desk::new(db).await;
    desk.clock.advance(TimeDelta::seconds(31));
    desk.ticks().await;

    let late = desk.wants_check().await;

    assert_eq!(late, StatusCode::ACCEPTED);
    assert_eq!(desk.attempts().await, 1);
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn two_ticks_at_once_begin_a_check_once(db: PgPool) {
    let desk = Desk::new(db).await;
    let another = desk.restarted().await;
    desk.clock.advance(TimeDelta::seconds(31));
    let mut meanwhile = desk.meanwhile().await;
    sqlx::query("select from assignments for update").execute(&mut *meanwhile).await.unwrap();

    let both_wait = async {
        desk.queues(2).await;
        meanwhile.commit().await.unwrap();
    };
    let (first, second, ()) = tokio::join!(desk.ticks(), another.ticks(), both_wait);

    assert_eq!([first, second], [StatusCode::ACCEPTED; 2]);
    assert_eq!(desk.attempts().await, 1);
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn a_judge_that_speaks_while_it_is_given_up_goes_on(db: PgPool) {
    let desk = Desk::new(db).await;
    let submission = desk.submission().await;
    desk.judge(submission).await.posts("claim", &json!({})).await;
    desk.clock.advance(TimeDelta::seconds(16));
    let mut meanwhile = desk.meanwhile().await;
    let lease = desk.clock.now() + TimeDelta::seconds(15);
    let speaks = sqlx::query("update attempts set lease_until = $1").bind(lease);
    speaks.execute(&mut *meanwhile).await.unwrap();

    let it_waits = async {
        desk.queues(1).await;
        meanwhile.commit().await.unwrap();
    };
    let (ticked, ()) = tokio::join!(desk.ticks(), it_waits);

    assert_eq!(ticked, StatusCode::ACCEPTED);
    assert_eq!(desk.states(submission).await, ["grading"]);
}
