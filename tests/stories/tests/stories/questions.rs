//! A question about the learner's own run has one right answer: what was observed.

use harness::{World, programs::BUGGY_PYTHON};
use shared::submission::{AnswerResult, Submission};
use sqlx::PgPool;

use crate::classroom;

/// A submission of ada's with a question, the question's number and its right answer.
async fn asked(world: &World) -> (Submission, i32, String) {
    let complete = world.learner("ada").completes("largest", "solution.py", BUGGY_PYTHON).await;
    let query = "select n, answer from questions where submission_id = $1 order by n limit 1";
    let query = sqlx::query_as(query).bind(complete.id.0).fetch_one(&world.db);
    let (n, answer) = query.await.expect("the buggy program gives rise to a question");
    (complete, n, answer)
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_right_answer_is_told_with_what_was_observed(db: PgPool) {
    let world = classroom::with_largest(&db).await;
    let ada = world.learner("ada");
    let (complete, n, answer) = asked(&world).await;

    let told: AnswerResult = ada.answers(complete.id, n, &answer).await.read();

    assert!(told.answered.right);
    assert_eq!(told.answered.observed, answer);
    let after = ada.reads(complete.id).await;
    let question = after.feedback.expect("feedback stays").questions.remove(0);
    assert_eq!(question.answered, Some(told.answered));
    assert!(after.revision > complete.revision, "watchers are told");
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_wrong_answer_brings_the_next_hint(db: PgPool) {
    let world = classroom::with_largest(&db).await;
    let ada = world.learner("ada");
    let (complete, n, _) = asked(&world).await;
    let before = complete.feedback.expect("it has feedback").hints.len();

    let told: AnswerResult = ada.answers(complete.id, n, "no idea").await.read();

    assert!(!told.answered.right);
    let hint = told.next_hint.expect("there are more hints than the first");
    let hints = ada.reads(complete.id).await.feedback.expect("feedback stays").hints;
    assert_eq!(hints.len(), before + 1);
    assert_eq!(hints.last(), Some(&hint));
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn an_answer_does_not_change(db: PgPool) {
    let world = classroom::with_largest(&db).await;
    let ada = world.learner("ada");
    let (complete, n, answer) = asked(&world).await;
    ada.answers(complete.id, n, "no idea").await;

    let again = ada.answers(complete.id, n, &answer);
    classroom::refused(&world, 409, "already-answered", again).await;
    let unknown = ada.answers(complete.id, 4711, &answer);
    classroom::refused(&world, 404, "unknown-question", unknown).await;
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn an_answer_is_text(db: PgPool) {
    let world = classroom::with_largest(&db).await;
    let ada = world.learner("ada");
    let (complete, n, _) = asked(&world).await;

    for (text, why) in [("a\u{0}", "NUL"), (" ", "empty"), (&"a".repeat(1001), "1001")] {
        let call = ada.answers(complete.id, n, text);
        let told = classroom::refused(&world, 422, "invalid-body", call).await;
        assert!(told.contains("/text") && told.contains(why), "{told}");
    }
}
