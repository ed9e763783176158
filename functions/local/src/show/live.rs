//! How far grading is, while it goes on: one line that changes on a terminal, plain lines elsewhere.

use std::io::{IsTerminal as _, Write as _};

use shared::submission::{Phase, Step};

/// How many blocks a full bar has.
const BAR: u32 = 24;

/// Shows steps on standard error. Dropped, it leaves no half line behind.
#[derive(Debug)]
pub(crate) struct Live {
    terminal: bool,
    last: String,
}

impl Live {
    /// For whoever watches standard error.
    pub(crate) fn new() -> Self {
        Self { terminal: std::io::stderr().is_terminal(), last: String::new() }
    }

    /// Shows a step, unless nothing changed in it that is worth a line.
    pub(crate) fn show(&mut self, step: &Step) {
        let said = if self.terminal { with_bar(step) } else { plain(step) };
        if said.is_empty() || said == self.last {
            return;
        }
        let mut to = std::io::stderr();
        // Whoever closed standard error does not want to see it.
        let _ = if self.terminal { write!(to, "\r\x1b[K{said}") } else { writeln!(to, "{said}") };
        let _ = to.flush();
        self.last = said;
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        if self.terminal && !self.last.is_empty() {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

fn with_bar(step: &Step) -> String {
    match &step.progress {
        Some(progress) if progress.phase == Phase::Test && progress.of > 0 => {
            let full = BAR * progress.done.min(progress.of) / progress.of;
            let bar = "█".repeat(full as usize) + &"░".repeat((BAR - full) as usize);
            format!("{} {bar} {} of {}", doing(progress.phase), progress.done, progress.of)
        }
        _ => plain(step),
    }
}

fn plain(step: &Step) -> String {
    match (&step.progress, &step.queue) {
        (Some(progress), _) => doing(progress.phase).into(),
        (None, Some(queue)) => format!("waits, place {}", queue.place),
        (None, None) => String::new(),
    }
}

fn doing(phase: Phase) -> &'static str {
    match phase {
        Phase::Fetch => "starts",
        Phase::Build => "builds",
        Phase::Test => "runs tests",
        Phase::Cover => "watches lines run",
        Phase::Localise => "ranks lines",
    }
}

#[cfg(test)]
mod tests {
    use shared::submission::{Progress, Queue};

    use super::*;

    #[test]
    fn a_bar_grows_with_the_tests_that_are_done() {
        let of = |done| Step {
            progress: Some(Progress { phase: Phase::Test, done, of: 4 }),
            queue: None,
        };

        assert_eq!(
            with_bar(&of(1)),
            format!("runs tests {}{} 1 of 4", "█".repeat(6), "░".repeat(18))
        );
        assert_eq!(with_bar(&of(9)).matches('█').count(), 24, "never longer than full");
    }

    #[test]
    fn elsewhere_a_phase_is_one_line_however_many_tests_it_has() {
        let of = |done| Step {
            progress: Some(Progress { phase: Phase::Test, done, of: 4 }),
            queue: None,
        };
        let waits =
            Step { progress: None, queue: Some(Queue { place: 3, reason: "slots".into() }) };

        assert_eq!(plain(&of(1)), plain(&of(2)));
        assert_eq!(plain(&waits), "waits, place 3");
    }
}
