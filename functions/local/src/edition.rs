//! Every part in one process: one address, the memory broker, graders as child processes.

use std::{
    collections::BTreeMap, ffi::OsString, net::SocketAddr, path::PathBuf, sync::Arc, time::Duration,
};

use anyhow::Context as _;
use axum::{Router, http::HeaderValue};
use bridge::queues;
use grade_dispatch::{Answering, ProcessRunner, Slots};
use metrics_exporter_prometheus::PrometheusHandle;
use shared::{
    auth::LocalIssuer,
    broker::Memory,
    clock::Clock,
    http::{self, Parts, Stop},
    store::{languages, notify::Notifier},
};
use sqlx::PgPool;
use tokio::{
    net::TcpListener,
    task::{JoinHandle, JoinSet},
};
use utoipa_axum::router::OpenApiRouter;

/// How long graders under way may take once we are told to stop. All that follows must fit into 10 s with
/// it: platforms kill then.
const GRADERS_DRAIN: Duration = Duration::from_secs(5);
/// How long events that are being delivered may take then.
const EVENTS_DRAIN: Duration = Duration::from_secs(1);
/// How long requests may take then.
const REQUESTS_DRAIN: Duration = Duration::from_secs(2);

/// What a local edition is made of.
#[derive(Debug)]
pub struct Options {
    /// The database, its tables up to date.
    pub db: PgPool,
    /// Where it listens; port 0: any that is free.
    pub listen: SocketAddr,
    /// Whom it trusts, and who signs for the bridge.
    pub issuer: LocalIssuer,
    /// Tells the time.
    pub clock: Clock,
    /// How many submissions are graded at once.
    pub slots: usize,
    /// Where each slot has its folder.
    pub slots_folder: PathBuf,
    /// The first of the users that learner code runs as; `None`: as ourselves.
    pub first_uid: Option<u32>,
    /// The command line that is a judge.
    pub judge: Vec<OsString>,
    /// Limits of what is taken in.
    pub limits: submit::Limits,
    /// Where metrics are kept, if they are.
    pub metrics: Option<PrometheusHandle>,
    /// What links begin with, without a slash at the end; `None`: the address.
    pub public_url: Option<String>,
    /// Origins whose pages may call.
    pub origins: Vec<HeaderValue>,
}

/// A local edition that serves.
#[derive(Debug)]
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// Signs tokens that it trusts.
    pub issuer: LocalIssuer,
    stop: Stop,
    over: JoinHandle<anyhow::Result<()>>,
}

impl Running {
    /// Its address as URL, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Lets what is under way end, for 10 s at most, then stops.
    ///
    /// # Errors
    ///
    /// When the server had failed before.
    pub async fn stop(self) -> anyhow::Result<()> {
        self.stop.now();
        self.over.await.context("the server's task")?
    }

    /// Waits until `stop`, given at the start, was told, and everything has ended.
    ///
    /// # Errors
    ///
    /// When the server fails.
    pub async fn stopped(self) -> anyhow::Result<()> {
        self.over.await.context("the server's task")?
    }
}

/// Starts every part; they end after `stop` was told. Needs a tokio runtime.
///
/// # Errors
///
/// When the address is taken, or the database cannot be reached.
pub async fn start(options: Options, stop: Stop) -> anyhow::Result<Running> {
    let listen = options.listen;
    let listener =
        TcpListener::bind(listen).await.with_context(|| format!("listen at {listen}"))?;
    let address = listener.local_addr()?;
    let found = tokio::task::spawn_blocking(grader::languages).await?;
    languages::replace(&mut *options.db.acquire().await?, &found).await?;

    let issuer = options.issuer.clone();
    let serving = Stop::default();
    let dispatch = dispatch(&options, address);
    let router = router(&options, dispatch.clone(), &serving, address)?;
    let bridge = bridge_of(&options, address, &serving)?;
    let ended = stop.clone();
    let over = tokio::spawn(async move {
        let serve = http::serve(listener, router, serving.clone(), REQUESTS_DRAIN);
        let mut served = tokio::spawn(serve);
        let events = bridge::start(&bridge);
        let graders = ProcessRunner::work(&dispatch, &stop);
        tokio::select! {
            () = stop.stopped() => {}
            failed = &mut served => return failed?,
        }
        drain("graders", graders, GRADERS_DRAIN).await;
        serving.now();
        drain("deliveries", events, EVENTS_DRAIN).await;
        served.await?
    });
    Ok(Running { address, issuer, stop: ended, over })
}

/// Waits for tasks under way. Those that take too long are ended: the tables know what they left, and the
/// next start goes on from there.
async fn drain(what: &str, mut tasks: JoinSet<()>, within: Duration) {
    let all = async { while tasks.join_next().await.is_some() {} };
    if tokio::time::timeout(within, all).await.is_err() {
        tracing::warn!("some {what} did not end; the next start goes on with them");
        tasks.shutdown().await;
    }
}

fn dispatch(options: &Options, address: SocketAddr) -> grade_dispatch::App {
    let slots = Slots {
        count: options.slots,
        folder: options.slots_folder.clone(),
        first_uid: options.first_uid,
        judge: options.judge.clone(),
        dispatch_url: format!("http://{address}"),
    };
    grade_dispatch::App {
        db: options.db.clone(),
        notifier: Notifier::start(options.db.clone()),
        runner: ProcessRunner::new(slots),
        clock: options.clock.clone(),
        answering: Answering::since(options.clock.now()),
    }
}

fn bridge_of(options: &Options, address: SocketAddr, stop: &Stop) -> anyhow::Result<bridge::App> {
    let parts = ["grade-dispatch", "feedback"];
    let addresses = parts.map(|part| (part, format!("http://{address}/events/{part}")));
    Ok(bridge::App {
        db: options.db.clone(),
        broker: Memory::new(&queues()),
        addresses: Arc::new(BTreeMap::from(addresses)),
        issuer: options.issuer.clone(),
        client: bridge::App::client()?,
        clock: options.clock.clone(),
        stop: stop.clone(),
    })
}

/// All calls at one address, the events at `/events/<part>`.
fn router(
    options: &Options,
    dispatch: grade_dispatch::App,
    serving: &Stop,
    address: SocketAddr,
) -> anyhow::Result<Router> {
    let (db, clock, notifier) = (&options.db, &options.clock, &dispatch.notifier);
    let public_url = options.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
    let submit = submit::App {
        db: db.clone(),
        notifier: notifier.clone(),
        clock: clock.clone(),
        limits: options.limits,
        gates: submit::Gates::default(),
        public_url,
    };
    let feedback =
        feedback::App { db: db.clone(), notifier: notifier.clone(), clock: clock.clone() };
    let status = status::App::new(db.clone(), clock.clone(), serving.clone());
    let api = OpenApiRouter::new()
        .merge(submit::api(submit))
        .merge(status::api(status))
        .merge(feedback::api(feedback.clone()))
        .merge(grade_dispatch::api(dispatch.clone()));
    let events = grade_dispatch::events(dispatch, "/events/grade-dispatch")
        .merge(feedback::events(feedback, "/events/feedback"));
    Ok(http::router(Parts {
        api,
        events,
        auth: options.issuer.auth()?,
        db: db.clone(),
        metrics: options.metrics.clone(),
        origins: options.origins.clone(),
    }))
}
