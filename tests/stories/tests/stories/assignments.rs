//! An instructor's package is checked before learners meet it.

use harness::{
    Assignment, Person,
    programs::{BUGGY_PYTHON, RIGHT_C, RIGHT_PYTHON},
    until,
};
use serde_json::Value;
use sqlx::PgPool;

use crate::classroom;

/// The assignment once its check is over.
async fn checked(person: &Person, id: &str) -> Value {
    until("the end of an assignment's check", async || {
        let answer = person.gets(&format!("/v1/assignments/{id}?course=default")).await;
        (answer.body["state"] != "checking").then_some(answer.body)
    })
    .await
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_package_with_right_references_becomes_ready(db: PgPool) {
    let world = classroom::empty(&db).await;
    let grace = world.instructor("grace");
    let package = Assignment::largest().reference("python", "solution.py", RIGHT_PYTHON).reference(
        "c",
        "solution.c",
        RIGHT_C,
    );

    let uploaded = grace.uploads(&package).await;
    let assignment = checked(&grace, "largest").await;

    assert_eq!((uploaded.status, &uploaded.body["state"]), (201, &"checking".into()));
    assert_eq!(assignment["state"], "ready", "{assignment:#}");
    let complete = world.learner("ada").completes("largest", "solution.c", RIGHT_C).await;
    assert_eq!(complete.score.map(|score| score.points), Some(4.0));
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_package_whose_reference_fails_is_rejected_and_says_why(db: PgPool) {
    let world = classroom::empty(&db).await;
    let grace = world.instructor("grace");

    grace.uploads(&Assignment::largest().reference("python", "solution.py", BUGGY_PYTHON)).await;
    let assignment = checked(&grace, "largest").await;

    assert_eq!(assignment["state"], "rejected", "{assignment:#}");
    assert_eq!(assignment["problem"]["type"], "/problems/reference-failed");
    let detail = assignment["problem"]["detail"].as_str().unwrap_or_default();
    assert!(detail.contains("02-second"), "names the test that failed: {detail}");
    let seen = world.learner("ada").gets("/v1/assignments/largest?course=default").await;
    assert!(seen.body["problem"].is_null(), "learners do not see why: {}", seen.text);
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn an_assignment_takes_submissions_once_its_check_is_over(db: PgPool) {
    let world = classroom::empty(&db).await;
    let grace = world.instructor("grace");
    let slow = Assignment::new("slow", ["python"])
        .test("one", "1\n", "1\n")
        .says("[limits]\ncpu_seconds = 1\n")
        .reference("python", "solution.py", harness::programs::ENDLESS_PYTHON);

    grace.uploads(&slow).await;
    let early = world.learner("ada").submits("slow", "solution.py", RIGHT_PYTHON).await;

    early.problem(409, "assignment-not-ready");
    assert!(early.header("retry-after").parse::<u32>().is_ok());
    assert_eq!(checked(&grace, "slow").await["state"], "rejected");
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn the_same_bytes_are_the_same_version_and_others_the_next(db: PgPool) {
    let world = classroom::with_largest(&db).await;
    let grace = world.instructor("grace");

    let again = grace.uploads(&Assignment::largest()).await;
    let changed = grace.uploads(&Assignment::largest().test("05-equal", "7 7 7\n", "7\n")).await;
    let complete = world.learner("ada").completes("largest", "solution.py", RIGHT_PYTHON).await;

    assert_eq!((again.status, &again.body["version"]), (200, &1.into()));
    assert_eq!((changed.status, &changed.body["version"]), (201, &2.into()));
    assert_eq!((complete.assignment.version, complete.tests.len()), (2, 5));
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn every_mistake_in_a_package_is_told_with_its_place(db: PgPool) {
    let world = classroom::empty(&db).await;
    let grace = world.instructor("grace");
    let package =
        Assignment::largest().says("colour = \"blue\"\n").file("tests/05-alone.in", "1 2 3\n");

    let told = classroom::refused(&world, 422, "invalid-package", grace.uploads(&package)).await;

    assert!(told.contains("assignment.toml") && told.contains("colour"), "{told}");
    assert!(told.contains("05-alone"), "a test without its twin: {told}");
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn only_instructors_of_the_course_upload(db: PgPool) {
    let world = classroom::empty(&db).await;
    let (ada, grace) = (world.learner("ada"), world.instructor("grace"));
    let package = Assignment::largest();

    classroom::refused(&world, 403, "forbidden", ada.uploads(&package)).await;
    classroom::refused(&world, 403, "forbidden", grace.uploads_to("cs2", &package)).await;
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn what_is_no_package_is_refused(db: PgPool) {
    let world = classroom::empty(&db).await;
    let grace = world.instructor("grace");

    let bytes = grace.uploads_bytes("default", b"no archive".to_vec());
    let told = bytes.await;

    assert!((400..=422).contains(&told.status), "{} {}", told.status, told.text);
    assert_eq!(told.header("content-type"), "application/problem+json");
    assert_eq!(world.rows().await["assignments"], 0);
}
