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

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn thirty_submissions_in_flight_survive_a_crash_and_are_graded_once_in_effect(db: PgPool) {
    let program = Program::start(&db).await;
    program.grace.uploads(&Assignment::largest()).await;
    let mut accepted = Vec::new();
    for n in 0..30 {
        let who = if n % 2 == 0 { &program.ada } else { &program.grace };
        accepted.push(who.submits("largest", "solution.py", RIGHT_PYTHON).await.id());
    }
    program.grace.waits_for(accepted[3], State::Complete).await;

    program.ends_by(Signal::SIGKILL).await;
    let again = Program::start(&db).await;
    for id in accepted {
        again.grace.waits_for(id, State::Complete).await;
    }

    let results = "select submission_id from attempts where state <> 'lost' and kind = 'grade'";
    let results: Vec<uuid::Uuid> = sqlx::query_scalar(results).fetch_all(&db).await.unwrap();
    let once = results.iter().collect::<std::collections::HashSet<_>>();
    assert_eq!((results.len(), once.len()), (30, 30));
    let told = "select count(*) from feedbacks";
    assert_eq!(sqlx::query_scalar::<_, i64>(told).fetch_one(&db).await.unwrap(), 30);
    again.ends_by(Signal::SIGTERM).await;
}
