//! What sort of thing went wrong.

use shared::report::{Outcome, TestResult};

use super::told;

/// The class of an attempt's outcome; hints are written by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// The compiler, or the parser, refused it.
    Build,
    /// The build took too long or too much.
    BuildLimit,
    /// It crashed.
    Crash,
    /// It computed for too long.
    Time,
    /// It waited for too long.
    Wait,
    /// It took too much memory.
    Memory,
    /// It wrote too much.
    Output,
    /// It did what no program may here.
    Forbidden,
    /// It ended with a code that is not 0, and without an error.
    Exit,
    /// The function that the tests call is not there.
    Missing,
    /// It ended before it gave a result.
    NoResult,
    /// It gave another result.
    Wrong,
    /// What the learner may see passes; something else does not.
    Unseen,
    /// Everything passes.
    Passes,
}

impl Class {
    /// The class of a failing test; `None` where it passed or was not run.
    pub(super) fn of(outcome: Outcome) -> Option<Self> {
        match outcome {
            Outcome::Passed | Outcome::Skipped => None,
            Outcome::WrongAnswer => Some(Self::Wrong),
            Outcome::NoResult => Some(Self::NoResult),
            Outcome::RuntimeError => Some(Self::Crash),
            Outcome::TimeLimit => Some(Self::Time),
            Outcome::WallTimeLimit => Some(Self::Wait),
            Outcome::MemoryLimit => Some(Self::Memory),
            Outcome::OutputLimit | Outcome::DiskLimit => Some(Self::Output),
            Outcome::ProcessLimit | Outcome::ForbiddenCall => Some(Self::Forbidden),
        }
    }

    /// The class of a failing test whose message may be told.
    pub(super) fn of_test(test: &TestResult) -> Option<Self> {
        match Self::of(test.outcome)? {
            Self::NoResult if told::missing(test).is_some() => Some(Self::Missing),
            Self::Crash if told::exit_code(test).is_some() => Some(Self::Exit),
            class => Some(class),
        }
    }

    /// What happened, as the end of a sentence: `your program …`.
    pub(super) fn happened(self) -> &'static str {
        match self {
            Self::Build => "cannot be read by the compiler yet",
            Self::BuildLimit => "took too long to build",
            Self::Crash => "stopped with an error",
            Self::Time => "was still computing when its time was up",
            Self::Wait => "was still waiting when its time was up",
            Self::Memory => "needed more memory than it may have",
            Self::Output => "wrote more than it may",
            Self::Forbidden => "asked the system for something that is not allowed here",
            Self::Exit => "ended with an exit code that is not 0",
            Self::Missing => "lacks a function that the tests call",
            Self::NoResult => "ended before it gave a result",
            Self::Wrong => "gave another result than expected",
            Self::Unseen | Self::Passes => "gave what was expected",
        }
    }

    /// What to check, as a change of a sort and never a fix.
    pub(super) fn check(self) -> &'static str {
        match self {
            Self::Build | Self::BuildLimit => {
                "Make the program smaller until it builds, then add the parts back one by one."
            }
            Self::Time => {
                "Check the condition that ends the loop: which of its variables change inside the loop, and do \
                 they move towards the end? If the loop does end, look for work that is repeated although its \
                 result is known."
            }
            Self::Wait => {
                "Check what the program waits for: it may read more input than there is, or wait for an answer \
                 that never comes. Compare each read with the description of the input."
            }
            Self::Memory => {
                "Check what grows: a list that is added to in a loop that does not end, a call of a function by \
                 itself without a last case, or a size that is computed too large."
            }
            Self::Output => {
                "Check the loop around the line that writes: what ends it, and does that ever happen?"
            }
            Self::Forbidden => {
                "The task needs no network, no other programs and no files of the system. Check which call asks \
                 for one of these."
            }
            Self::NoResult => {
                "Check every way by which the program can end: is there a call that leaves early, or a loop \
                 that leaves the program in place of itself?"
            }
            Self::Exit => {
                "Check every line that ends the program: which code does it give, and does that code say what \
                 is meant?"
            }
            Self::Missing => {
                "Compare the name letter by letter, capital and small ones too, and check that the line that \
                 begins the function is not set in."
            }
            Self::Crash | Self::Wrong | Self::Unseen | Self::Passes => {
                "Follow the values by hand from the start of the function to this line."
            }
        }
    }
}
