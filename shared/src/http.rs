//! What every function's HTTP has: health, metrics, documentation, limits, traces, a graceful end.

mod bodies;
mod body;
mod client;
mod event;
mod events;
mod pages;
mod parameters;
mod router;
mod serve;

pub use body::Json;
pub use client::client;
pub use event::{CE_JSON, Incoming, binary, read_events};
pub use events::Events;
pub use parameters::{Path, Query};
pub use router::{Parts, router};
pub use serve::{Stop, serve};
