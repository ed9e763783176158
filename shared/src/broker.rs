//! How events get from the outbox to their receivers.

mod memory;

pub use memory::{Delivery, Memory, Queue};
