//! Graders as child processes, each in a slot of its own. Never in a cluster.

use std::{ffi::OsString, path::PathBuf, process::Stdio, sync::Arc, time::Duration};

use anyhow::Context as _;
use shared::{
    http::Stop,
    ids::AttemptId,
    store::{attempts, blobs::Hash},
};
use tokio::{
    process::{Child, Command},
    task::JoinSet,
};

use super::queue::Queue;
use crate::{App, reconcile, replace::replace, token};

/// How often a running grader's attempt is looked at: one that was given up is ended.
const LOOK: Duration = Duration::from_secs(2);

/// The slots of this machine.
#[derive(Clone, Debug)]
pub struct Slots {
    /// How many graders run at once.
    pub count: usize,
    /// Each slot has a folder of its own below this one; it outlives graders.
    pub folder: PathBuf,
    /// Slot n runs learner code as user `first_uid + n`; `None`: as ourselves.
    pub first_uid: Option<u32>,
    /// The command line that is a judge.
    pub judge: Vec<OsString>,
    /// Where judges find grade-dispatch: `http://127.0.0.1:8080`.
    pub dispatch_url: String,
}

/// Starts graders as child processes. Cheap to clone.
#[derive(Clone, Debug)]
pub struct ProcessRunner {
    slots: Arc<Slots>,
    queue: Arc<Queue>,
}

impl ProcessRunner {
    /// A runner with these slots; nothing runs before [`Self::work`].
    pub fn new(slots: Slots) -> Self {
        Self { slots: Arc::new(slots), queue: Arc::default() }
    }

    /// Asks for a grader. The attempt waits for a slot; one that waits or runs already is not doubled.
    pub fn start(&self, id: AttemptId) {
        self.queue.push(id);
    }

    /// Takes over what an earlier process left, then keeps every slot busy until `stop`. A slot's task ends
    /// when the grader that was under way then has ended; aborted, it ends its grader, whose submission is
    /// graded again by the next process.
    pub fn work(app: &App, stop: &Stop) -> JoinSet<()> {
        let mut slots = JoinSet::new();
        let taking_over = app.clone();
        slots.spawn(async move {
            if let Err(problem) = reconcile::take_over(&taking_over).await {
                tracing::warn!("what an earlier process left is not known yet: {problem}");
            }
        });
        for n in 0..app.runner.slots.count {
            slots.spawn(keep_busy(app.clone(), n, stop.clone()));
        }
        slots
    }
}

async fn keep_busy(app: App, n: usize, stop: Stop) {
    loop {
        let id = tokio::select! {
            biased;
            () = stop.stopped() => return,
            id = app.runner.queue.pop() => id,
        };
        if let Err(error) = grade(&app, n, id).await {
            tracing::error!(attempt.id = %id, error = format!("{error:#}"), "no grader ran");
        }
        app.runner.queue.forget(id);
    }
}

/// Runs one grader to its end. One that ends without a report was lost.
async fn grade(app: &App, n: usize, id: AttemptId) -> anyhow::Result<()> {
    let token = token::new();
    let hash = Hash::of(token.as_bytes());
    let mut db = app.db.acquire().await?;
    let started = app.clock.now();
    if !attempts::start(&mut db, id, &hash, started).await? {
        return Ok(());
    }
    drop(db);
    match spawn(&app.runner.slots, n, id, &token) {
        Ok(mut child) => watch(app, id, &mut child).await?,
        Err(error) => {
            tracing::error!(attempt.id = %id, error = format!("{error:#}"), "no grader starts");
        }
    }
    let counted = app.answering.counts(Some(started));
    let replaced = app.heard(replace(app, id, counted).await);
    replaced.map_err(|problem| anyhow::anyhow!("replace a lost grader: {problem}"))
}

fn spawn(slots: &Slots, n: usize, id: AttemptId, token: &str) -> anyhow::Result<Child> {
    let (program, arguments) = slots.judge.split_first().context("no judge is configured")?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .env("GRADER_ATTEMPT", id.to_string())
        .env("GRADER_TOKEN", token)
        .env("GRADER_DISPATCH_URL", &slots.dispatch_url)
        .env("GRADER_SLOT_DIR", slots.folder.join(n.to_string()))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .kill_on_drop(true);
    if let Some(first) = slots.first_uid {
        command.env("GRADER_SLOT_UID", (first + u32::try_from(n)?).to_string());
    }
    command.spawn().with_context(|| format!("start {}", program.to_string_lossy()))
}

/// Waits for the grader's end, and ends it where its attempt was given up.
async fn watch(app: &App, id: AttemptId, child: &mut Child) -> anyhow::Result<()> {
    loop {
        match tokio::time::timeout(LOOK, child.wait()).await {
            Ok(status) => {
                let status = status.context("wait for a grader")?;
                if !status.success() {
                    tracing::warn!(attempt.id = %id, "a grader ended with {status}");
                }
                return Ok(());
            }
            Err(_) if given_up(app, id).await => child.kill().await.context("end a grader")?,
            Err(_) => {}
        }
    }
}

/// Whether nobody waits for the attempt any more. Where the database does not answer, somebody may.
async fn given_up(app: &App, id: AttemptId) -> bool {
    let state = async { Ok(attempts::get(&mut *app.db.acquire().await?, id).await?) };
    match app.heard(state.await) {
        Ok(Some(attempt)) => matches!(&*attempt.state, "lost" | "failed"),
        Ok(None) => true,
        Err(_) => false,
    }
}
