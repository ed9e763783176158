//! Lists of submissions.

use crate::library::Library;
use axum::http::StatusCode;
use serde_json::{Value, json};
use sqlx::PgPool;

fn ids(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().unwrap();
    items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn pages_follow_each_other_without_gap_or_overlap(db: PgPool) {
    let library = Library::new(db).await;
    let mut submitted = Vec::new();
    for _ in 0..120 {
        submitted.push(library.submission("ada").await.to_string());
    }
    submitted.reverse();

    let mut listed = Vec::new();
    let mut path = "/v1/submissions".to_owned();
    for expected in [50, 50, 20] {
        let page = library.shows("ada", &path).await;
        assert_eq!(ids(&page).len(), expected);
        listed.extend(ids(&page));
        path = format!("/v1/submissions?after={}", page["next"].as_str().unwrap_or("none"));
    }

    assert_eq!(listed, submitted);
    assert_eq!(path, "/v1/submissions?after=none", "the last page has no next");
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn learners_list_their_own_and_instructors_their_course(db: PgPool) {
    let library = Library::new(db).await;
    let (ada, bob) = (library.submission("ada").await, library.graded("bob").await);
    let [ada, bob] = [ada, bob].map(|id| id.to_string());

    let all = "/v1/submissions?course=default";
    assert_eq!(ids(&library.shows("ada", all).await), [ada.as_str()]);
    assert_eq!(ids(&library.shows("grace", all).await), [bob.as_str(), ada.as_str()]);
    assert_eq!(ids(&library.shows("root", all).await), [bob.as_str(), ada.as_str()]);
    assert!(ids(&library.shows("tom", all).await).is_empty());
    let others = library.shows("ada", "/v1/submissions?learner=bob").await;
    assert!(ids(&others).is_empty());
    let complete = library.shows("grace", "/v1/submissions?state=complete&assignment=sum").await;
    assert_eq!(ids(&complete), [bob]);
    assert_eq!(complete["items"][0]["score"], json!({ "points": 0.33, "possible": 3.0 }));
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_filter_that_there_is_not_is_refused(db: PgPool) {
    let library = Library::new(db).await;

    let (status, problem) = library.reads("ada", "/v1/submissions?state=lost").await;

    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(problem["type"], "/problems/malformed-request");
}
