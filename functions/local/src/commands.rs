//! `faultline`'s commands, one file each.

mod answer;
mod assignment;
mod bench;
mod bench_walk;
mod demo;
mod doctor;
mod grade;
mod grader;
mod migrate;
mod run;
mod submit;
mod token;
mod with_postgres;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub(crate) use token::issuer_key;

/// Grades programming assignments and finds the bug in the learner's own code.
#[derive(Debug, Parser)]
#[command(name = "faultline", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Starts a server of its own, submits four programs with mistakes, shows their reports, and stops.
    Demo(demo::Demo),
    /// Runs the local edition until Ctrl-C.
    Run(run::Run),
    /// Submits files, shows how grading goes on, then the report.
    Submit(submit::Submit),
    /// Answers a question about a submission.
    Answer(answer::Answer),
    /// Checks whether this machine has what the local edition needs.
    Doctor(doctor::Doctor),
    /// Prints a token of the local edition's own issuer.
    Token(token::Token),
    /// Brings a database's tables up to date.
    Migrate(migrate::Migrate),
    /// Runs a command with a throw-away PostgreSQL, named by `DATABASE_URL`.
    WithPostgres(with_postgres::WithPostgres),
    /// Grades a submission on the spot, with no service running.
    Grade(grade::Grade),
    /// Checks assignments and sends them to a server.
    Assignment(assignment::Assignment),
    /// Measures the grader on programs whose bug is known.
    Bench(bench::Bench),
    /// A grader's two halves; the runner starts them.
    #[command(hide = true)]
    Grader(grader::Grader),
}

/// Reads the command line and does what it says.
pub fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Demo(command) => command.run(),
        Command::Run(command) => command.run(),
        Command::Submit(command) => command.run(),
        Command::Answer(command) => command.run(),
        Command::Doctor(command) => command.run(),
        Command::Token(command) => command.run(),
        Command::Migrate(command) => command.run(),
        Command::WithPostgres(command) => command.run(),
        Command::Grade(command) => command.run(),
        Command::Assignment(command) => command.run(),
        Command::Bench(command) => command.run(),
        Command::Grader(command) => command.run(),
    };
    done.unwrap_or_else(|error| {
        complain(&error);
        ExitCode::from(2)
    })
}

#[expect(clippy::print_stderr, reason = "a command line tells its user what went wrong")]
fn complain(error: &anyhow::Error) {
    eprintln!("faultline: {error:#}");
}

/// The runtime of a command that talks to something.
fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}
