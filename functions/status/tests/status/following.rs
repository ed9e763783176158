//! Streams.

use crate::library::{Library, REPORT, Stream};
use serde_json::Value;
use sqlx::PgPool;

/// The data of the next event for which `holds`, with its name before it.
async fn until(stream: &mut Stream, holds: impl Fn(&str, &Value) -> bool) -> Value {
    loop {
        let event = stream.next().await.expect("the stream goes on");
        let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name));
        let Some(name) = field("event: ") else { continue };
        assert_eq!(field("id: ").is_some(), name == "change", "{event}");
        let data = serde_json::from_str(field("data: ").unwrap()).unwrap();
        if holds(name, &data) {
            return data;
        }
    }
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_stream_tells_every_step_and_ends_with_the_last(db: PgPool) {
    let library = Library::new(db).await;
    let id = library.submission("ada").await;
    let attempt = library.is_queued(id).await;

    let mut stream = library.follows("ada", &format!("/v1/submissions/{id}/events"), None).await;

    let queued = until(&mut stream, |_, data| data["state"] == "queued").await;
    assert_eq!(queued["queue"]["place"], 1);
    library.is_grading(id, attempt, 1).await;
    until(&mut stream, |_, data| data["state"] == "grading").await;
    library.is_complete(id, attempt, REPORT).await;
    let last = until(&mut stream, |_, data| data["state"] == "complete").await;
    assert_eq!(last["tests"].as_array().unwrap().len(), 1, "as its learner sees it");
    assert_eq!(stream.next().await, None);
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn who_resumes_is_told_only_what_they_missed(db: PgPool) {
    let library = Library::new(db).await;
    let id = library.graded("ada").await;
    let path = format!("/v1/submissions/{id}/events");
    let event = library.follows("ada", &path, None).await.next().await.unwrap();
    let revision = event.lines().find_map(|line| line.strip_prefix("id: ")).unwrap();

    let mut same = library.follows("ada", &path, Some(revision)).await;
    let mut older = library.follows("ada", &path, Some("1")).await;

    assert_eq!(same.next().await, None, "nothing is new, nothing will come");
    assert_eq!(
        until(&mut older, |name, _| name == "change").await["revision"].to_string(),
        revision
    );
    assert_eq!(older.next().await, None);
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn progress_has_no_id_so_that_resuming_starts_at_a_revision(db: PgPool) {
    let library = Library::new(db).await;
    let first = library.submission("ada").await;
    let waiting = library.submission("ada").await;
    let ahead = library.is_queued(first).await;
    library.is_queued(waiting).await;
    let mut stream =
        library.follows("ada", &format!("/v1/submissions/{waiting}/events"), None).await;
    until(&mut stream, |name, data| name == "change" && data["queue"]["place"] == 2).await;

    library.is_grading(first, ahead, 0).await;
    library.told(waiting);

    until(&mut stream, |name, data| name == "progress" && data["queue"]["place"] == 1).await;
    library.stop.now();
    assert_eq!(stream.next().await, None, "the server stops");
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn streams_of_a_process_share_one_connection(db: PgPool) {
    let library = Library::new(db).await;
    let id = library.submission("ada").await;
    let path = format!("/v1/submissions/{id}/events");
    let mut streams = Vec::new();
    for _ in 0..30 {
        streams.push(library.follows("ada", &path, None).await);
    }

    let attempt = library.is_queued(id).await;
    library.is_grading(id, attempt, 0).await;

    for stream in &mut streams {
        until(stream, |_, data| data["state"] == "grading").await;
    }
    let listening = "select count(*) from pg_stat_activity
                     where datname = current_database() and query ilike 'listen %'";
    let connections: i64 = sqlx::query_scalar(listening).fetch_one(&library.db).await.unwrap();
    assert_eq!(connections, 1);
}

/// How much memory this process has in use, in KiB.
fn resident_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_thousand_readers_are_told_the_end_in_bounded_memory(db: PgPool) {
    let library = Library::new(db).await;
    let id = library.submission("ada").await;
    let path = format!("/v1/submissions/{id}/events");
    let attempt = library.is_queued(id).await;
    let before = resident_kib();
    let mut streams = Vec::new();
    for _ in 0..1000 {
        streams.push(library.follows("ada", &path, None).await);
    }
    let readers = futures::future::join_all(streams.iter_mut().map(|stream| async {
        until(stream, |_, data| data["state"] == "complete").await;
        stream.next().await
    }));

    let finish = async {
        library.is_grading(id, attempt, 1).await;
        library.is_complete(id, attempt, REPORT).await;
    };
    let (ends, ()) = futures::join!(readers, finish);

    let grown = resident_kib().saturating_sub(before);
    println!("a thousand streams took {grown} KiB");
    assert!(
        ends.len() == 1000 && ends.iter().all(Option::is_none),
        "each ends with the last change"
    );
    assert!(grown < 64 * 1024, "{grown} KiB are more than 64 KiB a stream");
}
