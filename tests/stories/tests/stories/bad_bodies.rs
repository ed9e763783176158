//! A submission that cannot be taken is refused with a problem that says which part and what to do.

mod uploads;

use harness::{Answer, Person, World, submission};
use reqwest::{Method, header::CONTENT_TYPE};
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::classroom::{self, refused};

async fn posts(person: &Person, content_type: &str, body: impl Into<reqwest::Body>) -> Answer {
    let request = person.asks(Method::POST, "/v1/submissions");
    let request = request.header("idempotency-key", "key").header(CONTENT_TYPE, content_type);
    person.sends(request.body(body)).await
}

/// A body that parses but says something wrong: 422, and the problem names the part.
async fn wrong(world: &World, body: &Value, part: &str) {
    let ada = world.learner("ada");
    let told = refused(world, 422, "invalid-body", ada.submits_as("key", body)).await;
    assert!(told.contains(part), "names {part}: {told}");
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn an_unknown_assignment(db: PgPool) {
    let world = classroom::with_largest(&db).await;

    let ada = world.learner("ada");

    let call = ada.submits("smallest", "solution.py", "print(1)");
    let told = refused(&world, 404, "unknown-assignment", call).await;

    assert!(told.contains("smallest"), "{told}");
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_language_that_is_not_allowed(db: PgPool) {
    let world = classroom::with_largest(&db).await;
    let ada = world.learner("ada");
    let mut body = submission("largest", &[("Main.java", "class Main {}")]);
    body["language"] = "java".into();

    let told = refused(&world, 422, "language-not-allowed", ada.submits_as("key", &body)).await;

    assert!(told.contains("java") && told.contains("python"), "says what is allowed: {told}");
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_language_that_cannot_be_told(db: PgPool) {
    let world = classroom::with_largest(&db).await;
    let ada = world.learner("ada");

    let call = ada.submits("largest", "notes.txt", "hello");
    let told = refused(&world, 422, "language-not-allowed", call).await;

    assert!(told.contains("language"), "{told}");
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn no_files(db: PgPool) {
    let world = classroom::with_largest(&db).await;

    wrong(&world, &submission("largest", &[]), "/files").await;
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_path_that_leads_elsewhere(db: PgPool) {
    let world = classroom::with_largest(&db).await;

    for path in [
        "../solution.py",
        "a/../../b.py",
        "/etc/passwd",
        "a//b.py",
        "./a.py",
        "a/",
        "",
        "a\u{0}.py",
    ] {
        wrong(&world, &submission("largest", &[(path, "print(1)")]), "/files/0/path").await;
    }
    let deep = format!("{}a.py", "a/".repeat(10));
    wrong(&world, &submission("largest", &[(&deep, "print(1)")]), "/files/0/path").await;
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_path_that_is_there_twice(db: PgPool) {
    let world = classroom::with_largest(&db).await;

    let twice = submission("largest", &[("solution.py", "print(1)"), ("solution.py", "print(2)")]);
    wrong(&world, &twice, "/files/1/path").await;
    let within = submission("largest", &[("a", "print(1)"), ("a/solution.py", "print(2)")]);
    wrong(&world, &within, "/files").await;
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_nul_in_a_file(db: PgPool) {
    let world = classroom::with_largest(&db).await;

    wrong(&world, &submission("largest", &[("solution.py", "print(1)\u{0}")]), "/files/0/content")
        .await;
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn too_many_files(db: PgPool) {
    let world = classroom::with_largest(&db).await;
    let paths: Vec<_> = (0..101).map(|n| format!("a{n}.py")).collect();
    let files: Vec<_> = paths.iter().map(|path| (path.as_str(), "")).collect();

    wrong(&world, &submission("largest", &files), "/files").await;
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn more_than_a_mebibyte(db: PgPool) {
    let world = classroom::with_largest(&db).await;
    let ada = world.learner("ada");
    let (source, body) = ("#".repeat(1024 * 1024 + 1), "#".repeat(5 * 1024 * 1024));

    let told =
        refused(&world, 413, "too-large", ada.submits("largest", "solution.py", &source)).await;
    refused(&world, 413, "too-large", ada.submits("largest", "solution.py", &body)).await;

    assert!(told.contains("1048576"), "says how much may be sent: {told}");
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_body_that_does_not_parse(db: PgPool) {
    let world = classroom::with_largest(&db).await;
    let ada = world.learner("ada");

    for body in [&b"{"[..], b"", b"{\"assignment\":\"largest\",\"files\":[]} x", b"\"\xff\""] {
        refused(&world, 400, "malformed-body", posts(&ada, "application/json", body)).await;
    }
    let unknown = json!({ "assignment": "largest", "files": [], "grade": 100 });
    wrong(&world, &unknown, "grade").await;
    wrong(&world, &json!({ "assignment": "largest", "files": [{ "path": 7 }] }), "/files/0").await;
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_body_of_another_type(db: PgPool) {
    let world = classroom::with_largest(&db).await;
    let ada = world.learner("ada");
    let body = submission("largest", &[("solution.py", "print(1)")]).to_string();

    let call = posts(&ada, "text/plain", body);
    let told = refused(&world, 415, "unsupported-media-type", call).await;

    assert!(told.contains("application/json"), "{told}");
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_missing_key(db: PgPool) {
    let world = classroom::with_largest(&db).await;
    let ada = world.learner("ada");
    let body = submission("largest", &[("solution.py", "print(1)")]);
    let request = ada.asks(Method::POST, "/v1/submissions").json(&body);

    refused(&world, 400, "idempotency-key-missing", ada.sends(request)).await;
    let long = "k".repeat(256);
    refused(&world, 400, "idempotency-key-missing", ada.submits_as(&long, &body)).await;
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_key_that_was_used_for_another_body(db: PgPool) {
    let world = classroom::without_graders(&db, |_| {}).await;
    let ada = world.learner("ada");
    let body = |code| submission("largest", &[("solution.py", code)]);
    ada.submits_as("key", &body("print(1)")).await;
    harness::until("quiet", async || (world.rows().await["attempts"] == 1).then_some(())).await;

    let other = body("print(2)");

    refused(&world, 422, "idempotency-key-reused", ada.submits_as("key", &other)).await;
}
