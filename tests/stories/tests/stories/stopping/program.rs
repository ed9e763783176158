//! `faultline run` as a process of its own.

use std::process::{ExitStatus, Stdio};

use harness::Person;
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use sqlx::{ConnectOptions as _, PgPool};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader, Lines},
    process::{Child, ChildStdout, Command},
};

use crate::classroom::PROGRAM;

/// `faultline run` on a test's database, and the two people that it has tokens for.
pub(super) struct Program {
    child: Child,
    /// Kept open: a program that cannot say what it has to say ends.
    _said: Lines<BufReader<ChildStdout>>,
    _folder: tempfile::TempDir,
    pub(super) ada: Person,
    pub(super) grace: Person,
}

impl Program {
    /// Starts it, and waits until it says where it listens.
    pub(super) async fn start(db: &PgPool) -> Self {
        // Others may pass through it: as root, learner code runs as a user of its own.
        let passable = std::os::unix::fs::PermissionsExt::from_mode(0o711);
        let folder = tempfile::Builder::new().permissions(passable).tempdir();
        let folder = folder.expect("a temporary folder can be made");
        let mut child = Command::new(PROGRAM)
            .args(["run", "--listen", "127.0.0.1:0", "--slots", "1", "--log", "error", "--folder"])
            .arg(folder.path())
            .env("DATABASE_URL", db.connect_options().to_url_lossy().as_str())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the program starts");
        let mut said = BufReader::new(child.stdout.take().expect("its output is a pipe")).lines();
        let mut after = async |mark: &str| loop {
            let line = said.next_line().await.expect("its output is text");
            let line = line.expect("it says where it listens and who may come before it ends");
            if let Some((_, word)) = line.split_once(mark) {
                return word.trim().to_owned();
            }
        };
        let url = after("listens at ").await;
        let ada = Person::new(&url, Some(after("learner ada:").await));
        let grace = Person::new(&url, Some(after("instructor grace:").await));
        Self { child, _said: said, _folder: folder, ada, grace }
    }

    /// Sends it a signal and waits for its end.
    pub(super) async fn ends_by(mut self, signal: Signal) -> ExitStatus {
        let pid = self.child.id().and_then(|pid| i32::try_from(pid).ok());
        kill(Pid::from_raw(pid.expect("it runs")), signal).expect("it is ours to stop");
        self.child.wait().await.expect("it ends")
    }
}
