//! A submission can be watched while it is graded.

use harness::{Seen, programs::BUGGY_PYTHON};
use shared::submission::{Progress, State, Step};
use sqlx::PgPool;

use crate::classroom;

fn revisions(seen: &[Seen]) -> Vec<i32> {
    seen.iter().filter_map(|seen| seen.id.as_ref()?.parse().ok()).collect()
}

/// How far grading was; `None` where the submission still waited.
fn phase(seen: &Seen) -> Option<Progress> {
    serde_json::from_value::<Step>(seen.data.clone()).expect("progress is a step").progress
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_stream_shows_states_in_order_and_ends_when_nothing_more_comes(db: PgPool) {
    let world = classroom::with_largest(&db).await;
    let ada = world.learner("ada");

    let accepted = ada.submits("largest", "solution.py", BUGGY_PYTHON).await;
    let seen = ada.watches(accepted.id()).await;

    let changes: Vec<_> = seen.iter().filter(|seen| seen.event == "change").collect();
    let states: Vec<_> = changes.iter().map(|seen| seen.submission().state).collect();
    let order = [State::Queued, State::Grading, State::Graded, State::Complete];
    let places: Vec<_> =
        states.iter().map(|state| order.iter().position(|known| known == state)).collect();
    assert!(places.is_sorted() && !places.contains(&None), "{states:?}");
    assert_eq!(states.last(), Some(&State::Complete));
    assert!(revisions(&seen).is_sorted_by(|earlier, later| earlier < later), "{seen:#?}");
    assert!(changes.iter().all(|seen| seen.id == Some(seen.submission().revision.to_string())));
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn progress_tells_phase_and_tests_and_has_no_id(db: PgPool) {
    let world = classroom::with_largest(&db).await;
    let ada = world.learner("ada");

    let accepted = ada.submits("largest", "solution.c", harness::programs::BUGGY_C).await;
    let seen = ada.watches(accepted.id()).await;

    let progress: Vec<_> = seen.iter().filter(|seen| seen.event == "progress").collect();
    assert!(!progress.is_empty(), "{seen:#?}");
    assert!(progress.iter().all(|seen| seen.id.is_none()));
    let phases: Vec<_> = progress.iter().filter_map(|seen| phase(seen)).collect();
    assert!(!phases.is_empty(), "none tells a phase: {progress:#?}");
    assert!(phases.iter().all(|phase| phase.done <= phase.of), "{phases:#?}");
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_stream_goes_on_after_the_last_event_that_was_seen(db: PgPool) {
    let world = classroom::with_largest(&db).await;
    let ada = world.learner("ada");
    let complete = ada.completes("largest", "solution.py", BUGGY_PYTHON).await;
    let last = complete.revision.to_string();

    let from_the_start = ada.opens(complete.id, Some("1")).await.to_the_end().await;
    let from_the_end = ada.opens(complete.id, Some(&last)).await.to_the_end().await;

    assert_eq!(revisions(&from_the_start).last(), Some(&complete.revision));
    assert!(revisions(&from_the_start).iter().all(|revision| *revision > 1));
    assert!(revisions(&from_the_end).is_empty(), "{from_the_end:#?}");
}
