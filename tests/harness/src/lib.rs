//! What stories are told with: a whole Faultline in one process, and people who use it over HTTP.
//!
//! Everything here is for tests, and fails them by panic: `expect` and `assert` say what was promised.
#![warn(missing_docs)]
#![expect(clippy::panic, reason = "a promise that is not kept fails the test")]

mod answer;
mod assignment;
pub mod graders;
mod person;
pub mod programs;
mod slots;
mod stream;
mod until;
mod world;

pub use answer::Answer;
pub use assignment::Assignment;
pub use person::{Person, submission};
pub use slots::Alone;
pub use stream::{Seen, Stream};
pub use until::until;
pub use world::{Setting, World};
