//! The bug is found through the public API as it is found by the grader alone.

mod cases;

use harness::{Alone, Person, until};
use shared::{
    package::{Files, Package},
    report::Ranking,
    submission::{State, Submission},
};
use sqlx::PgPool;

use crate::classroom::{self, PROGRAM};
use cases::Case;

/// How many cases of each language.
const EACH: usize = 10;

/// What the grader finds with no service running.
fn on_the_spot(case: &Case, alone: &Alone) -> Ranking {
    let files = Files::from([(case.path.to_owned(), case.program.clone())]);
    let package = Package::from_files(case.package.files()).expect("a case's package is right");
    let job = grader::Job { package: &package, language: case.language, files: &files, seed: 0 };
    let report = grader::grade(&alone.slot, &job, &mut |_| {}).expect("the grader runs");
    report.suspects.visible
}

async fn through_the_api(case: &Case, ada: &Person, grace: &Person) -> Submission {
    let uploaded = grace.uploads(&case.package).await;
    assert_eq!(uploaded.status, 201, "{}: {}", case.id, uploaded.text);
    let accepted = until("room for another submission", async || {
        let answer = ada.submits(case.package.id(), case.path, &case.program).await;
        (answer.status != 429).then_some(answer)
    });
    ada.waits_for(accepted.await.id(), State::Complete).await
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn twenty_bugs_are_found_through_the_public_api_as_on_the_spot(db: PgPool) {
    let Some(cases) = cases::some(EACH) else { return };
    let world = classroom::empty(&db).await;
    let (ada, grace) = (world.learner("ada"), world.instructor("grace"));
    let alone = std::sync::Arc::new(Alone::new(PROGRAM));
    assert_eq!(cases.len(), 2 * EACH);

    for case in cases {
        let shown = through_the_api(&case, &ada, &grace).await;

        let (alone, id) = (alone.clone(), case.id.clone());
        let found = tokio::task::spawn_blocking(move || on_the_spot(&case, &alone)).await.unwrap();
        let lines = |suspects: &[shared::report::Suspect]| -> Vec<_> {
            suspects
                .iter()
                .map(|suspect| (suspect.path.clone(), suspect.line, suspect.rank))
                .collect()
        };
        assert_eq!(lines(&shown.suspects), lines(&found.suspects), "{id}");
        assert!(!shown.suspects.is_empty(), "{id} has a bug: {:?}", shown.abstained);
    }
}
