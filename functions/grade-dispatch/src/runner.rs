//! What starts graders. `process`: a child process in a slot of this machine.

mod process;
mod queue;

pub use process::{ProcessRunner, Slots};
