//! The rows that other parts write.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use shared::{
    ids::{AttemptId, SubmissionId},
    package::{Files, Package},
    store::{
        attempts::{self, Finished, NewAttempt},
        blobs::{self, Hash},
    },
    submission::{Phase, Progress, Score},
    work::Kind,
};
use sqlx::PgPool;

use super::Library;

/// What graders found: a visible, a hidden and a later test failed, each with words of its own.
pub(crate) const REPORT: &str = include_str!("report.json");

/// The token of every judge.
const TOKEN: &[u8] = b"judge";

/// The assignment `sum`, version 1, in `default`.
pub(super) async fn assignment(db: &PgPool, due: DateTime<Utc>) {
    let toml = format!(
        "id = \"sum\"\ntitle = \"Sum\"\nlanguages = [\"python\"]\ndue = {}\n\
         [[group]]\ntests = [\"hidden-*\"]\npoints = 1\nvisibility = \"hidden\"\n\
         [[group]]\ntests = [\"late-*\"]\npoints = 1\nvisibility = \"after_due\"\n\
         [[group]]\ntests = [\"*\"]\npoints = 1\n",
        due.format("%Y-%m-%dT%H:%M:%SZ")
    );
    let mut files = Files::from([
        ("assignment.toml".into(), toml),
        ("text.md".into(), "Add two numbers.\n".into()),
    ]);
    for test in ["open-1", "hidden-1", "late-1"] {
        files.insert(format!("tests/{test}.in"), format!("{test} input\n"));
        files.insert(format!("tests/{test}.out"), format!("{test} output\n"));
    }
    let package = Package::from_files(files.clone()).unwrap();
    let mut connection = db.acquire().await.unwrap();
    let hash = blobs::put(&mut connection, &packed(&files)).await.unwrap();
    sqlx::query(
        "insert into assignments (course, id, version, state, package_hash, manifest, details,
         created_by) values ('default', 'sum', 1, 'ready', $1, $2, $3, 'grace')",
    )
    .bind(&hash.0)
    .bind(json!(package.manifest))
    .bind(json!(package.details(due - chrono::TimeDelta::days(30))))
    .execute(db)
    .await
    .unwrap();
}

impl Library {
    /// `learner` submits.
    pub(crate) async fn submission(&self, learner: &str) -> SubmissionId {
        let id = SubmissionId::new();
        let files = json!({ "solution.py": "print(1)\n" }).to_string();
        let mut connection = self.db.acquire().await.unwrap();
        let source = blobs::put(&mut connection, files.as_bytes()).await.unwrap();
        sqlx::query(
            "insert into submissions (id, course, assignment, version, learner, language,
             source_hash, body_hash, submitted_at)
             values ($1, 'default', 'sum', 1, $3, 'python', $2, $2, $4)",
        )
        .bind(id)
        .bind(&source.0)
        .bind(learner)
        .bind(self.clock.now())
        .execute(&self.db)
        .await
        .unwrap();
        id
    }

    /// An attempt for it waits.
    pub(crate) async fn is_queued(&self, id: SubmissionId) -> AttemptId {
        let new = NewAttempt {
            submission: Some(id),
            course: "default".into(),
            assignment: "sum".into(),
            version: 1,
            language: "python".into(),
            kind: Kind::Grade,
        };
        let mut db = self.db.acquire().await.unwrap();
        let attempt = attempts::create(&mut db, &new).await.unwrap();
        self.notifier.submission(id);
        attempt
    }

    /// A judge has it, and has finished `done` of 3 tests.
    pub(crate) async fn is_grading(&self, id: SubmissionId, attempt: AttemptId, done: u32) {
        let (token, now) = (Hash::of(TOKEN), self.clock.now());
        let progress = Progress { phase: Phase::Test, done, of: 3 };
        let mut db = self.db.acquire().await.unwrap();
        attempts::start(&mut db, attempt, &token, now).await.unwrap();
        attempts::claim(&mut db, attempt, &token, now, now).await.unwrap();
        attempts::progress(&mut db, attempt, &token, &progress, now).await.unwrap();
        self.notifier.submission(id);
    }

    /// Its report and its feedback are in.
    pub(crate) async fn is_complete(&self, id: SubmissionId, attempt: AttemptId, report: &str) {
        let (token, now) = (Hash::of(TOKEN), self.clock.now());
        let mut db = self.db.acquire().await.unwrap();
        let report = blobs::put(&mut db, report.as_bytes()).await.unwrap();
        let score = Score { points: 1.0 / 3.0, possible: 3.0 };
        let with = Finished {
            id: attempt,
            token: &token,
            report: &report,
            score,
            search_until: None,
            now,
        };
        assert!(attempts::finish(&mut db, &with).await.unwrap());
        self.writes_feedback(id, attempt).await;
        attempts::complete(&mut db, attempt, now).await.unwrap();
        self.notifier.submission(id);
    }

    /// A submission of `learner`, all the way.
    pub(crate) async fn graded(&self, learner: &str) -> SubmissionId {
        let id = self.submission(learner).await;
        let attempt = self.is_queued(id).await;
        self.is_grading(id, attempt, 1).await;
        self.is_complete(id, attempt, REPORT).await;
        id
    }

    async fn writes_feedback(&self, id: SubmissionId, attempt: AttemptId) {
        let hints: Vec<Value> = (1..=3)
            .map(|level| json!({ "level": level, "text": format!("hint {level}"), "line": 2 }))
            .collect();
        sqlx::query(
            "insert into feedbacks (attempt_id, submission_id, writer, summary, hints, unlocked)
             values ($1, $2, 'rules', 'One test fails.', $3, 1)",
        )
        .bind(attempt)
        .bind(id)
        .bind(json!(hints))
        .execute(&self.db)
        .await
        .unwrap();
        sqlx::query(
            "insert into questions (submission_id, n, attempt_id, text, line, answer)
             values ($1, 1, $2, 'What is x?', 2, 'the-answer')",
        )
        .bind(id)
        .bind(attempt)
        .execute(&self.db)
        .await
        .unwrap();
    }

    /// Changes one thing that the assignment's manifest says.
    pub(crate) async fn rule(&self, key: &str, value: Value) {
        sqlx::query("update assignments set manifest = manifest || jsonb_build_object($1, $2)")
            .bind(key)
            .bind(value)
            .execute(&self.db)
            .await
            .unwrap();
    }
}

fn packed(files: &Files) -> Vec<u8> {
    let mut archive =
        tar::Builder::new(flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast()));
    for (path, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        archive.append_data(&mut header, path, content.as_bytes()).unwrap();
    }
    archive.into_inner().unwrap().finish().unwrap()
}
