//! What needs no token: health, metrics, the description of every call, the page of every problem.

use harness::programs::RIGHT_PYTHON;
use shared::problem::PAGES;
use sqlx::PgPool;

use crate::classroom;

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn health_is_told_to_everybody(db: PgPool) {
    let world = classroom::empty(&db).await;
    let stranger = world.stranger();

    for path in ["/health", "/health/live", "/health/ready"] {
        assert_eq!(stranger.gets(path).await.status, 200, "{path}");
    }
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn metrics_count_what_was_answered(db: PgPool) {
    let world = classroom::with_largest(&db).await;
    world.learner("ada").completes("largest", "solution.py", RIGHT_PYTHON).await;

    let metrics = world.stranger().gets("/metrics").await;

    assert!(metrics.header("content-type").starts_with("text/plain"));
    let counted = metrics.text.lines().any(|line| {
        line.starts_with("faultline_http_requests_total")
            && line.contains("path=\"/v1/submissions\"")
            && line.contains("status=\"202\"")
    });
    assert!(counted, "{}", metrics.text);
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn every_call_is_described(db: PgPool) {
    let world = classroom::empty(&db).await;

    let described = world.stranger().gets("/openapi.json").await;

    for (path, method) in [
        ("/v1/submissions", "post"),
        ("/v1/submissions", "get"),
        ("/v1/submissions/{id}", "get"),
        ("/v1/submissions/{id}/files", "get"),
        ("/v1/submissions/{id}/events", "get"),
        ("/v1/submissions/{id}/questions/{n}/answer", "post"),
        ("/v1/assignments", "post"),
        ("/v1/assignments", "get"),
        ("/v1/assignments/{id}", "get"),
        ("/v1/languages", "get"),
        ("/v1/attempts/{id}/claim", "post"),
    ] {
        assert!(described.body["paths"][path][method].is_object(), "{method} {path}");
    }
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn every_problem_has_a_page_at_its_address(db: PgPool) {
    let world = classroom::empty(&db).await;
    let stranger = world.stranger();

    for (name, page) in PAGES {
        let answer = stranger.gets(&format!("/problems/{name}")).await;
        assert_eq!((answer.status, answer.text.as_str()), (200, *page), "{name}");
    }
    stranger.gets("/problems/none-such").await.problem(404, "unknown-path");
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn the_languages_graded_here_are_told_with_their_tools(db: PgPool) {
    let world = classroom::empty(&db).await;

    let languages = world.learner("ada").gets("/v1/languages").await;

    for (name, tool) in [("python", "python3"), ("c", "gcc")] {
        let language = languages
            .body
            .as_array()
            .and_then(|languages| languages.iter().find(|language| language["name"] == name));
        let language = language.unwrap_or_else(|| panic!("no {name} in {}", languages.text));
        assert!(language["tools"][tool].as_str().is_some_and(|version| version.contains('.')));
        assert!(
            language["test_kinds"].as_array().is_some_and(|kinds| kinds.contains(&"stdio".into()))
        );
    }
}
