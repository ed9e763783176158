//! A report as a person likes to read it.
//!
//! Everything here is pure: from what was found to text with colours, which [`print`] takes away where
//! nobody would see them. No control character of a learner's gets through.

mod difference;
mod live;
mod source;
mod style;
mod tests;
mod words;

use std::io::Write as _;

use shared::{
    package::Files,
    report::{Build, BuildOutcome, Outcome, Report, Suspect, TestResult},
    submission::{AnswerResult, Feedback, HiddenGroup, Score, Submission, rounded},
};

pub(crate) use live::Live;

/// What is shown, wherever it came from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sheet<'a> {
    /// What was graded: `median, version 3, try 2`.
    title: String,
    score: Option<Score>,
    build: Option<&'a Build>,
    tests: &'a [TestResult],
    hidden: &'a [HiddenGroup],
    suspects: &'a [Suspect],
    abstained: Option<&'a str>,
    feedback: Option<&'a Feedback>,
    /// How to answer a question, but for its number.
    answer: String,
    files: Option<&'a Files>,
}

impl<'a> Sheet<'a> {
    /// What the reader of a submission may see.
    pub(crate) fn of_submission(submission: &'a Submission, files: &'a Files) -> Self {
        let nth = submission.r#try.map(|n| format!(", try {n}")).unwrap_or_default();
        let assignment = &submission.assignment;
        Self {
            title: format!("{}, version {}{nth}", assignment.id, assignment.version),
            score: submission.score,
            build: submission.build.as_ref(),
            tests: &submission.tests,
            hidden: &submission.hidden,
            suspects: &submission.suspects,
            abstained: submission.abstained.as_deref(),
            feedback: submission.feedback.as_ref(),
            answer: format!("faultline answer {}", submission.id),
            files: Some(files),
        }
    }

    /// All that a grader found.
    pub(crate) fn of_report(
        title: &str,
        report: &'a Report,
        feedback: &'a Feedback,
        files: &'a Files,
    ) -> Self {
        let points = report.tests.iter().map(|test| test.points).sum();
        let possible = report.tests.iter().map(|test| test.possible).sum();
        Self {
            title: title.to_owned(),
            score: Some(Score { points, possible }),
            build: Some(&report.build),
            tests: &report.tests,
            suspects: &report.suspects.all.suspects,
            abstained: report.suspects.all.abstained.as_deref(),
            feedback: Some(feedback),
            files: Some(files),
            ..Self::default()
        }
    }

    /// Whether there was a program to run.
    fn is_built(&self) -> bool {
        self.build.is_some_and(|build| build.outcome == BuildOutcome::Ok)
    }

    /// Whether there is nothing to mend.
    pub(crate) fn all_passed(&self) -> bool {
        self.is_built()
            && self.tests.iter().all(|test| test.outcome == Outcome::Passed)
            && self.hidden.iter().all(|group| group.failed == 0)
    }

    /// The whole sheet, in lines of at most `width` columns, with colours.
    pub(crate) fn text(&self, width: usize) -> String {
        let paragraphs = [
            self.heading(),
            words::build(self.build, width),
            tests::list(self.tests, self.hidden, width),
            source::marked(self, width),
            words::feedback(self.feedback, &self.answer, width),
        ];
        let shown: Vec<_> = paragraphs.into_iter().filter(|text| !text.is_empty()).collect();
        shown.join("\n")
    }

    fn heading(&self) -> String {
        let title = style::STRONG.of(&style::clean(&self.title));
        let Some(score) = self.score else { return format!("{title}\n") };
        let colour = if self.all_passed() { style::GOOD } else { style::BAD };
        let points = format!("{} of {} points", rounded(score.points), rounded(score.possible));
        format!("{title}   {}\n", colour.of(&points))
    }
}

/// Whether an answer was right, what was seen, and the next hint.
pub(crate) fn answered(result: &AnswerResult, width: usize) -> String {
    let said = if result.answered.right {
        style::GOOD.of("✓ right")
    } else {
        style::BAD.of("✗ not what was seen")
    };
    let seen = style::paragraph(&format!("seen: {}", result.answered.observed), "  ", width);
    let hint = result.next_hint.as_ref().map(|hint| words::hint(hint, width));
    format!("{said}\n{seen}{}", hint.unwrap_or_default())
}

/// How a need is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// As it should be.
    Good,
    /// It works, but somebody should know.
    Warning,
    /// It does not work.
    Bad,
}

/// A list of what is well and what is not: how well, what, and what was found.
pub(crate) fn checked<'a>(
    lines: impl Iterator<Item = (Mark, &'a str, &'a str)>,
    width: usize,
) -> String {
    let line = |(mark, what, found): (Mark, &str, &str)| {
        let mark = match mark {
            Mark::Good => style::GOOD.of("✓"),
            Mark::Warning => style::MARK.of("!"),
            Mark::Bad => style::BAD.of("✗"),
        };
        format!("{mark} {}\n{}", style::STRONG.of(what), style::paragraph(found, "    ", width))
    };
    lines.map(line).collect()
}

/// Prints a text for people; without colours where `NO_COLOR` is set or nobody looks.
///
/// # Errors
///
/// When standard output is closed.
pub(crate) fn print(text: &str) -> std::io::Result<()> {
    write!(anstream::stdout(), "{text}")
}

/// How many columns there are: those of the terminal, at most 100; 80 elsewhere.
pub(crate) fn width() -> usize {
    terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0).clamp(40, 100))
}

#[cfg(test)]
mod promises {
    use serde_json::json;
    use shared::text::CUT_MARK;

    use super::*;

    const SOURCE: &str =
        "def gcd(a, b):\n    while b:\n        a = b\n        b = a % b\n    return a\n";

    /// A try whose third line is wrong.
    fn submission() -> Submission {
        serde_json::from_str(include_str!("show/submission.json")).unwrap()
    }

    fn shown(submission: &Submission, source: &str) -> String {
        let files = Files::from([("solution.py".into(), source.into())]);
        let text = Sheet::of_submission(submission, &files).text(72);
        anstream::adapter::strip_str(&text).to_string()
    }

    #[test]
    fn a_report_reads_from_the_score_to_the_question() {
        let text = shown(&submission(), SOURCE);

        assert_eq!(text, include_str!("show/submission.txt"));
    }

    #[test]
    fn escapes_in_learner_text_are_shown_not_obeyed() {
        let mut submission = submission();
        submission.tests[1].actual = format!("\u{1b}[2Jgone\u{7}{CUT_MARK}");

        let text = shown(&submission, "x = 1\n\n\u{1b}]0;title\u{7}\n");

        assert!(!text.contains(['\u{1b}', '\u{7}']), "{text}");
        assert!(text.contains("\\u{1b}]0;title"), "{text}");
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let mut submission = submission();
        submission.tests[1].input = "9".repeat(500);

        let text = shown(&submission, &SOURCE.replace("a = b", &"wide ".repeat(60)));

        let widest = text.lines().map(textwrap::core::display_width).max();
        assert!(widest <= Some(72), "{widest:?}\n{text}");
    }

    #[test]
    fn nothing_is_marked_where_nothing_came() {
        let mut submission = submission();
        submission.tests[1].actual = String::new();

        let text = shown(&submission, SOURCE);

        assert!(text.contains("actual    (nothing)\n  ✗ zero"), "{text}");
    }

    #[test]
    fn a_right_output_with_an_exit_code_is_no_crash() {
        let mut submission = submission();
        submission.tests[2].crash = None;
        submission.tests[2].message = "it ended with exit code 1".into();

        let text = shown(&submission, SOURCE);

        assert!(text.contains("✗ zero  ended with an exit code"), "{text}");
    }

    #[test]
    fn what_a_function_printed_keeps_its_lines_in_line() {
        let mut submission = submission();
        submission.tests[1].message = "it printed: one\ntwo\n".into();

        let text = shown(&submission, SOURCE);

        assert!(text.contains("    printed   one\n              two\n"), "{text}");
    }

    #[test]
    fn the_first_line_of_a_function_stands_back_while_other_lines_are_left() {
        let mut submission = submission();
        let first = submission.suspects[0].clone();
        let line = |line, rank| Suspect { line, rank, ..first.clone() };
        submission.suspects = vec![line(1, 1), line(2, 2), line(3, 3), line(4, 4)];
        let only = Submission { suspects: vec![line(1, 1)], ..submission.clone() };

        let text = shown(&submission, SOURCE);

        assert!(!text.contains("▶ 1 ") && text.contains("▶ 4 "), "{text}");
        assert!(shown(&only, SOURCE).contains("▶ 1 "), "where nothing else is suspected");
    }

    #[test]
    fn a_note_stands_under_its_warning() {
        let mut submission = submission();
        let remark = |severity: &str, message: &str| {
            json!({ "path": "a.c", "line": 2, "column": null,
            "severity": severity, "message": message })
        };
        let said = [remark("warning", "implicit declaration"), remark("note", "include <stdio.h>")];
        submission.build =
            Some(serde_json::from_value(json!({ "outcome": "ok", "diagnostics": said })).unwrap());

        let text = shown(&submission, SOURCE);

        let wanted = "  a.c:2: warning\n    implicit declaration\n    a.c:2: note\n      include <stdio.h>\n";
        assert!(text.contains(wanted), "{text}");
    }

    #[test]
    fn only_a_program_without_a_failing_test_has_passed() {
        let mut submission = submission();
        let files = Files::new();
        assert!(!Sheet::of_submission(&submission, &files).all_passed());

        submission.tests = serde_json::from_value(json!([submission.tests[0]])).unwrap();
        assert!(!Sheet::of_submission(&submission, &files).all_passed(), "hidden tests fail");

        submission.hidden.clear();
        assert!(Sheet::of_submission(&submission, &files).all_passed());
    }
}
