//! What learners and the broker are promised, through the router and on a real database.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod room;

use axum::http::StatusCode;
use room::{Graded, Room, report};
use serde_json::{Value, json};
use shared::{ids::AttemptId, store::MIGRATOR};
use sqlx::PgPool;

#[sqlx::test(migrator = "MIGRATOR")]
async fn a_graded_submission_gets_feedback_once_however_often_it_is_told(db: PgPool) {
    let room = Room::new(db).await;
    let graded = room.graded(&report()).await;

    let first = room.finished(graded, "event-1").await;
    let again = room.finished(graded, "event-1").await;
    let another = room.finished(graded, "event-2").await;

    assert_eq!([first, again, another], [StatusCode::ACCEPTED; 3]);
    let shown = room.shows(graded).await;
    assert_eq!((&shown["state"], &shown["submission"]), (&json!("complete"), &json!("complete")));
    assert_eq!((&shown["unlocked"], &shown["questions"]), (&json!(1), &json!(1)));
    assert_eq!(shown["hints"].as_array().unwrap().len(), 3);
    let ready = json!({ "submission_id": graded.submission, "revision": 2, "writer": "rules" });
    assert_eq!(room.outbox().await, [("feedback.ready".to_owned(), ready)]);
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn checks_patches_and_failures_are_only_acknowledged(db: PgPool) {
    let room = Room::new(db).await;
    let graded = room.graded(&report()).await;

    let answers = [
        room.delivers(graded, "event-1", "check", false).await,
        room.delivers(graded, "event-2", "verify", false).await,
        room.delivers(graded, "event-3", "grade", true).await,
    ];

    assert_eq!(answers, [StatusCode::ACCEPTED; 3]);
    assert_eq!(room.shows(graded).await["state"], "graded");
    assert_eq!(room.outbox().await, []);
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn an_event_about_no_attempt_is_to_come_again(db: PgPool) {
    let room = Room::new(db).await;
    let graded = room.graded(&report()).await;

    let unknown = Graded { attempt: AttemptId::new(), ..graded };
    let answer = room.finished(unknown, "event-1").await;

    assert_eq!(answer, StatusCode::NOT_FOUND);
    assert_eq!(
        room.finished(graded, "event-1").await,
        StatusCode::ACCEPTED,
        "the id is still free"
    );
    assert_eq!(room.shows(graded).await["state"], "complete");
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn a_report_that_cannot_be_read_leaves_a_problem_and_the_score(db: PgPool) {
    let room = Room::new(db).await;
    let graded = room.graded(&json!({ "grader": "from another time" })).await;

    let answer = room.finished(graded, "event-1").await;

    assert_eq!(answer, StatusCode::ACCEPTED);
    let shown = room.shows(graded).await;
    assert_eq!((&shown["state"], &shown["points"]), (&json!("complete"), &json!(1.0)));
    assert_eq!(shown["problem"]["type"], "/problems/feedback-failed");
    assert_eq!(shown["hints"], json!([]));
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn a_wrong_answer_tells_the_value_and_unlocks_the_next_hint(db: PgPool) {
    let room = Room::new(db).await;
    let graded = room.graded(&report()).await;
    room.finished(graded, "event-1").await;

    let (status, answer) = room.answers("ada", graded.submission, 1, "4").await;

    assert_eq!(status, StatusCode::OK);
    assert_eq!((&answer["right"], &answer["observed"]), (&json!(false), &json!("3")));
    assert_eq!(answer["next_hint"]["level"], 2);
    let shown = room.shows(graded).await;
    assert_eq!((&shown["unlocked"], &shown["revision"]), (&json!(2), &json!(3)));
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn a_right_answer_is_taken_once(db: PgPool) {
    let room = Room::new(db).await;
    let graded = room.graded(&report()).await;
    room.finished(graded, "event-1").await;

    let (_, first) = room.answers("ada", graded.submission, 1, " 3.0 ").await;
    let (status, again) = room.answers("ada", graded.submission, 1, "4").await;

    assert_eq!((&first["right"], &first["next_hint"]), (&json!(true), &Value::Null));
    assert_eq!(status, StatusCode::CONFLICT);
    assert_eq!(again["type"], "/problems/already-answered");
    assert_eq!(room.shows(graded).await["unlocked"], 1);
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn nobody_but_its_learner_may_answer(db: PgPool) {
    let room = Room::new(db).await;
    let graded = room.graded(&report()).await;
    room.finished(graded, "event-1").await;

    let (eve, _) = room.answers("eve", graded.submission, 1, "3").await;
    let (grace, problem) = room.answers("grace", graded.submission, 1, "3").await;
    let (ada, none) = room.answers("ada", graded.submission, 7, "3").await;

    assert_eq!([eve, grace, ada], [StatusCode::NOT_FOUND; 3]);
    assert_eq!(problem["type"], "/problems/unknown-submission");
    assert_eq!(none["type"], "/problems/unknown-question");
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn an_answer_that_is_empty_or_too_long_is_refused_and_may_be_mended(db: PgPool) {
    let room = Room::new(db).await;
    let graded = room.graded(&report()).await;
    room.finished(graded, "event-1").await;

    let (empty, _) = room.answers("ada", graded.submission, 1, " ").await;
    let (long, problem) = room.answers("ada", graded.submission, 1, &"é".repeat(1001)).await;
    let (mended, _) = room.answers("ada", graded.submission, 1, &"é".repeat(1000)).await;

    assert_eq!([empty, long], [StatusCode::UNPROCESSABLE_ENTITY; 2]);
    assert_eq!(problem["errors"][0]["pointer"], "/text");
    assert_eq!(mended, StatusCode::OK);
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn questions_of_a_regrade_go_on_counting(db: PgPool) {
    let room = Room::new(db).await;
    let graded = room.graded(&report()).await;
    room.finished(graded, "event-1").await;

    let regraded = room.attempt(graded.submission, "regrade", &report()).await;
    room.delivers(regraded, "event-2", "regrade", false).await;

    assert_eq!(room.numbers(graded.submission).await, [1, 2]);
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn what_a_search_adds_is_written_anew_and_takes_nothing_back(db: PgPool) {
    let room = Room::new(db).await;
    let graded = room.graded(&report()).await;
    room.finished(graded, "event-1").await;
    room.answers("ada", graded.submission, 1, "4").await;
    let before = room.shows(graded).await;

    let first = room.searched(graded, "event-2").await;
    let again = room.searched(graded, "event-2").await;

    assert_eq!([first, again], [StatusCode::ACCEPTED; 2]);
    let shown = room.shows(graded).await;
    assert!(before["hints"].to_string().contains("\"line\":4"), "{before}");
    assert!(shown["hints"].to_string().contains("\"line\":5"), "{shown}");
    assert_eq!((&shown["unlocked"], &shown["questions"]), (&json!(2), &json!(1)));
    assert_eq!((&before["revision"], &shown["revision"]), (&json!(3), &json!(4)));
    let ready = json!({ "submission_id": graded.submission, "revision": 4, "writer": "rules" });
    assert_eq!(room.outbox().await[1..], [("feedback.ready".to_owned(), ready)]);
}

#[sqlx::test(migrator = "MIGRATOR")]
async fn suspects_that_come_before_any_feedback_wait_for_it(db: PgPool) {
    let room = Room::new(db).await;
    let graded = room.graded(&report()).await;

    let early = room.searched(graded, "event-1").await;
    assert_eq!((early, room.outbox().await), (StatusCode::ACCEPTED, Vec::new()));
    room.finished(graded, "event-2").await;

    let shown = room.shows(graded).await;
    assert_eq!((&shown["state"], &shown["revision"]), (&json!("complete"), &json!(2)));
    assert!(shown["hints"].to_string().contains("\"line\":5"), "{shown}");
}
