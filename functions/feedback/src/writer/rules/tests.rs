//! What the rules promise, on small attempts.

mod errors_explained;
mod form;
mod levels;
mod named_outputs;
mod named_values;
mod nothing_leaks;
mod questions;
mod what_explains;
