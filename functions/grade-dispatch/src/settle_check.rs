//! What a reference's report means for its assignment.

use shared::{
    problem::Problem,
    report::{BuildOutcome, Outcome, Report},
    store::{attempts::Attempt, audit, checks},
};
use sqlx::PgConnection;

/// Makes the version ready once all its references pass, or rejects it with the first test that does not.
pub(crate) async fn settle_check(
    db: &mut PgConnection,
    attempt: &Attempt,
    report: &Report,
) -> sqlx::Result<()> {
    let Attempt { course, assignment, version, language, .. } = attempt;
    match failure(language, report) {
        None if checks::pass(db, course, assignment, *version).await? => {
            note(db, attempt, "accept_assignment").await
        }
        None => Ok(()),
        Some(why) => reject(db, attempt, &Problem::ReferenceFailed(why)).await,
    }
}

/// Rejects the version, which says why.
pub(crate) async fn reject(
    db: &mut PgConnection,
    attempt: &Attempt,
    problem: &Problem,
) -> sqlx::Result<()> {
    let Attempt { course, assignment, version, .. } = attempt;
    let problem = problem.document().to_value();
    if checks::reject(db, course, assignment, *version, &problem).await? {
        note(db, attempt, "reject_assignment").await?;
    }
    Ok(())
}

async fn note(db: &mut PgConnection, attempt: &Attempt, what: &str) -> sqlx::Result<()> {
    let Attempt { course, assignment, version, .. } = attempt;
    audit::note(db, "grade-dispatch", what, &format!("{course}/{assignment}/{version}")).await
}

/// Why a reference does not pass, if it does not.
fn failure(language: &str, report: &Report) -> Option<String> {
    if report.build.outcome != BuildOutcome::Ok {
        let said = report.build.diagnostics.first().map_or("", |first| &first.message);
        return Some(format!("the {language} reference does not build: {said}"));
    }
    let test = report.tests.iter().find(|test| test.outcome != Outcome::Passed)?;
    let name = &test.name;
    Some(match test.outcome {
        Outcome::WrongAnswer => format!(
            "the {language} reference fails test {name}: expected {:?}, got {:?}",
            test.expected, test.actual
        ),
        outcome => {
            format!("the {language} reference fails test {name}: {outcome:?}. {}", test.message)
        }
    })
}
