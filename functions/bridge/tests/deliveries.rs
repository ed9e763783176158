//! What the bridge promises to whoever writes an outbox row, on a real database and over real HTTP.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod desk;

use axum::http::StatusCode;
use desk::Desk;
use shared::store::MIGRATOR;
use sqlx::PgPool;

#[sqlx::test(migrator = "MIGRATOR")]
async fn an_event_is_delivered_to_its_receiver_and_marked(db: PgPool) {
    let desk = Desk::new(db).await;

    let id = desk.decides("grading.finished", "submission-1").await;
    desk.until_sent(1).await;

    let [delivered] = &desk.delivered()[..] else { panic!("one delivery") };
    assert_eq!((delivered.part.as_str(), delivered.id), ("feedback", id));
    assert_eq!(delivered.kind, "dev.faultline.grading.finished.v1");
    assert_eq!(delivered.traceparent.as_deref(), Some(desk::TRACE));
    assert!(desk.trusts(&delivered.token, "feedback"), "a token of the receiver's audience");
    desk.stop().await;
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn an_event_without_a_receiver_is_marked_too(db: PgPool) {
    let desk = Desk::new(db).await;

    desk.decides("feedback.ready", "submission-1").await;
    desk.until_sent(1).await;

    assert!(desk.delivered().is_empty());
    desk.stop().await;
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn a_receiver_that_fails_for_now_gets_the_event_again(db: PgPool) {
    let desk = Desk::new(db).await;
    desk.answers("feedback", StatusCode::SERVICE_UNAVAILABLE);

    let id = desk.decides("grading.finished", "submission-1").await;
    desk.until_delivered(1).await;
    assert_eq!(desk.sent().await, 0, "not done yet");
    desk.answers("feedback", StatusCode::ACCEPTED);
    desk.until_sent(1).await;

    assert!(desk.delivered().iter().all(|delivered| delivered.id == id));
    assert_eq!(desk.dead_letters().await, []);
    desk.stop().await;
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn what_no_retry_will_mend_goes_to_the_dead_letters_with_the_reason(db: PgPool) {
    let desk = Desk::new(db).await;
    desk.answers("feedback", StatusCode::UNPROCESSABLE_ENTITY);

    let id = desk.decides("grading.finished", "submission-1").await;
    desk.until_sent(1).await;

    let [(queue, event, reason)] = &desk.dead_letters().await[..] else { panic!("one letter") };
    assert_eq!(queue, "feedback");
    assert_eq!(event["id"], id.to_string());
    assert!(reason.starts_with("422"), "{reason}");
    desk.stop().await;
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn a_receiver_that_is_down_holds_up_no_other(db: PgPool) {
    let desk = Desk::new(db).await;
    desk.answers("feedback", StatusCode::SERVICE_UNAVAILABLE);

    for n in 0..300 {
        desk.decides("grading.finished", &format!("submission-{n}")).await;
    }
    desk.decides("submission.received", "submission-300").await;
    desk.until_sent(1).await;

    assert!(desk.delivered().iter().any(|delivered| delivered.part == "grade-dispatch"));
    desk.stop().await;
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn what_was_on_its_way_when_a_bridge_ended_is_delivered_by_the_next(db: PgPool) {
    let desk = Desk::new(db).await;
    desk.answers("feedback", StatusCode::SERVICE_UNAVAILABLE);
    let id = desk.decides("grading.finished", "submission-1").await;
    desk.until_delivered(1).await;

    let next = desk.restarted().await;
    next.until_sent(1).await;

    assert!(next.delivered().iter().any(|delivered| delivered.id == id));
    next.stop().await;
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn something_due_is_told_by_a_tick_and_nothing_due_by_none(db: PgPool) {
    let desk = Desk::new(db).await;
    desk.forgets_a_submission().await;

    desk.until_delivered(1).await;

    let delivered = desk.delivered();
    assert!(delivered.iter().all(|it| it.kind == "dev.faultline.tick.v1"), "{delivered:?}");
    assert!(delivered.iter().all(|it| it.part == "grade-dispatch"));
    desk.stop().await;
}
