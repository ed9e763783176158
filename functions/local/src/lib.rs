//! The local edition: every part in one process, on one machine; and the command line.

mod bench;
mod commands;
pub mod edition;
mod postgres;

pub use commands::main;
