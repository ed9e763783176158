//! Promises of what is recorded.

use super::*;

#[test]
fn lines_in_a_row_are_one_range() {
    let hits = [1, 2, 3, 7].map(|line| (Place { path: "a.c".to_owned(), line }, 1));
    let run = TestRun { hits: BTreeMap::from(hits), crash: None };

    let ranges = run.ranges();

    assert_eq!(ranges["a.c"], [(1, 3), (7, 7)]);
}
