//! Who may see what.

mod hidden;

use harness::{Answer, Person, programs::BUGGY_PYTHON};
use reqwest::Method;
use shared::{auth::Role, ids::SubmissionId, store::listed::PAGE};
use sqlx::PgPool;

use crate::classroom;

/// What every call about a submission answers this person.
async fn every_call(person: &Person, id: SubmissionId) -> Vec<Answer> {
    let path = format!("/v1/submissions/{id}");
    let mut answers = Vec::new();
    for below in ["", "/files", "/events"] {
        answers.push(person.gets(&format!("{path}{below}")).await);
    }
    answers.push(person.answers(id, 1, "3").await);
    answers
}

/// The ids in a list of submissions.
async fn list(person: &Person, query: &str) -> Vec<String> {
    let page = person.gets(&format!("/v1/submissions{query}")).await;
    assert_eq!(page.status, 200, "{}", page.text);
    let items = page.body["items"].as_array().cloned().unwrap_or_default();
    items.iter().filter_map(|item| item["id"].as_str().map(str::to_owned)).collect()
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn anothers_submission_does_not_exist(db: PgPool) {
    let world = classroom::with_largest(&db).await;
    let complete = world.learner("ada").completes("largest", "solution.py", BUGGY_PYTHON).await;
    let before = world.rows().await;

    for person in [
        world.learner("bob"),
        world.person("carl", &[("cs2", Role::Instructor)]),
        world.person("dan", &[("cs2", Role::Learner)]),
    ] {
        for answer in every_call(&person, complete.id).await {
            answer.problem(404, "unknown-submission");
        }
    }

    assert_eq!(world.rows().await, before);
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn an_instructor_sees_the_courses_submissions_and_a_learner_their_own(db: PgPool) {
    let world = classroom::with_largest(&db).await;
    let (ada, bob, grace) = (world.learner("ada"), world.learner("bob"), world.instructor("grace"));
    let adas = ada.completes("largest", "solution.py", BUGGY_PYTHON).await.id;
    let bobs = bob.completes("largest", "solution.py", BUGGY_PYTHON).await.id;

    assert_eq!(list(&ada, "").await, [adas.to_string()]);
    assert_eq!(list(&ada, "?learner=bob").await, Vec::<String>::new());
    assert_eq!(list(&grace, "?course=default").await, [bobs.to_string(), adas.to_string()]);
    assert_eq!(list(&grace, "?course=default&learner=ada").await, [adas.to_string()]);
    assert_eq!(grace.reads(bobs).await.learner, "bob");
    assert_eq!(grace.reads_files(bobs).await.files["solution.py"], BUGGY_PYTHON);
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_list_comes_in_pages_and_misses_nothing(db: PgPool) {
    let world =
        classroom::without_graders(&db, |setting| setting.limits.open_per_learner = 99).await;
    let ada = world.learner("ada");
    let mut sent = Vec::new();
    for _ in 0..=PAGE {
        sent.insert(0, ada.submits("largest", "solution.py", BUGGY_PYTHON).await.id().to_string());
    }

    let mut seen = Vec::new();
    let mut after = String::new();
    loop {
        let page = ada.gets(&format!("/v1/submissions?assignment=largest{after}")).await;
        let items = page.body["items"].as_array().cloned().unwrap_or_default();
        seen.extend(items.iter().filter_map(|item| item["id"].as_str().map(str::to_owned)));
        let Some(next) = page.body["next"].as_str() else { break };
        after = format!("&after={next}");
    }

    assert_eq!(seen, sent, "newest first, each once");
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_course_that_is_not_yours_has_no_assignments_for_you(db: PgPool) {
    let world = classroom::with_largest(&db).await;
    let outsider = world.person("dan", &[("cs2", Role::Learner)]);

    let one = outsider.gets("/v1/assignments/largest?course=default").await;
    let all = outsider.gets("/v1/assignments").await;
    let submitted = outsider.submits("largest", "solution.py", BUGGY_PYTHON);

    one.problem(404, "unknown-assignment");
    assert!(!all.text.contains("largest"), "{}", all.text);
    classroom::refused(&world, 404, "unknown-assignment", submitted).await;
    let delete = outsider.asks(Method::DELETE, "/v1/assignments/largest");
    outsider.sends(delete).await.problem(405, "method-not-allowed");
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_name_with_a_nul_names_nothing(db: PgPool) {
    let world = classroom::with_largest(&db).await;
    let ada = world.learner("ada");

    for path in ["/v1/assignments/a%00", "/v1/submissions/%00", "/v1/submissions/%00/events"] {
        classroom::refused(&world, 404, "unknown-path", ada.gets(path)).await;
    }
    for path in [
        "/v1/submissions?course=%00",
        "/v1/submissions?assignment=a%00",
        "/v1/submissions?learner=%00",
        "/v1/assignments?course=%00",
        "/v1/assignments/largest?course=default%00",
    ] {
        classroom::refused(&world, 400, "malformed-request", ada.gets(path)).await;
    }
}
