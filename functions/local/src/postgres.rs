//! A PostgreSQL of our own: started and stopped with us, reachable by a socket that only we may open.
//!
//! It takes no TCP connections, so that learner code on the same machine cannot reach it. It does not run
//! as root: where we are root, it runs as `postgres`.

mod binaries;

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::Context as _;
use nix::{
    sys::signal::{Signal, kill},
    unistd::{Pid, User, chown, geteuid},
};

pub(crate) use binaries::binaries;

/// How long it may take to start or stop.
const PATIENCE: Duration = Duration::from_secs(30);
/// The user that it runs as where we are root; Debian's package makes it.
const USER: &str = "postgres";

/// What becomes of its data when the machine loses power.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Durability {
    /// What is committed stays.
    Durable,
    /// Nobody wants it then; faster.
    ThrowAway,
}

/// A running server. Dropped, it ends.
#[derive(Debug)]
pub(crate) struct Postgres {
    server: Child,
    /// Short and private: a socket's path has at most 107 bytes.
    socket: tempfile::TempDir,
}

impl Postgres {
    /// Starts the server whose data lies below `folder`, made on first use, with an empty database
    /// `faultline` in it.
    ///
    /// # Errors
    ///
    /// When PostgreSQL is not installed, or does not start.
    pub(crate) fn start(folder: &Path, durability: Durability) -> anyhow::Result<Self> {
        let binaries = binaries()?;
        let user = server_user()?;
        let data = data_folder(folder, user.as_ref())?;
        let socket = tempfile::Builder::new().prefix("faultline-").tempdir()?;
        give(socket.path(), user.as_ref())?;
        if !data.join("PG_VERSION").exists() {
            initialise(&binaries, &data, user.as_ref())?;
        }
        end_predecessor(&data)?;
        let mut command = as_user(&binaries.join("postgres"), user.as_ref());
        command.arg("-D").arg(&data).arg("-k").arg(socket.path());
        command.args(["-c", "listen_addresses=", "-c", "max_connections=300"]);
        if durability == Durability::ThrowAway {
            command.args(["-c", "fsync=off", "-c", "full_page_writes=off"]);
            command.args(["-c", "synchronous_commit=off"]);
        }
        let log = fs::File::create(folder.join("postgres.log")).context("write postgres.log")?;
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let server = command.spawn().context("start PostgreSQL")?;
        let mut postgres = Self { server, socket };
        postgres.wait_until_it_answers(&binaries, folder)?;
        Ok(postgres)
    }

    /// The database's address.
    pub(crate) fn url(&self) -> String {
        format!("postgres://faultline@localhost/faultline?host={}", self.socket.path().display())
    }

    /// Stops it, after everything committed is on disk.
    pub(crate) fn stop(mut self) -> anyhow::Result<()> {
        self.end()
    }

    fn end(&mut self) -> anyhow::Result<()> {
        let pid = Pid::from_raw(i32::try_from(self.server.id())?);
        if self.server.try_wait()?.is_none() {
            kill(pid, Signal::SIGINT).context("stop PostgreSQL")?;
        }
        self.server.wait().context("wait for PostgreSQL's end")?;
        Ok(())
    }

    /// Makes the database once the server takes connections.
    fn wait_until_it_answers(&mut self, binaries: &Path, folder: &Path) -> anyhow::Result<()> {
        let until = Instant::now() + PATIENCE;
        let socket = self.socket.path().to_owned();
        let ask = |tool: &str, arguments: &[&str]| {
            let mut command = Command::new(binaries.join(tool));
            command.arg("-h").arg(&socket).args(["-U", "faultline"]).args(arguments);
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()
        };
        while !ask("pg_isready", &["-q", "-t", "1", "-d", "postgres"])?.success() {
            if self.server.try_wait()?.is_some() || Instant::now() > until {
                let log = fs::read_to_string(folder.join("postgres.log")).unwrap_or_default();
                let last = log.lines().rev().take(5).collect::<Vec<_>>().join(" | ");
                anyhow::bail!("PostgreSQL does not start: {last}");
            }
            pause();
        }
        // Fails where the database is there already, which is as good.
        ask("createdb", &["faultline"])?;
        Ok(())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Err(error) = self.end() {
            tracing::warn!("PostgreSQL may still run: {error:#}");
        }
    }
}

/// Who the server runs as: nobody else where we are an ordinary user.
fn server_user() -> anyhow::Result<Option<User>> {
    if !geteuid().is_root() {
        return Ok(None);
    }
    let user = User::from_name(USER)?;
    user.map(Some).with_context(|| {
        format!("PostgreSQL does not run as root, and there is no user `{USER}` to run it as")
    })
}

/// The folder of the data, the server's alone.
fn data_folder(folder: &Path, user: Option<&User>) -> anyhow::Result<PathBuf> {
    let data = reachable(folder, "postgres")?;
    fs::create_dir_all(&data).with_context(|| format!("make {}", data.display()))?;
    give(&data, user)?;
    Ok(data)
}

/// The folder `name` below `folder`; where we are root and other users could not get there (a home, say),
/// a folder of the same meaning below `/var/lib`.
pub(crate) fn reachable(folder: &Path, name: &str) -> anyhow::Result<PathBuf> {
    fs::create_dir_all(folder).with_context(|| format!("make {}", folder.display()))?;
    let folder = folder.canonicalize().with_context(|| format!("find {}", folder.display()))?;
    if !geteuid().is_root() || open_to_others(&folder) {
        return Ok(folder.join(name));
    }
    let path: String =
        folder.to_string_lossy().chars().map(|c| if c == '/' { '-' } else { c }).collect();
    Ok(Path::new("/var/lib/faultline").join(path.trim_matches('-')).join(name))
}

/// Whether others may pass through the folder and all above it.
fn open_to_others(folder: &Path) -> bool {
    folder.ancestors().all(|above| {
        fs::metadata(above).is_ok_and(|metadata| metadata.permissions().mode() & 0o001 != 0)
    })
}

/// Makes a folder the server's alone.
fn give(folder: &Path, user: Option<&User>) -> anyhow::Result<()> {
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    if let Some(user) = user {
        chown(folder, Some(user.uid), Some(user.gid))?;
    }
    Ok(())
}

fn initialise(binaries: &Path, data: &Path, user: Option<&User>) -> anyhow::Result<()> {
    let mut command = as_user(&binaries.join("initdb"), user);
    command.arg("-D").arg(data).args(["-U", "faultline", "-A", "trust", "-E", "UTF8"]);
    command.args(["--locale=C.UTF-8", "--no-sync", "--no-instructions"]);
    let output = command.stdin(Stdio::null()).output().context("start initdb")?;
    let said = String::from_utf8_lossy(&output.stderr);
    anyhow::ensure!(output.status.success(), "initdb failed: {}", said.trim());
    Ok(())
}

/// A server on the same data that outlived the process that started it: it is told to end, by its pid.
fn end_predecessor(data: &Path) -> anyhow::Result<()> {
    let Ok(file) = fs::read_to_string(data.join("postmaster.pid")) else { return Ok(()) };
    let Some(pid) = file.lines().next().and_then(|line| line.trim().parse().ok()) else {
        return Ok(());
    };
    let until = Instant::now() + PATIENCE;
    let alive = |pid| {
        let name = fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
        name.trim() == "postgres"
    };
    if alive(pid) {
        kill(Pid::from_raw(pid), Signal::SIGINT).context("end an earlier PostgreSQL")?;
    }
    while alive(pid) {
        anyhow::ensure!(Instant::now() < until, "an earlier PostgreSQL (pid {pid}) does not end");
        pause();
    }
    Ok(())
}

/// A command that runs as the server's user and ends with us, however we end.
fn as_user(program: &Path, user: Option<&User>) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "INT"]);
    if let Some(user) = user {
        command.args(["--reuid", &user.uid.to_string(), "--regid", &user.gid.to_string()]);
        command.arg("--clear-groups");
    }
    command.arg("--").arg(program).current_dir("/").env("LC_ALL", "C.UTF-8");
    command
}

#[expect(
    clippy::disallowed_methods,
    reason = "polls another process, which tells nobody when it is ready"
)]
fn pause() {
    std::thread::sleep(Duration::from_millis(20));
}
