//! Who may read what.

use crate::library::{Library, due};
use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::json;
use sqlx::PgPool;

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_submission_is_its_owners_and_its_instructors(db: PgPool) {
    let library = Library::new(db).await;
    let id = library.graded("ada").await;

    for (who, expected) in [("ada", 200), ("grace", 200), ("root", 200), ("bob", 404), ("tom", 404)]
    {
        for path in ["", "/files", "/events"] {
            let (status, body) = library.reads(who, &format!("/v1/submissions/{id}{path}")).await;
            assert_eq!(status, expected, "{who} {path} {body}");
        }
    }
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn an_id_that_is_none_is_an_unknown_submission(db: PgPool) {
    let library = Library::new(db).await;

    let (status, problem) = library.reads("ada", "/v1/submissions/nonsense").await;

    assert_eq!(status, StatusCode::NOT_FOUND);
    assert_eq!(problem["type"], "/problems/unknown-submission");
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn nothing_of_a_hidden_test_reaches_its_learner(db: PgPool) {
    let library = Library::new(db).await;
    for from in ["visible", "all"] {
        library.rule("suspects_from", json!(from)).await;
        let id = library.graded("ada").await;

        let shown = library.shows("ada", &format!("/v1/submissions/{id}")).await;

        let text = shown.to_string();
        for secret in [
            "hidden input",
            "hidden output",
            "hidden actual",
            "hidden message",
            "hidden crash",
            "HiddenError",
            "hidden-1",
            "late input",
            "LateError",
            "the edit",
            "the-answer",
            "hint 2",
        ] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
        let group = json!({ "group": "hidden-*", "passed": 0, "failed": 1, "points": 0.0,
                            "possible": 1.0 });
        assert_eq!(shown["hidden"][0], group);
    }
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_learner_sees_visible_tests_suspects_and_unlocked_hints(db: PgPool) {
    let library = Library::new(db).await;
    let id = library.graded("ada").await;

    let shown = library.shows("ada", &format!("/v1/submissions/{id}")).await;

    assert_eq!(shown["tests"][0]["actual"], "open actual");
    assert_eq!(shown["tests"].as_array().unwrap().len(), 1);
    assert_eq!(
        shown["suspects"][0]["evidence"][1],
        json!({ "kind": "crash", "name": "OpenError" })
    );
    assert_eq!(shown["feedback"]["hints"].as_array().unwrap().len(), 1);
    assert_eq!(shown["feedback"]["questions"][0]["text"], "What is x?");
    assert_eq!(shown["score"], json!({ "points": 0.33, "possible": 3.0 }));
    assert_eq!(shown["build"]["diagnostics"][0]["message"], "unused");
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn an_instructor_sees_all_tests_edits_hints_and_the_ranking_from_all(db: PgPool) {
    let library = Library::new(db).await;
    let id = library.graded("ada").await;

    let shown = library.shows("grace", &format!("/v1/submissions/{id}")).await;

    assert_eq!(shown["tests"].as_array().unwrap().len(), 3);
    assert_eq!(shown["hidden"], json!([]));
    assert_eq!(shown["suspects"][0]["line"], 2);
    assert_eq!(shown["feedback"]["hints"].as_array().unwrap().len(), 3);
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn an_exam_shows_neither_suspects_nor_hints(db: PgPool) {
    let library = Library::new(db).await;
    library.rule("feedback", json!({ "levels": 0, "model": "none" })).await;
    let id = library.graded("ada").await;

    let shown = library.shows("ada", &format!("/v1/submissions/{id}")).await;

    assert_eq!(shown["suspects"], json!([]));
    assert!(shown["abstained"].is_string());
    assert_eq!(shown["feedback"]["hints"], json!([]));
    assert_eq!(shown["feedback"]["questions"], json!([]));
    assert_eq!(shown["tests"].as_array().unwrap().len(), 1, "tests are no hints");
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_later_test_is_shown_once_the_assignment_is_due(db: PgPool) {
    let library = Library::new(db).await;
    let id = library.graded("ada").await;
    let names = async |path: &str| {
        let shown = library.shows("ada", path).await;
        let tests = shown["tests"].as_array().unwrap().clone();
        tests.iter().map(|test| test["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let submission = format!("/v1/submissions/{id}");
    assert_eq!(names(&submission).await, ["open-1"]);
    assert_eq!(names("/v1/assignments/sum").await, ["open-1"]);

    library.clock.advance(due() - library.clock.now() + TimeDelta::seconds(1));

    assert_eq!(names(&submission).await, ["open-1", "late-1"]);
    assert_eq!(names("/v1/assignments/sum").await, ["late-1", "open-1"]);
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_waiting_submission_tells_its_place(db: PgPool) {
    let library = Library::new(db).await;
    let first = library.submission("ada").await;
    library.is_queued(first).await;
    let second = library.submission("ada").await;

    let shown = library.shows("ada", &format!("/v1/submissions/{second}")).await;

    assert_eq!(shown["state"], "queued");
    assert_eq!(shown["queue"], json!({ "place": 2, "reason": "slots" }));
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn assignments_are_shown_to_those_with_a_role_in_their_course(db: PgPool) {
    let library = Library::new(db).await;

    let ada = library.shows("ada", "/v1/assignments").await;
    let tom = library.shows("tom", "/v1/assignments").await;
    let (refused, _) = library.reads("tom", "/v1/assignments/sum").await;

    assert_eq!(ada[0]["title"], "Sum");
    assert_eq!(ada[0]["tests"].as_array().unwrap().len(), 1);
    assert_eq!(tom, json!([]));
    assert_eq!(refused, StatusCode::NOT_FOUND);
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_rejection_is_explained_to_instructors_alone(db: PgPool) {
    let library = Library::new(db).await;
    let rejected = "update assignments set state = 'rejected', problem = '{\"detail\":\"no\"}'";
    sqlx::query(rejected).execute(&library.db).await.unwrap();

    let grace = library.shows("grace", "/v1/assignments/sum").await;
    let ada = library.shows("ada", "/v1/assignments/sum").await;

    assert_eq!(grace["problem"]["detail"], "no");
    assert_eq!((&ada["state"], ada.get("problem")), (&json!("rejected"), None));
}
