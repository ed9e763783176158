//! grade-dispatch
