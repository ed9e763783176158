//! Told to stop, the program ends in time; whatever it had accepted is graded after it comes back.

mod program;

use std::time::{Duration, Instant};

use harness::{
    Assignment,
    programs::{ENDLESS_PYTHON, RIGHT_PYTHON},
};
use nix::sys::signal::Signal;
use shared::submission::State;
use sqlx::PgPool;

use program::Program;

/// Computes for a while, and is right in the end.
const UNHURRIED_PYTHON: &str = "\
total = 0
for i in range(2_000_000):
    total += i
print(max(map(int, input().split())))
";

/// Platforms kill ten seconds after they asked.
const ASKED: Duration = Duration::from_secs(10);

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_program_that_is_told_to_stop_ends_within_ten_seconds(db: PgPool) {
    let program = Program::start(&db).await;
    program.grace.uploads(&Assignment::largest()).await;
    let accepted = program.ada.submits("largest", "solution.py", ENDLESS_PYTHON).await;
    let mut stream = program.ada.opens(accepted.id(), None).await;
    stream.state(State::Grading).await;

    let asked = Instant::now();
    let status = program.ends_by(Signal::SIGTERM).await;

    assert!(status.success(), "{status}");
    assert!(asked.elapsed() < ASKED, "it took {:?}", asked.elapsed());
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn what_is_being_graded_is_finished_before_the_program_ends(db: PgPool) {
    let program = Program::start(&db).await;
    program.grace.uploads(&Assignment::largest()).await;
    let accepted = program.ada.submits("largest", "solution.py", UNHURRIED_PYTHON).await;
    let mut stream = program.ada.opens(accepted.id(), None).await;
    stream.state(State::Grading).await;

    program.ends_by(Signal::SIGTERM).await;

    let states = sqlx::query_scalar("select state from attempts where submission_id = $1");
    let states: Vec<String> = states.bind(accepted.id().0).fetch_all(&db).await.unwrap();
    assert!(states == ["graded"] || states == ["complete"], "{states:?}");
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn what_was_accepted_is_graded_after_a_crash(db: PgPool) {
    let program = Program::start(&db).await;
    program.grace.uploads(&Assignment::largest()).await;
    let accepted = program.ada.submits("largest", "solution.py", RIGHT_PYTHON).await;

    program.ends_by(Signal::SIGKILL).await;
    let again = Program::start(&db).await;
    let complete = again.ada.waits_for(accepted.id(), State::Complete).await;

    assert_eq!(complete.score.map(|score| score.points), Some(4.0));
    again.ends_by(Signal::SIGTERM).await;
}
