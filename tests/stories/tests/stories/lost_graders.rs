//! A grader that dies costs the learner nothing but time.

use chrono::{DateTime, TimeDelta, Utc};
use harness::{Assignment, Setting, World, graders, programs::ENDLESS_PYTHON, until};
use shared::{
    clock::Clock,
    ids::{AttemptId, SubmissionId},
    submission::State,
    work::LEASE_MS,
};
use sqlx::PgPool;
use uuid::Uuid;

use crate::classroom;

/// One test, whose limit leaves a grader busy for a second.
fn slow() -> Assignment {
    Assignment::new("slow", ["python"])
        .test("one", "1\n", "1\n")
        .says("[limits]\ncpu_seconds = 1\n")
}

/// Ends the grader of a submission's n-th attempt, as soon as it runs; gives the attempt.
async fn crash_grader(db: &PgPool, id: SubmissionId, nth: i32) -> AttemptId {
    let attempt = running(db, id, nth).await;
    graders::crash(attempt).await;
    attempt
}

/// A submission's n-th attempt, as soon as a grader has it.
async fn running(db: &PgPool, id: SubmissionId, nth: i32) -> AttemptId {
    let attempt = until("an attempt in a slot", async || {
        let query = "select id from attempts where submission_id = $1 and n = $2
                     and state = 'grading' and claimed_at is not null";
        let query = sqlx::query_scalar::<_, Uuid>(query).bind(id.0).bind(nth);
        query.fetch_optional(db).await.expect("the database answers")
    });
    attempt.await.into()
}

/// Turns the clock past an attempt's lease, again where a last word prolonged it, until it is lost.
async fn lease_lapses(db: &PgPool, attempt: AttemptId, clock: &Clock) {
    until("the loss of an attempt", async || {
        let query = sqlx::query_as("select state, lease_until from attempts where id = $1");
        let query = query.bind(attempt.0).fetch_one(db);
        let (state, lease): (String, Option<DateTime<Utc>>) = query.await.expect("it is there");
        if lease.is_some_and(|lease| lease >= clock.now()) {
            clock.advance(TimeDelta::milliseconds(LEASE_MS + 1_000));
        }
        (state == "lost").then_some(())
    })
    .await;
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_grader_that_is_killed_is_replaced(db: PgPool) {
    let world = classroom::with(&db, &slow()).await;
    let ada = world.learner("ada");

    let accepted = ada.submits("slow", "solution.py", ENDLESS_PYTHON).await;
    let lost = crash_grader(&db, accepted.id(), 1).await;
    let complete = ada.waits_for(accepted.id(), State::Complete).await;

    assert_ne!(complete.attempt.expect("an attempt is shown").id, lost);
    assert_eq!(complete.r#try, Some(1), "a loss costs no try");
    let query = "select state from attempts where submission_id = $1 order by n";
    let states: Vec<String> =
        sqlx::query_scalar(query).bind(complete.id.0).fetch_all(&db).await.unwrap();
    assert_eq!(states, ["lost", "complete"]);
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn after_three_losses_grading_fails_and_says_why(db: PgPool) {
    let world = classroom::with(&db, &slow()).await;
    let ada = world.learner("ada");

    let accepted = ada.submits("slow", "solution.py", ENDLESS_PYTHON).await;
    for nth in 1..=3 {
        crash_grader(&db, accepted.id(), nth).await;
    }
    let failed = ada.waits_for(accepted.id(), State::Failed).await;

    let error = failed.error.expect("a failed submission says why");
    assert_eq!(error["type"], "/problems/grading-failed");
    assert!(error["detail"].as_str().is_some_and(|told| told.contains("3 times")), "{error:#}");
    assert_eq!((failed.r#try, failed.score), (None, None), "a failure of ours costs no try");
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_grader_that_says_nothing_is_replaced_once_its_lease_is_over(db: PgPool) {
    let clock = Clock::turned(Clock::default().now());
    let setting = Setting { clock: clock.clone(), ..Setting::default() };
    let world = World::with(&db, classroom::PROGRAM, setting).await;
    world.instructor("grace").uploads(&slow()).await;
    let ada = world.learner("ada");

    let accepted = ada.submits("slow", "solution.py", ENDLESS_PYTHON).await;
    let attempt = running(&db, accepted.id(), 1).await;
    graders::freeze(attempt).await;
    lease_lapses(&db, attempt, &clock).await;
    let complete = ada.waits_for(accepted.id(), State::Complete).await;

    let query = "select state from attempts where submission_id = $1 order by n";
    let states: Vec<String> =
        sqlx::query_scalar(query).bind(complete.id.0).fetch_all(&db).await.unwrap();
    assert_eq!(states, ["lost", "complete"]);
}
