//! A whole Faultline in one process, on a database of the test's own.

mod leftovers;

use std::{
    collections::BTreeMap,
    ffi::OsString,
    net::Ipv4Addr,
    sync::{Arc, OnceLock},
    thread,
};

use chrono::TimeDelta;
use grader::OwnUsers;
use local::edition::{self, Options, Running};
use metrics_exporter_prometheus::PrometheusHandle;
use shared::{
    auth::{LocalIssuer, Role},
    clock::Clock,
    http::Stop,
    telemetry::{self, LogFormat},
};
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::{Person, slots};

/// How many connections a world keeps to its database.
const CONNECTIONS: u32 = 12;
/// Spans without log lines: traces go on, and tests stay quiet.
const LOG: &str = "error,shared::http=info";

/// What a world may do otherwise than usual.
#[derive(Clone, Debug)]
pub struct Setting {
    /// How many submissions are graded at once; 2 as a rule.
    pub slots: usize,
    /// The time; the system's as a rule. Tokens are checked by the system's, so a turned one should be near.
    pub clock: Clock,
    /// Limits of what is taken in; the usual ones as a rule.
    pub limits: submit::Limits,
    /// Whether dead letters may be left at the end.
    pub dead_letters: bool,
}

impl Default for Setting {
    fn default() -> Self {
        let (clock, limits) = (Clock::default(), submit::Limits::default());
        Self { slots: 2, clock, limits, dead_letters: false }
    }
}

/// Every part in one process, at a port of its own. Dropped with events that nobody took, it fails the test.
#[derive(Debug)]
pub struct World {
    /// Its database.
    pub db: PgPool,
    /// Its address, without a slash at the end.
    pub url: String,
    issuer: LocalIssuer,
    dead_letters: bool,
    /// `None` once it was stopped.
    edition: Option<Edition>,
}

/// The parts, on threads of their own: a test that ends can wait for them without waiting for itself.
#[derive(Debug)]
struct Edition {
    running: Running,
    db: PgPool,
    runtime: Runtime,
    _slots: TempDir,
    _users: Option<OwnUsers>,
}

impl World {
    /// A world on this database; `program` is one whose `main` is `local::main`, and so also the grader.
    pub async fn start(db: &PgPool, program: &str) -> Self {
        Self::with(db, program, Setting::default()).await
    }

    /// A world with a setting of its own.
    pub async fn with(db: &PgPool, program: &str, setting: Setting) -> Self {
        let issuer = LocalIssuer::ephemeral(setting.clock.clone()).expect("a key can be made");
        let options = db.connect_options();
        let dead_letters = setting.dead_letters;
        let edition = Edition::start(options, issuer.clone(), program, setting).await;
        let url = edition.running.url();
        Self { db: db.clone(), url, issuer, dead_letters, edition: Some(edition) }
    }

    /// A learner of `default`.
    pub fn learner(&self, name: &str) -> Person {
        self.person(name, &[])
    }

    /// An instructor of `default`.
    pub fn instructor(&self, name: &str) -> Person {
        self.person(name, &[("default", Role::Instructor)])
    }

    /// Somebody with roles by course.
    pub fn person(&self, name: &str, roles: &[(&str, Role)]) -> Person {
        let roles: BTreeMap<_, _> =
            roles.iter().map(|(course, role)| ((*course).to_owned(), *role)).collect();
        let token = self.issuer.person(name, roles, TimeDelta::hours(1));
        self.bearer(&token.expect("a token can be signed"))
    }

    /// Somebody without a token.
    pub fn stranger(&self) -> Person {
        Person::new(&self.url, None)
    }

    /// Somebody with this token, whatever it is.
    pub fn bearer(&self, token: &str) -> Person {
        Person::new(&self.url, Some(token.to_owned()))
    }

    /// A part of the service, as `audience` trusts it.
    pub fn part(&self, name: &str, audience: &str) -> Person {
        self.bearer(&self.issuer.service(name, audience).expect("a token can be signed"))
    }

    /// How many rows each table has: what a refused call must leave as it was. `inbox` is left out, and
    /// `outbox` counts events whether sent or not.
    pub async fn rows(&self) -> BTreeMap<String, i64> {
        leftovers::rows(&self.db).await
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let Some(edition) = self.edition.take() else { return };
        let patient = !thread::panicking();
        let dead_letters = self.dead_letters;
        let ending = thread::spawn(move || edition.end(patient, dead_letters));
        let left = ending.join().unwrap_or_else(|_| vec!["the edition did not end".into()]);
        assert!(!patient || left.is_empty(), "the world is left with {left:#?}");
    }
}

impl Edition {
    async fn start(
        options: Arc<PgConnectOptions>,
        issuer: LocalIssuer,
        program: &str,
        setting: Setting,
    ) -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let runtime = runtime.expect("threads can be started");
        let (folder, users) = (slots::folder(), slots::users(setting.slots));
        let first_uid = users.as_ref().and_then(|it| it.uids().first().copied());
        let judge = [program, "grader", "judge"].map(OsString::from).into();
        let (metrics, slots_folder) = (metrics(), folder.path().to_owned());
        let started = runtime.spawn(async move {
            let db = PgPoolOptions::new().max_connections(CONNECTIONS);
            let db = db.connect_lazy_with(PgConnectOptions::clone(&options));
            let options = Options {
                db: db.clone(),
                listen: (Ipv4Addr::LOCALHOST, 0).into(),
                issuer,
                clock: setting.clock,
                slots: setting.slots,
                slots_folder,
                first_uid,
                judge,
                limits: setting.limits,
                metrics: Some(metrics),
                public_url: None,
                origins: Vec::new(),
            };
            (edition::start(options, Stop::default()).await, db)
        });
        let (running, db) = started.await.expect("the edition's start does not panic");
        Self {
            running: running.expect("the edition starts"),
            db,
            runtime,
            _slots: folder,
            _users: users,
        }
    }

    /// Ends it; tells what was left, after it had time to finish.
    fn end(self, patient: bool, dead_letters: bool) -> Vec<String> {
        let Self { running, db, runtime, _slots, _users } = self;
        let left = runtime.block_on(async {
            let left =
                if patient { leftovers::in_the_end(&db, dead_letters).await } else { Vec::new() };
            let ended = running.stop().await;
            db.close().await;
            left.into_iter().chain(ended.err().map(|error| format!("{error:#}"))).collect()
        });
        runtime.shutdown_background();
        left
    }
}

/// Logging, traces and metrics are started once per process.
fn metrics() -> PrometheusHandle {
    static STARTED: OnceLock<PrometheusHandle> = OnceLock::new();
    let start = || telemetry::start(LogFormat::Readable, LOG).expect("nobody else started it");
    STARTED.get_or_init(start).clone()
}
