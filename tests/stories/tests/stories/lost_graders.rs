//! A grader that dies costs the learner nothing but time.

use harness::{graders, programs::ENDLESS_PYTHON, until};
use shared::{
    ids::{AttemptId, SubmissionId},
    submission::State,
};
use sqlx::PgPool;
use uuid::Uuid;

use crate::classroom;

/// Ends the grader of a submission's n-th attempt, as soon as it runs; gives the attempt.
async fn crash_grader(db: &PgPool, id: SubmissionId, nth: i32) -> AttemptId {
    let attempt = until("an attempt in a slot", async || {
        let query = "select id from attempts where submission_id = $1 and n = $2
                     and state = 'grading'";
        let query = sqlx::query_scalar::<_, Uuid>(query).bind(id.0).bind(nth);
        query.fetch_optional(db).await.unwrap()
    });
    let attempt = attempt.await.into();
    graders::crash(attempt).await;
    attempt
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_grader_that_is_killed_is_replaced(db: PgPool) {
    let world = classroom::with_largest(&db).await;
    let ada = world.learner("ada");

    let accepted = ada.submits("largest", "solution.py", ENDLESS_PYTHON).await;
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
    let world = classroom::with_largest(&db).await;
    let ada = world.learner("ada");

    let accepted = ada.submits("largest", "solution.py", ENDLESS_PYTHON).await;
    for nth in 1..=3 {
        crash_grader(&db, accepted.id(), nth).await;
    }
    let failed = ada.waits_for(accepted.id(), State::Failed).await;

    let error = failed.error.expect("a failed submission says why");
    assert_eq!(error["type"], "/problems/grading-failed");
    assert!(error["detail"].as_str().is_some_and(|told| told.contains("3 times")), "{error:#}");
    assert_eq!((failed.r#try, failed.score), (None, None), "a failure of ours costs no try");
}
