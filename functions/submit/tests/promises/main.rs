//! What submit promises, through its router, with a real database.

mod assignments;
mod submissions;
mod world;
