//! `faultline doctor`.

use std::{
    io::Write as _,
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    process::ExitCode,
};

use serde::Serialize;

use crate::{
    postgres,
    show::{self, Mark},
};

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
        findings.push(learner_code(nix::unistd::geteuid().is_root()));
        if self.json {
            let mut out = std::io::stdout();
            serde_json::to_writer_pretty(&mut out, &findings)?;
            writeln!(out)?;
        } else {
            let lines = findings.iter().map(|it| (it.mark(), it.what, it.found.as_str()));
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
    /// It works, but somebody should know.
    warning: bool,
    found: String,
}

impl Finding {
    fn good(what: &'static str, found: String) -> Self {
        Self { what, good: true, warning: false, found }
    }

    fn bad(what: &'static str, found: String) -> Self {
        Self { what, good: false, warning: false, found }
    }

    fn warning(what: &'static str, found: String) -> Self {
        Self { what, good: true, warning: true, found }
    }

    fn mark(&self) -> Mark {
        match (self.good, self.warning) {
            (false, _) => Mark::Bad,
            (true, true) => Mark::Warning,
            (true, false) => Mark::Good,
        }
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

/// What learner code can do if it runs as whoever started the local edition.
pub(super) const RUNS_AS_YOU: &str =
    "learner code can read what you can read; run as root, or give it only to people you trust";

fn learner_code(root: bool) -> Finding {
    let shut_in = "sandbox tier `process`: limits on time, memory, output and processes";
    if root {
        Finding::good("learner code", format!("{shut_in}; it runs as a user of its own"))
    } else {
        Finding::warning("learner code", format!("{shut_in}; {RUNS_AS_YOU}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn learner_code_that_runs_as_yourself_is_warned_of() {
        let (as_root, as_you) = (learner_code(true), learner_code(false));

        assert_eq!(as_root.mark(), Mark::Good);
        assert_eq!(as_you.mark(), Mark::Warning);
        assert!(as_you.found.ends_with(RUNS_AS_YOU), "{}", as_you.found);
    }
}
