//! What status promises, through its router, on a real database.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod following;
mod library;
mod lists;
mod reading;
