//! The bug is found through the public API as it is found by the grader alone.

mod cases;

use std::collections::BTreeMap;

use harness::{Alone, Person, until};
use shared::{
    package::{Files, Package},
    report::{Outcome, Ranking, Suspect, TestResult},
    submission::{State, Submission},
};
use sqlx::PgPool;

use crate::classroom::{self, PROGRAM};
use cases::Case;

/// How many cases of each language.
const EACH: usize = 10;
/// How many more are taken, since some are passed over.
const SPARE: usize = 10;

/// What the grader finds with no service running. `None` where a program was stopped at a limit: what it did
/// until then depends on the machine.
fn on_the_spot(case: &Case, alone: &Alone) -> Option<Ranking> {
    let files = Files::from([(case.path.to_owned(), case.program.clone())]);
    let package = Package::from_files(case.package.files()).expect("a case's package is right");
    let job = grader::Job { package: &package, language: case.language, files: &files, seed: 0 };
    let report = grader::grade(&alone.slot, &job, &mut |_| {}).expect("the grader runs");
    let late = |test: &TestResult| {
        matches!(test.outcome, Outcome::TimeLimit | Outcome::WallTimeLimit | Outcome::Skipped)
    };
    (!report.tests.iter().any(late)).then_some(report.suspects.visible)
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
    let Some(cases) = cases::some(EACH + SPARE) else { return };
    let world = classroom::empty(&db).await;
    let (ada, grace) = (world.learner("ada"), world.instructor("grace"));
    let alone = std::sync::Arc::new(Alone::new(PROGRAM));
    let mut compared = BTreeMap::from([("c", 0), ("python", 0)]);

    for case in cases {
        let (spot, case) = (alone.clone(), std::sync::Arc::new(case));
        let same = case.clone();
        let found = tokio::task::spawn_blocking(move || on_the_spot(&same, &spot)).await.unwrap();
        let count = compared.entry(case.language).or_default();
        let Some(found) = found.filter(|_| *count < EACH) else { continue };
        *count += 1;

        let shown = through_the_api(&case, &ada, &grace).await;

        assert_eq!(lines(&shown.suspects), lines(&found.suspects), "{}", case.id);
        assert!(!shown.suspects.is_empty(), "{} has a bug: {:?}", case.id, shown.abstained);
    }
    assert_eq!(compared, BTreeMap::from([("c", EACH), ("python", EACH)]));
}

fn lines(suspects: &[Suspect]) -> Vec<(String, u32, u32)> {
    suspects.iter().map(|it| (it.path.clone(), it.line, it.rank)).collect()
}
