//! What Faultline promises, told from outside: one file a promise.

mod assignments;
mod bad_bodies;
mod bad_callers;
mod bad_events;
mod classroom;
mod localization;
mod lost_graders;
mod overload;
mod pages;
mod questions;
mod redelivery;
mod seeing;
mod stopping;
mod submitting;
mod tracing;
mod watching;
