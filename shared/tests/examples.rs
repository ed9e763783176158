//! What crosses a boundary reads its own example, and writes it again as it was.
#![cfg(feature = "http")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use shared::{assignment, package, problem, report, submission, work};

/// Every field of the example is the type's, and every field of the type is in the example.
fn reads_whole<T: Serialize + DeserializeOwned>(example: &str) {
    let written: Value = serde_json::from_str(example).unwrap();
    let read: T = serde_json::from_str(example).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), written);
}

#[test]
fn every_type_that_crosses_a_boundary_has_an_example_that_it_reads() {
    reads_whole::<submission::Accepted>(include_str!("../examples/accepted.json"));
    reads_whole::<submission::Answer>(include_str!("../examples/answer.json"));
    reads_whole::<submission::AnswerResult>(include_str!("../examples/answer_result.json"));
    reads_whole::<assignment::Assignment>(include_str!("../examples/assignment.json"));
    reads_whole::<assignment::Language>(include_str!("../examples/language.json"));
    reads_whole::<submission::NewSubmission>(include_str!("../examples/new_submission.json"));
    reads_whole::<package::Package>(include_str!("../examples/package.json"));
    reads_whole::<submission::Page<submission::Summary>>(include_str!("../examples/page.json"));
    reads_whole::<problem::Document>(include_str!("../examples/problem.json"));
    reads_whole::<submission::Progress>(include_str!("../examples/progress.json"));
    reads_whole::<report::Rankings>(include_str!("../examples/rankings.json"));
    reads_whole::<report::Report>(include_str!("../examples/report.json"));
    reads_whole::<submission::Step>(include_str!("../examples/step.json"));
    reads_whole::<submission::Submission>(include_str!("../examples/submission.json"));
    reads_whole::<submission::SubmittedFiles>(include_str!("../examples/submitted_files.json"));
    reads_whole::<submission::Summary>(include_str!("../examples/summary.json"));
    reads_whole::<assignment::Uploaded>(include_str!("../examples/uploaded.json"));
    reads_whole::<work::Work>(include_str!("../examples/work.json"));
}
