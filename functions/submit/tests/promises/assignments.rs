//! `POST /v1/assignments`.

use axum::http::Request;
use serde_json::json;
use sqlx::PgPool;

use crate::world::{GCD, World, package, upload};

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_package_without_reference_is_ready_at_once(db: PgPool) {
    let world = World::new(db);

    let first = world.uploads(&[("assignment.toml", GCD)]).await;
    let again = world.uploads(&[("assignment.toml", GCD)]).await;
    let changed = world.uploads(&[("assignment.toml", GCD), ("text.md", "New.")]).await;

    let version = |n| json!({"course": "default", "id": "gcd", "version": n, "state": "ready"});
    assert_eq!((first.status, first.body), (201, version(1)));
    assert_eq!((again.status, again.body), (200, version(1)), "the same bytes");
    assert_eq!((changed.status, changed.body), (201, version(2)));
    assert!(world.events().await.is_empty());
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_reference_is_checked_once_before_learners_can_submit(db: PgPool) {
    let world = World::new(db);
    let files =
        [("assignment.toml", GCD), ("reference/c/a.c", "int main;"), ("reference/python/a.py", "")];

    let first = world.uploads(&files).await;
    let again = world.uploads(&files).await;
    let early = world.submits("ada", "k", "print(2)").await;

    assert_eq!((first.status, &first.body["state"]), (201, &json!("checking")));
    assert_eq!(again.status, 200);
    assert_eq!(world.events().await, ["grading.wanted"], "one for both languages");
    assert_eq!((early.status, early.problem()), (409, "assignment-not-ready"));
    assert!(early.headers.contains_key("retry-after"));
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn all_mistakes_of_a_package_are_told(db: PgPool) {
    let world = World::new(db);

    let answer = world
        .uploads(&[("assignment.toml", &format!("{GCD}tries = 0\n")), ("notes.txt", "")])
        .await;
    let broken = world.send("ida/default", upload("default", b"no gzip".into())).await;

    assert_eq!((answer.status, answer.problem()), (422, "invalid-package"));
    assert_eq!(answer.body["errors"][0]["pointer"], "assignment.toml#/tries:4");
    assert_eq!(answer.body["errors"][1]["pointer"], "notes.txt");
    assert_eq!((broken.status, broken.problem()), (422, "invalid-package"));
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn only_instructors_of_a_course_set_its_assignments(db: PgPool) {
    let world = World::new(db);
    let package = package(&[("assignment.toml", GCD)]);

    let learner = world.send("ada", upload("default", package.clone())).await;
    let other = world.send("ida/cs1", upload("default", package.clone())).await;
    let own = world.send("ida/cs1", upload("cs1", package)).await;

    assert_eq!((learner.status, other.status), (403, 403));
    assert_eq!((own.status, &own.body["course"]), (201, &json!("cs1")));
    let who =
        sqlx::query_scalar::<_, String>("select who || ' ' || what || ' ' || subject from audit");
    assert_eq!(who.fetch_all(&world.db).await.unwrap(), ["ida create_assignment cs1/gcd/1"]);
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_package_of_the_wrong_type_or_too_large_is_refused(db: PgPool) {
    let world = World::new(db);
    let zip = Request::post("/v1/assignments").header("content-type", "application/zip");

    let zip = world.send("ida/default", zip.body("PK".into()).unwrap()).await;
    let large = world.send("ida/default", upload("default", vec![0; 16 * 1024 * 1024 + 1])).await;
    let nameless = world.send("ida/default", upload("", Vec::new())).await;

    assert_eq!((zip.status, large.status, nameless.status), (415, 413, 400));
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_language_that_is_not_graded_here_is_a_mistake(db: PgPool) {
    let world = World::new(db);
    let python = "insert into languages (name, tools, test_kinds) values ('python', '{}', '[]')";
    sqlx::query(python).execute(&world.db).await.unwrap();

    let answer = world.uploads(&[("assignment.toml", GCD)]).await;

    assert_eq!((answer.status, answer.problem()), (422, "invalid-package"));
    let reasons: Vec<_> = answer.body["errors"].as_array().unwrap().iter().collect();
    assert!(reasons[0]["reason"].as_str().unwrap().contains("no tests of kind stdio"));
    assert!(reasons[1]["reason"].as_str().unwrap().contains("\"c\" is not graded here"));
}
