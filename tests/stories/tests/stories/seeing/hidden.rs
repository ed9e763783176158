//! Nothing about a hidden test reaches a learner, by any road.

use harness::{Assignment, Person, World};
use shared::submission::{State, Submission};
use sqlx::PgPool;

use crate::classroom;

/// Numbers that appear nowhere but in the hidden test: long, so that no time or id holds one by chance.
const INPUT: &str = "709213370 104778391 619795127";
const SECRETS: [&str; 4] = ["709213370", "104778391", "619795127", "hidden-7"];

/// Tells everything that it is given: in its output, in its last words and in a value that is traced.
const TELLTALE: &str = "\
import sys
line = input()
print(line, file=sys.stderr)
a, b, c = map(int, line.split())
if a > 1000:
    print('caught', line)
    raise ValueError(line)
if b > a:
    print(a)
else:
    print(c if c > a else a)
";

fn with_a_hidden_test() -> Assignment {
    Assignment::largest()
        .reference("python", "solution.py", harness::programs::RIGHT_PYTHON)
        .test("hidden-7", &format!("{INPUT}\n"), "709213370\n")
        .hides("hidden-*", 10)
}

/// Everything that a learner can read about a submission and its assignment.
async fn all_roads(world: &World, ada: &Person, complete: &Submission) -> Vec<(String, String)> {
    let id = complete.id;
    let mut roads = Vec::new();
    for path in [
        format!("/v1/submissions/{id}"),
        format!("/v1/submissions/{id}/events"),
        "/v1/submissions".to_owned(),
        "/v1/assignments".to_owned(),
        "/v1/assignments/largest?course=default".to_owned(),
        "/metrics".to_owned(),
    ] {
        let text = ada.gets(&path).await.text;
        roads.push((path, text));
    }
    let questions = sqlx::query_scalar("select n from questions where submission_id = $1");
    let questions: Vec<i32> =
        questions.bind(id.0).fetch_all(&world.db).await.expect("the database answers");
    for n in questions {
        roads.push((format!("answer to {n}"), ada.answers(id, n, "no idea").await.text));
    }
    roads.push((
        "the submission after it".into(),
        ada.gets(&format!("/v1/submissions/{id}")).await.text,
    ));
    roads
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_hidden_test_reaches_no_learner(db: PgPool) {
    let world = classroom::empty(&db).await;
    let (ada, grace) = (world.learner("ada"), world.instructor("grace"));
    grace.uploads(&with_a_hidden_test()).await;
    harness::until("a ready assignment", async || {
        let answer = grace.gets("/v1/assignments/largest?course=default").await;
        (answer.body["state"] == "ready").then_some(())
    })
    .await;

    let accepted = ada.submits("largest", "solution.py", TELLTALE).await;
    let seen = ada.watches(accepted.id()).await;
    let complete = ada.waits_for(accepted.id(), State::Complete).await;

    assert_eq!(complete.hidden.len(), 1, "its group is counted: {:#?}", complete.hidden);
    assert_eq!((complete.hidden[0].passed, complete.hidden[0].failed), (0, 1));
    let mut roads = all_roads(&world, &ada, &complete).await;
    roads.push(("stream".into(), format!("{seen:?}")));
    for (road, text) in &roads {
        for secret in SECRETS {
            assert!(!text.contains(secret), "{secret} came by {road}: {text}");
        }
    }
    let instructors = grace.gets(&format!("/v1/submissions/{}", complete.id)).await.text;
    assert!(SECRETS.iter().all(|secret| instructors.contains(secret)), "{instructors}");
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_bug_that_only_hidden_tests_show_is_not_localised_for_learners(db: PgPool) {
    let hidden = Assignment::largest().hides("02-*", 1).hides("04-*", 1);
    let world = classroom::with(&db, &hidden).await;
    let ada = world.learner("ada");

    let complete = ada.completes("largest", "solution.py", harness::programs::BUGGY_PYTHON).await;

    assert!(complete.suspects.is_empty(), "{:#?}", complete.suspects);
    assert!(complete.abstained.is_some());
    let seen = world.instructor("grace").reads(complete.id).await;
    assert_eq!(seen.suspects[0].line, harness::programs::BUGGY_PYTHON_LINE);
}
