//! Holds what a program gave against what it should have given. Nothing here runs near learner code.

mod of_type;
mod output;
mod value;

pub(crate) use of_type::is_of_type;
pub(crate) use output::differs as output_differs;
pub(crate) use value::same as same_value;

/// Whether two numbers are equal within a relative difference; not a number equals itself.
///
/// A floor of 1e-12 lets a sum that is zero but for rounding be zero.
fn close(expected: f64, actual: f64, tolerance: f64) -> bool {
    if expected.is_nan() || actual.is_nan() {
        return expected.is_nan() && actual.is_nan();
    }
    if expected.is_infinite() || actual.is_infinite() {
        return expected.total_cmp(&actual).is_eq();
    }
    let room = tolerance * expected.abs().max(actual.abs());
    (expected - actual).abs() <= room.max(1e-12)
}
