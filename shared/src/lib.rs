//! What two or more parts of Faultline need.
//!
//! The modules stand in order of dependency: each uses only those above it. `tests/tidy` checks that.
#![warn(missing_docs)]

pub mod clock;
pub mod config;
pub mod ids;

pub mod text;

pub mod package;

pub mod assignment;

pub mod report;

pub mod submission;

pub mod work;

pub mod events;

#[cfg(feature = "http")]
pub mod telemetry;

#[cfg(feature = "http")]
pub mod store;

#[cfg(feature = "http")]
pub mod problem;

#[cfg(feature = "http")]
pub mod broker;

#[cfg(feature = "http")]
pub mod auth;

#[cfg(feature = "http")]
pub mod http;
