//! The local edition: every part in one process, on one machine; and the command line.

mod bench;
mod client;
mod commands;
pub mod edition;
mod postgres;
mod show;

pub use commands::main;
