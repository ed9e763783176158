//! `POST /v1/submissions`.

use axum::http::Request;
use chrono::TimeDelta;
use serde_json::{Value, json};
use sqlx::PgPool;
use submit::Limits;

use crate::world::{GCD, World, package, upload};

async fn with_gcd(db: PgPool, manifest: &str, limits: Limits) -> World {
    let world = World::with(db, limits);
    assert_eq!(world.uploads(&[("assignment.toml", manifest)]).await.status, 201);
    world
}

async fn world(db: PgPool) -> World {
    with_gcd(db, GCD, Limits::default()).await
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_submission_is_stored_and_grading_is_told(db: PgPool) {
    let world = world(db).await;

    let answer = world.submits("ada", "k1", "print(2)").await;

    assert_eq!(answer.status, 202);
    let id = answer.body["id"].as_str().unwrap();
    assert_eq!(answer.headers["location"], format!("/v1/submissions/{id}"));
    assert_eq!(answer.body["state"], "queued");
    assert_eq!(answer.body["links"]["events"], format!("/v1/submissions/{id}/events"));
    assert_eq!(world.events().await, ["submission.received"]);
    let stored = "select s.learner, s.language, s.version, convert_from(b.content, 'utf8')
                  from submissions s join blobs b on b.hash = s.source_hash";
    let stored: (String, String, i32, String) =
        sqlx::query_as(stored).fetch_one(&world.db).await.unwrap();
    let source = r#"{"solution.py":"print(2)"}"#;
    assert_eq!(stored, ("ada".into(), "python".into(), 1, source.into()));
    let audit = sqlx::query_scalar::<_, String>("select subject from audit where who = 'ada'");
    assert_eq!(audit.fetch_one(&world.db).await.unwrap(), id);
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_repeated_upload_is_one_submission(db: PgPool) {
    let world = world(db).await;

    let first = world.submits("ada", "k", "print(2)").await;
    let again = world.submits("ada", "k", "print(2)").await;
    let other = world.submits("ada", "k", "print(3)").await;
    let bobs = world.submits("bob", "k", "print(3)").await;

    assert_eq!((again.status, &again.body), (202, &first.body));
    assert_eq!((other.status, other.problem()), (422, "idempotency-key-reused"));
    assert_eq!(bobs.status, 202, "keys are each learner's own");
    assert_eq!(world.events().await.len(), 2, "graded once each");
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn the_same_upload_sent_ten_times_at_once_is_one_submission(db: PgPool) {
    let world = world(db).await;

    let sent = (0..10).map(|_| world.submits("ada", "k", "print(2)"));
    let mut ids = Vec::new();
    for answer in futures::future::join_all(sent).await {
        ids.push(answer.body["id"].clone());
    }

    ids.dedup();
    assert_eq!(ids.len(), 1, "{ids:?}");
    assert_eq!(world.events().await, ["submission.received"]);
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_key_is_forgotten_after_a_day(db: PgPool) {
    let world = world(db).await;
    let first = world.submits("ada", "k", "print(2)").await;

    world.clock.advance(TimeDelta::hours(23));
    let remembered = world.submits("ada", "k", "print(2)").await;
    world.clock.advance(TimeDelta::hours(1));
    let forgotten = world.submits("ada", "k", "print(3)").await;

    assert_eq!(remembered.body["id"], first.body["id"]);
    assert_eq!(forgotten.status, 202);
    assert_ne!(forgotten.body["id"], first.body["id"]);
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_key_is_required_and_visible_ascii(db: PgPool) {
    let world = world(db).await;

    for key in ["", "a b", "é", &"k".repeat(256)] {
        let answer = world.submits("ada", key, "print(2)").await;
        assert_eq!((answer.status, answer.problem()), (400, "idempotency-key-missing"), "{key:?}");
    }
    let longest = world.submits("ada", &"k".repeat(255), "print(2)").await;

    assert_eq!(longest.status, 202);
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn what_a_learner_has_no_part_in_does_not_exist(db: PgPool) {
    let world = world(db).await;
    world.send("ida/cs1", upload("cs1", package(&[("assignment.toml", GCD)]))).await;
    let file = json!([{"path": "a.py", "content": ""}]);

    for (who, course, assignment) in [
        ("ada", "default", "lcm"),
        ("ada", "cs1", "gcd"),
        ("ida/cs1", "default", "gcd"),
        ("ada", "default", "g\0"),
    ] {
        let body = json!({"course": course, "assignment": assignment, "files": file});
        let answer = world.sends(who, "k", &body).await;
        assert_eq!(
            (answer.status, answer.problem()),
            (404, "unknown-assignment"),
            "{who} {course}"
        );
    }
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_body_that_is_wrong_is_told_where(db: PgPool) {
    let world = world(db).await;
    let file = |path: &str, content: &str| json!({"path": path, "content": content});

    for (files, language, status, pointer) in [
        (json!([]), Value::Null, 422, json!("/files")),
        (json!([file("../a.py", "")]), Value::Null, 422, json!("/files/0/path")),
        (json!([file("a.py", ""), file("a.py", "")]), Value::Null, 422, json!("/files/1/path")),
        (json!([file("a.py", "\0")]), Value::Null, 422, json!("/files/0/content")),
        (json!([{"path": "a.py"}]), Value::Null, 422, json!("/files/0")),
        (json!([file("a.py", &" ".repeat(1024 * 1024 + 1))]), Value::Null, 413, Value::Null),
        (json!([file("a.py", &" ".repeat(5 * 1024 * 1024))]), Value::Null, 413, Value::Null),
        (json!([file("a.py", "")]), json!("rust"), 422, Value::Null),
        (json!([file("a.py", ""), file("a.c", "")]), Value::Null, 422, Value::Null),
    ] {
        let body = json!({"assignment": "gcd", "language": language, "files": files});
        let answer = world.sends("ada", "k", &body).await;
        assert_eq!(answer.status, status, "{:.200}", answer.body.to_string());
        assert_eq!(answer.body["errors"][0]["pointer"], pointer);
    }
    assert!(world.events().await.is_empty());
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_body_that_is_no_json_is_refused(db: PgPool) {
    let world = world(db).await;

    for (kind, body, status) in [
        ("application/gzip", "{}", 415),
        ("text/plain", "{}", 415),
        ("application/json", "{", 400),
        ("application/json; charset=utf-8", "[]", 422),
    ] {
        let request = Request::post("/v1/submissions")
            .header("content-type", kind)
            .header("idempotency-key", "k");
        let answer = world.send("ada", request.body(body.into()).unwrap()).await;
        assert_eq!(answer.status, status, "{kind} {body}");
    }
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn tries_are_bounded_and_a_repetition_is_none(db: PgPool) {
    let world = with_gcd(db, &format!("{GCD}tries = 2\n"), Limits::default()).await;

    let first = world.submits("ada", "k1", "print(1)").await;
    sqlx::query("update submissions set state = 'failed'").execute(&world.db).await.unwrap();
    for key in ["k2", "k3"] {
        assert_eq!(world.submits("ada", key, "print(2)").await.status, 202, "a failure is no try");
    }
    let over = world.submits("ada", "k4", "print(3)").await;
    let again = world.submits("ada", "k1", "print(1)").await;
    let bobs = world.submits("bob", "k1", "print(1)").await;

    assert_eq!((over.status, over.problem()), (409, "no-tries-left"));
    assert_eq!((again.status, &again.body), (202, &first.body));
    assert_eq!(bobs.status, 202);
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn too_much_at_once_is_refused_early(db: PgPool) {
    let limits = Limits { open_per_learner: 2, open: 3 };
    let world = with_gcd(db, GCD, limits).await;

    let mut statuses = Vec::new();
    for (who, key) in [("ada", "1"), ("ada", "2"), ("ada", "3"), ("bob", "1"), ("bob", "2")] {
        let answer = world.submits(who, key, "print(2)").await;
        assert_eq!(answer.status != 202, answer.headers.contains_key("retry-after"));
        statuses.push(answer.status);
    }
    sqlx::query("update submissions set state = 'complete'").execute(&world.db).await.unwrap();
    let later = world.submits("ada", "3", "print(2)").await;

    assert_eq!(statuses, [202, 202, 429, 202, 503]);
    assert_eq!(later.status, 202, "a refused request leaves its key free");
}

/// Somebody waits for a lock of PostgreSQL's, as every submission of a learner's does.
async fn one_waits(world: &World) {
    let waiting = "select count(*) from pg_locks l join pg_database d on d.oid = l.database
                   where d.datname = current_database() and locktype = 'advisory' and not granted";
    let seen = async {
        while sqlx::query_scalar::<_, i64>(waiting)
            .fetch_one(&world.db)
            .await
            .expect("locks can be read")
            == 0
        {}
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), seen).await.expect("somebody waits");
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn one_learners_rush_leaves_the_others_their_connections(db: PgPool) {
    let world = world(db).await;
    let mut elsewhere = world.db.begin().await.unwrap();
    shared::store::submissions::one_at_a_time(&mut elsewhere, "ada").await.unwrap();

    let keys: Vec<_> = (0..40).map(|n| n.to_string()).collect();
    let rush = futures::future::join_all(keys.iter().map(|key| world.submits("ada", key, "1")));
    let meanwhile = async {
        one_waits(&world).await;
        let bobs = world.submits("bob", "k", "1").await;
        elsewhere.rollback().await.unwrap();
        bobs
    };
    let (adas, bobs) = futures::join!(rush, meanwhile);

    assert_eq!(bobs.status, 202);
    let (taken, refused): (Vec<_>, Vec<_>) = adas.iter().partition(|one| one.status == 202);
    assert_eq!((taken.len(), refused.len()), (20, 20), "as many as may be open");
    for answer in refused {
        assert_eq!((answer.status, answer.problem()), (429, "too-many-open"));
        assert!(answer.headers.contains_key("retry-after"));
    }
}
