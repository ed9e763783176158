//! What compilers and writers say.

use shared::{
    report::{Build, BuildOutcome, Severity},
    submission::{Feedback, Hint, Question},
};

use super::style::{BAD, FAINT, GOOD, MARK, STRONG, clean, paragraph};

/// How many diagnostics are shown.
const DIAGNOSTICS: usize = 5;

pub(super) fn build(build: Option<&Build>, width: usize) -> String {
    let Some(build) = build else { return String::new() };
    let mut shown = match build.outcome {
        BuildOutcome::Ok if build.diagnostics.is_empty() => return String::new(),
        BuildOutcome::Ok => format!("{}\n", STRONG.of("The compiler warns")),
        BuildOutcome::CompileError => format!("{}\n", BAD.of("The program cannot be built")),
        BuildOutcome::CompileLimit => format!("{}\n", BAD.of("The build took too much")),
    };
    for diagnostic in build.diagnostics.iter().take(DIAGNOSTICS) {
        let severity = match diagnostic.severity {
            Severity::Error => BAD.of("error"),
            Severity::Warning => MARK.of("warning"),
            Severity::Note => FAINT.of("note"),
        };
        let inset = if diagnostic.severity == Severity::Note { "    " } else { "  " };
        let at = format!("{inset}{}:{}: ", clean(&diagnostic.path), diagnostic.line);
        shown.extend([at, severity, "\n".into()]);
        shown += &paragraph(&diagnostic.message, &format!("{inset}  "), width);
    }
    shown
}

pub(super) fn feedback(feedback: Option<&Feedback>, answer: &str, width: usize) -> String {
    let Some(feedback) = feedback else { return String::new() };
    let mut shown = String::new();
    if !feedback.summary.is_empty() {
        shown += &paragraph(&feedback.summary, "", width);
    }
    for one in &feedback.hints {
        shown += &hint(one, width);
    }
    for one in &feedback.questions {
        shown += &question(one, answer, width);
    }
    shown
}

pub(super) fn hint(hint: &Hint, width: usize) -> String {
    let at = place(hint.line);
    paragraph(&format!("Hint {}{at}: {}", hint.level, hint.text), "  ", width)
}

fn question(question: &Question, answer: &str, width: usize) -> String {
    let number = question.n;
    let heading = format!("Question {number}{}", place(question.line));
    let shown = format!("\n{}\n{}", STRONG.of(&heading), paragraph(&question.text, "  ", width));
    let Some(answered) = &question.answered else {
        return format!("{shown}  {}\n", FAINT.of(&format!("{answer} {number} \"…\"")));
    };
    let mark = if answered.right { GOOD.of("✓") } else { BAD.of("✗") };
    let said = clean(&answered.text).replace('\n', " ");
    format!("{shown}  {mark} {said}\n")
}

fn place(line: Option<u32>) -> String {
    line.map(|line| format!(" (line {line})")).unwrap_or_default()
}
