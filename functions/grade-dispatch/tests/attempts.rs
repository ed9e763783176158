//! What judges and the broker are promised, through the router and on a real database.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod desk;
mod outages;
mod races;
mod searches;

use axum::http::StatusCode;
use chrono::TimeDelta;
use desk::Desk;
use serde_json::json;
use shared::store::MIGRATOR;
use sqlx::PgPool;

#[sqlx::test(migrator = "MIGRATOR")]
async fn an_event_that_comes_twice_makes_one_attempt(db: PgPool) {
    let desk = Desk::new(db).await;
    let submission = desk.submission().await;

    let first = desk.received(submission, "event-1").await;
    let again = desk.received(submission, "event-1").await;

    assert_eq!((first, again), (StatusCode::ACCEPTED, StatusCode::ACCEPTED));
    assert_eq!(desk.states(submission).await, ["queued"]);
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn an_event_about_no_submission_is_to_come_again(db: PgPool) {
    let desk = Desk::new(db).await;

    let answer = desk.received(shared::ids::SubmissionId::new(), "event-1").await;

    assert_eq!(answer, StatusCode::NOT_FOUND);
    assert_eq!(desk.attempts().await, 0);
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn a_judge_claims_reports_and_may_repeat_both(db: PgPool) {
    let desk = Desk::new(db).await;
    let submission = desk.submission().await;
    let judge = desk.judge(submission).await;

    let work = judge.posts("claim", &json!({})).await;
    let again = judge.posts("claim", &json!({})).await;
    let reported = judge.posts("report", &desk::report()).await;
    let repeated = judge.posts("report", &desk::report()).await;

    assert_eq!(work.1["files"]["solution.py"], "print(1)\n");
    assert_eq!(work, again);
    assert_eq!((reported.0, repeated.0), (StatusCode::NO_CONTENT, StatusCode::NO_CONTENT));
    assert_eq!(desk.states(submission).await, ["graded"]);
    assert_eq!(desk.events("grading.finished").await, 1, "told once");
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn another_report_after_the_first_changes_nothing(db: PgPool) {
    let desk = Desk::new(db).await;
    let submission = desk.submission().await;
    let judge = desk.judge(submission).await;
    judge.posts("claim", &json!({})).await;
    judge.posts("report", &desk::report()).await;

    let mut forged = desk::report();
    forged["tests"][0]["points"] = json!(1.0);
    let (status, problem) = judge.posts("report", &forged).await;

    assert_eq!(status, StatusCode::CONFLICT);
    assert_eq!(problem["type"], "/problems/stale-attempt");
    assert_eq!(desk.points(submission).await, "0.0000");
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn a_wrong_token_finds_no_attempt(db: PgPool) {
    let desk = Desk::new(db).await;
    let submission = desk.submission().await;
    let mut judge = desk.judge(submission).await;
    judge.token = "0".repeat(64);

    let (status, problem) = judge.posts("claim", &json!({})).await;

    assert_eq!(status, StatusCode::NOT_FOUND);
    assert_eq!(problem["type"], "/problems/unknown-attempt");
    assert_eq!(desk.states(submission).await, ["queued"]);
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn a_judge_that_falls_silent_is_replaced_and_then_too_late(db: PgPool) {
    let desk = Desk::new(db).await;
    let submission = desk.submission().await;
    let judge = desk.judge(submission).await;
    judge.posts("claim", &json!({})).await;

    desk.clock.advance(TimeDelta::seconds(16));
    let ticked = desk.ticks().await;
    let late = judge.posts("report", &desk::report()).await;

    assert_eq!(ticked, StatusCode::ACCEPTED);
    assert_eq!(desk.states(submission).await, ["lost", "queued"]);
    assert_eq!(late.0, StatusCode::CONFLICT);
    assert_eq!(desk.events("grading.finished").await, 0);
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn a_judge_that_speaks_keeps_its_lease(db: PgPool) {
    let desk = Desk::new(db).await;
    let submission = desk.submission().await;
    let judge = desk.judge(submission).await;
    judge.posts("claim", &json!({})).await;

    for done in 1..4 {
        desk.clock.advance(TimeDelta::seconds(10));
        let progress = json!({ "phase": "test", "done": done, "of": 5 });
        assert_eq!(judge.posts("progress", &progress).await.0, StatusCode::NO_CONTENT);
        desk.ticks().await;
    }

    assert_eq!(desk.states(submission).await, ["grading"]);
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn the_third_loss_is_a_failure_that_says_why(db: PgPool) {
    let desk = Desk::new(db).await;
    let submission = desk.submission().await;
    desk.judge(submission).await.posts("claim", &json!({})).await;

    for _ in 0..2 {
        desk.clock.advance(TimeDelta::seconds(16));
        desk.ticks().await;
        desk.newest_judge(submission).await.posts("claim", &json!({})).await;
    }
    desk.clock.advance(TimeDelta::seconds(16));
    desk.ticks().await;

    assert_eq!(desk.states(submission).await, ["lost", "lost", "failed"]);
    assert_eq!(desk.problem(submission).await["type"], "/problems/grading-failed");
    assert_eq!(desk.events("grading.finished").await, 1);
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn a_loss_from_before_this_process_is_not_counted(db: PgPool) {
    let desk = Desk::new(db).await;
    let submission = desk.submission().await;
    desk.judge(submission).await.posts("claim", &json!({})).await;

    for _ in 0..4 {
        desk.clock.advance(TimeDelta::seconds(1));
        let restarted = desk.restarted().await;
        desk.clock.advance(TimeDelta::seconds(16));
        restarted.ticks().await;
        restarted.newest_judge(submission).await.posts("claim", &json!({})).await;
    }

    assert_eq!(desk.states(submission).await, ["lost", "lost", "lost", "lost", "grading"]);
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn a_submission_whose_event_went_astray_gets_its_attempt_by_a_tick(db: PgPool) {
    let desk = Desk::new(db).await;
    let submission = desk.submission().await;

    desk.ticks().await;
    assert_eq!(desk.attempts().await, 0, "not yet due");
    desk.clock.advance(TimeDelta::seconds(31));
    desk.ticks().await;
    desk.ticks().await;

    assert_eq!(desk.states(submission).await, ["queued"]);
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn feedback_that_never_came_is_asked_for_again_now_and_then(db: PgPool) {
    let desk = Desk::new(db).await;
    let submission = desk.submission().await;
    let judge = desk.judge(submission).await;
    judge.posts("claim", &json!({})).await;
    judge.posts("report", &desk::report()).await;

    desk.clock.advance(TimeDelta::minutes(10));
    desk.ticks().await;
    desk.ticks().await;

    assert_eq!(desk.events("grading.finished").await, 2);
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn feedback_that_fails_for_good_leaves_a_problem_and_the_score(db: PgPool) {
    let desk = Desk::new(db).await;
    let submission = desk.submission().await;
    let judge = desk.judge(submission).await;
    judge.posts("claim", &json!({})).await;
    judge.posts("report", &desk::report()).await;

    for _ in 0..6 {
        desk.clock.advance(TimeDelta::seconds(31));
        desk.ticks().await;
    }

    assert_eq!(desk.events("grading.finished").await, 5);
    let shown = desk.shows(submission).await;
    assert_eq!(shown["state"], "complete");
    assert_eq!(shown["problem"]["type"], "/problems/feedback-failed");
    assert_eq!(desk.points(submission).await, "0.0000");
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn what_cannot_be_mended_holds_nothing_else_up(db: PgPool) {
    let desk = Desk::new(db).await;
    desk.spoilt_assignment().await;
    let submission = desk.submission().await;
    let judge = desk.judge(submission).await;
    judge.posts("claim", &json!({})).await;
    judge.posts("report", &desk::report()).await;

    desk.clock.advance(TimeDelta::minutes(10));
    let ticked = desk.ticks().await;

    assert_eq!(ticked, StatusCode::ACCEPTED);
    assert_eq!(desk.events("grading.finished").await, 2, "asked for in spite of it");
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn what_becomes_of_an_attempt_can_be_read_later(db: PgPool) {
    let desk = Desk::new(db).await;
    desk.wants_check().await;
    for _ in 0..3 {
        let judge = desk.newest_judge_of_check().await;
        judge.posts("claim", &json!({})).await;
        judge.posts("claim", &json!({})).await;
        desk.clock.advance(TimeDelta::seconds(16));
        desk.ticks().await;
    }

    let audit = desk.audit().await;

    let (claimed, lost) = ("grader claim_attempt", "grade-dispatch lose_attempt");
    let ended = ["grade-dispatch fail_attempt", "grade-dispatch reject_assignment"];
    assert_eq!(audit, [&[claimed, lost, claimed, lost, claimed][..], &ended].concat());
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn a_reference_that_fails_rejects_its_assignment_and_says_where(db: PgPool) {
    let desk = Desk::new(db).await;
    desk.wants_check().await;
    let judge = desk.newest_judge_of_check().await;
    judge.posts("claim", &json!({})).await;

    judge.posts("report", &desk::report()).await;

    let (state, problem) = desk.assignment().await;
    assert_eq!(state, "rejected");
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("python reference fails test one"), "{detail}");
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn a_reference_that_passes_makes_its_assignment_ready(db: PgPool) {
    let desk = Desk::new(db).await;
    desk.wants_check().await;
    let judge = desk.newest_judge_of_check().await;
    let work = judge.posts("claim", &json!({})).await;
    let mut report = desk::report();
    report["tests"][0]["outcome"] = json!("passed");

    judge.posts("report", &report).await;

    assert_eq!(work.1["files"]["solution.py"], "print(2)\n");
    assert_eq!(desk.assignment().await.0, "ready");
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn an_event_of_unknown_type_or_for_another_part_is_refused(db: PgPool) {
    let desk = Desk::new(db).await;

    let unknown = desk.delivers("com.example.other", "grade-dispatch").await;
    let foreign = desk.delivers("dev.faultline.tick.v1", "feedback").await;

    assert_eq!(unknown.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(unknown.1["type"], "/problems/unknown-event");
    assert_eq!(foreign.0, StatusCode::UNAUTHORIZED);
}
