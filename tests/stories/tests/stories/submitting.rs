//! A submission is graded, its bug is found, and its learner is told without being handed the solution.

use harness::programs::{
    BROKEN_C, BUGGY_C, BUGGY_C_LINE, BUGGY_PYTHON, BUGGY_PYTHON_LINE, RIGHT_PYTHON,
};
use shared::{
    report::{BuildOutcome, Outcome},
    submission::{State, Submission},
};
use sqlx::PgPool;

use crate::classroom;

/// What every submission of the buggy program has, in whatever language.
fn shows_the_bug(submission: &Submission, line: u32) {
    let outcomes: Vec<_> = submission.tests.iter().map(|test| test.outcome).collect();
    let (passed, wrong) = (Outcome::Passed, Outcome::WrongAnswer);
    assert_eq!(outcomes, [passed, wrong, passed, wrong]);
    assert_eq!(submission.score.map(|score| (score.points, score.possible)), Some((2.0, 4.0)));
    assert_eq!(submission.suspects[0].line, line, "{:#?}", submission.suspects);
    let feedback = submission.feedback.as_ref().expect("a complete submission has feedback");
    assert!(!feedback.summary.is_empty() && !feedback.hints.is_empty(), "{feedback:#?}");
    assert_eq!(submission.error, None);
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_buggy_python_program_gets_suspects_feedback_and_a_question(db: PgPool) {
    let world = classroom::with_largest(&db).await;
    let ada = world.learner("ada");

    let accepted = ada.submits("largest", "solution.py", BUGGY_PYTHON).await;
    let complete = ada.waits_for(accepted.id(), State::Complete).await;

    assert_eq!(accepted.status, 202);
    assert!(accepted.header("location").ends_with(&format!("/v1/submissions/{}", accepted.id())));
    shows_the_bug(&complete, BUGGY_PYTHON_LINE);
    let questions = complete.feedback.expect("it has feedback").questions;
    assert!(questions.iter().any(|question| question.answered.is_none()), "{questions:#?}");
    assert_eq!((complete.r#try, complete.language.as_str()), (Some(1), "python"));
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_buggy_c_program_gets_suspects_and_feedback(db: PgPool) {
    let world = classroom::with_largest(&db).await;

    let complete = world.learner("ada").completes("largest", "solution.c", BUGGY_C).await;

    shows_the_bug(&complete, BUGGY_C_LINE);
    assert_eq!(complete.language, "c");
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_c_program_that_does_not_compile_is_told_where(db: PgPool) {
    let world = classroom::with_largest(&db).await;

    let complete = world.learner("ada").completes("largest", "solution.c", BROKEN_C).await;

    let build = complete.build.expect("a graded submission was built, or not");
    assert_eq!(build.outcome, BuildOutcome::CompileError);
    let first = &build.diagnostics[0];
    assert_eq!((first.path.as_str(), first.line), ("solution.c", 5));
    assert!(first.message.contains("largest"), "{}", first.message);
    assert!(complete.tests.iter().all(|test| test.outcome == Outcome::Skipped));
    assert_eq!(complete.score.map(|score| score.points), Some(0.0));
    assert!(complete.feedback.is_some_and(|feedback| !feedback.summary.is_empty()));
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_right_program_has_all_points_and_no_suspects(db: PgPool) {
    let world = classroom::with_largest(&db).await;

    let complete = world.learner("ada").completes("largest", "solution.py", RIGHT_PYTHON).await;

    assert_eq!(complete.score.map(|score| (score.points, score.possible)), Some((4.0, 4.0)));
    assert!(complete.suspects.is_empty());
    assert!(complete.abstained.is_some_and(|why| !why.is_empty()), "no suspects for a reason");
    assert!(complete.feedback.is_some_and(|feedback| !feedback.summary.is_empty()));
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn the_next_submission_is_the_next_try(db: PgPool) {
    let world = classroom::with_largest(&db).await;
    let ada = world.learner("ada");

    let first = ada.completes("largest", "solution.py", BUGGY_PYTHON).await;
    let second = ada.completes("largest", "solution.py", RIGHT_PYTHON).await;
    let other = world.learner("bob").completes("largest", "solution.py", RIGHT_PYTHON).await;

    assert_eq!((first.r#try, second.r#try, other.r#try), (Some(1), Some(2), Some(1)));
    assert_eq!(ada.reads_files(second.id).await.files["solution.py"], RIGHT_PYTHON);
}
