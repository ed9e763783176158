//! `faultline doctor`.

use std::{
    io::Write as _,
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    process::ExitCode,
};

use serde::Serialize;

use crate::{postgres, show};

/// Checks whether this machine has what the local edition needs.
#[derive(Debug, clap::Args)]
pub(super) struct Doctor {
    /// Where the local edition would listen.
    #[arg(long, default_value = "127.0.0.1:8080", env = "FAULTLINE_LISTEN")]
    listen: SocketAddr,
    /// The local edition's folder.
    #[arg(long, default_value = ".local", env = "FAULTLINE_FOLDER")]
    folder: PathBuf,
    /// Prints the findings as JSON.
    #[arg(long)]
    json: bool,
}

impl Doctor {
    /// Ends with 0 where nothing is amiss, with 1 where something is.
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let mut findings = vec![server(), self.port(), self.state_folder()];
        findings.extend(languages());
        findings.push(learner_code());
        if self.json {
            let mut out = std::io::stdout();
            serde_json::to_writer_pretty(&mut out, &findings)?;
            writeln!(out)?;
        } else {
            let lines = findings.iter().map(|it| (it.good, it.what, it.found.as_str()));
            show::print(&show::checked(lines, show::width()))?;
        }
        let well = findings.iter().all(|finding| finding.good);
        Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    fn port(&self) -> Finding {
        let what = "address";
        match TcpListener::bind(self.listen) {
            Ok(_) => Finding::good(what, format!("{} is free", self.listen)),
            Err(error) => Finding::bad(what, format!("{}: {error}; use --listen", self.listen)),
        }
    }

    /// A folder that is not there yet is made by whoever needs it first; here it is only tried.
    fn state_folder(&self) -> Finding {
        let there = self.folder.ancestors().find(|folder| folder.exists());
        let there = there.unwrap_or_else(|| std::path::Path::new("."));
        match tempfile::tempfile_in(there) {
            Ok(_) => Finding::good("folder", format!("{} can be written", self.folder.display())),
            Err(error) => Finding::bad("folder", format!("{}: {error}", self.folder.display())),
        }
    }
}

/// What was found out about one need.
#[derive(Debug, Serialize)]
struct Finding {
    what: &'static str,
    good: bool,
    found: String,
}

impl Finding {
    fn good(what: &'static str, found: String) -> Self {
        Self { what, good: true, found }
    }

    fn bad(what: &'static str, found: String) -> Self {
        Self { what, good: false, found }
    }
}

fn server() -> Finding {
    match postgres::binaries() {
        Ok(folder) => Finding::good("PostgreSQL", folder.display().to_string()),
        Err(error) => Finding::bad("PostgreSQL", error.to_string()),
    }
}

/// Languages that the grader finds its tools for, and those that want a package.
fn languages() -> Vec<Finding> {
    let found = grader::languages();
    let wanted = [("python", "python3"), ("c", "gcc libc6-dev")];
    let tell = |(name, package): (&'static str, &str)| {
        let Some(language) = found.iter().find(|language| language.name == name) else {
            return Finding::bad(name, format!("is not graded; needs: apt-get install {package}"));
        };
        let tools: Vec<_> =
            language.tools.iter().map(|(tool, at)| format!("{tool} {at}")).collect();
        Finding::good(name, tools.join(", "))
    };
    wanted.into_iter().map(tell).collect()
}

fn learner_code() -> Finding {
    let shut_in = "sandbox tier `process`: limits on time, memory, output and processes";
    let user = if nix::unistd::geteuid().is_root() {
        "it runs as a user of its own"
    } else {
        "it runs as you, and could read what you can; as root it gets a user of its own"
    };
    Finding::good("learner code", format!("{shut_in}; {user}"))
}
