//! The learner's source with suspicious lines marked.

use std::collections::BTreeSet;

use shared::{
    package::Files,
    report::{Evidence, Suspect},
};

use super::{
    Sheet,
    style::{FAINT, MARK, STRONG, clean, hanging, line, paragraph},
};

/// How many suspects are marked.
const MARKED: usize = 3;
/// How many lines are shown before and after a marked one.
const AROUND: usize = 3;
/// Blanks before what is said of a line.
const SAID: &str = "           ";

pub(super) fn marked(sheet: &Sheet<'_>, width: usize) -> String {
    let Some(files) = sheet.files else { return String::new() };
    let suspects = chosen(sheet.suspects, files);
    let paths: BTreeSet<&str> = suspects.iter().map(|suspect| suspect.path.as_str()).collect();
    let mut shown = String::new();
    for (path, text) in files.iter().filter(|(path, _)| paths.contains(path.as_str())) {
        let here: Vec<_> =
            suspects.iter().copied().filter(|suspect| suspect.path == *path).collect();
        let heading = format!("Where to look: {}", clean(path));
        shown.extend([STRONG.of(&heading), "\n".into(), file(text, &here, width)]);
    }
    let expected = shown.is_empty() && sheet.is_built() && !sheet.all_passed();
    match sheet.abstained.filter(|_| expected) {
        Some(why) => paragraph(&format!("No line is suspected: {why}."), "", width),
        None => shown,
    }
}

/// The first suspects, in their order. The first lines of functions stand back while there are others: a function
/// begins, whatever is wrong in it.
fn chosen<'a>(suspects: &'a [Suspect], files: &Files) -> Vec<&'a Suspect> {
    let begins = |suspect: &&Suspect| {
        let text = files.get(&suspect.path).map_or("", String::as_str);
        let line = text.lines().nth((suspect.line as usize).saturating_sub(1));
        line.is_some_and(|line| line.trim_start().starts_with("def "))
    };
    let (functions, others): (Vec<_>, Vec<_>) = suspects.iter().partition(begins);
    let mut chosen: Vec<_> = others.into_iter().chain(functions).take(MARKED).collect();
    chosen.sort_by_key(|suspect| suspect.rank);
    chosen
}

fn file(text: &str, suspects: &[&Suspect], width: usize) -> String {
    let near = |number: usize| {
        suspects.iter().any(|suspect| number.abs_diff(suspect.line as usize) <= AROUND)
    };
    let mut shown = String::new();
    let mut last = 0;
    for (number, code) in (1..).zip(text.lines()).filter(|(number, _)| near(*number)) {
        if number > last + 1 && last > 0 {
            shown.extend([SAID, &FAINT.of("⋮"), "\n"]);
        }
        last = number;
        let suspect = suspects.iter().find(|suspect| suspect.line as usize == number);
        shown += &code_line(number, code, suspect.copied(), width);
    }
    shown
}

fn code_line(number: usize, code: &str, suspect: Option<&Suspect>, width: usize) -> String {
    let code = line(code, width.saturating_sub(SAID.len()));
    let Some(suspect) = suspect else {
        let number = FAINT.of(&format!("     {number:>4} │"));
        return format!("{}\n", format!("{number} {code}").trim_end());
    };
    let mark = format!("▶ {:<2} {number:>4} │ {code}", suspect.rank);
    let (first, rest) = (format!("{SAID}╰ "), format!("{SAID}  "));
    format!("{}\n{}", MARK.of(&mark), hanging(&reason(suspect), &first, &rest, width))
}

/// Why a line is suspected, in words.
fn reason(suspect: &Suspect) -> String {
    let reasons: Vec<String> = suspect.evidence.iter().map(in_words).collect();
    reasons.join("; ")
}

fn in_words(evidence: &Evidence) -> String {
    match evidence {
        Evidence::Spectrum { failing, passing } => {
            format!("ran in {} and {}", tests(*failing, "failing"), tests(*passing, "passing"))
        }
        Evidence::Crash { name } => format!("the program crashed here ({name})"),
        Evidence::Repair { change, failing_fixed, passing_broken, edit } => {
            let edit = edit.as_ref().map(|edit| format!(" ({edit})")).unwrap_or_default();
            let mended = tests(*failing_fixed, "failing");
            let broken = tests(*passing_broken, "passing");
            format!("a change of the {change} here{edit} mends {mended} and breaks {broken}")
        }
    }
}

fn tests(count: u32, kind: &str) -> String {
    match count {
        0 => format!("no {kind} test"),
        1 => format!("1 {kind} test"),
        more => format!("{more} {kind} tests"),
    }
}
