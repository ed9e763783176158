mod bench;
mod commands;
mod postgres;

pub use commands::main;
