//! What compilers and writers say, cut, and hints up to the level that the reader may see.

use shared::{
    package::Manifest,
    report::Build,
    store::shown::Written,
    submission::{Feedback, Question},
    text::{SHOWN_BYTES, cut},
};

use super::Sight;

pub(super) fn build(build: &Build) -> Build {
    let mut build = build.clone();
    for diagnostic in &mut build.diagnostics {
        diagnostic.message = cut(&diagnostic.message, SHOWN_BYTES);
    }
    build
}

/// In an exam learners get a summary alone: hints and questions point at lines.
pub(super) fn feedback(
    written: Written,
    questions: Vec<Question>,
    manifest: &Manifest,
    sight: &Sight,
) -> Feedback {
    let levels = i32::from(manifest.feedback.levels);
    let most = if sight.instructor { i32::MAX } else { written.unlocked.min(levels) };
    let hints = written.hints.0.into_iter().filter(|hint| i32::from(hint.level) <= most);
    let questions = questions.into_iter().filter(|_| sight.instructor || levels > 0);
    Feedback {
        writer: written.writer,
        verified: written.verified,
        problem: written.problem,
        summary: cut(&written.summary, SHOWN_BYTES),
        hints: hints
            .map(|mut hint| {
                hint.text = cut(&hint.text, SHOWN_BYTES);
                hint
            })
            .collect(),
        questions: questions
            .map(|mut question| {
                question.text = cut(&question.text, SHOWN_BYTES);
                question
            })
            .collect(),
    }
}
