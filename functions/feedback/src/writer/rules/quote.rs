//! Text of learners and tests on its way into a hint: in back-ticks, on one line, printable, cut.

use shared::{package::Files, text};

/// How many characters of a quoted text are shown.
const SHOWN: usize = 100;

/// The text in back-ticks; line ends as `\n`. Safe to show, whatever it was.
pub(super) fn quote(said: &str) -> String {
    let safe = text::printable(said.trim_end().as_bytes());
    let mut shown: String = safe.chars().take(SHOWN).collect();
    if safe.chars().count() > SHOWN {
        shown.push('…');
    }
    let shown = shown.replace('`', "'").replace('\n', "\\n").replace('\t', "\\t");
    format!("`{shown}`")
}

/// The text in back-ticks, or `words` where there is none.
pub(super) fn quote_or(said: &str, words: &str) -> String {
    if said.trim().is_empty() { words.to_owned() } else { quote(said) }
}

/// A line of the learner's, from 1; `None` where there is no such line.
pub(super) fn line_of<'a>(files: &'a Files, path: &str, line: u32) -> Option<&'a str> {
    let index = usize::try_from(line).ok()?.checked_sub(1)?;
    files.get(path)?.lines().nth(index)
}

/// The line's number and text: line 7, and what stands there in back-ticks; of which file, where there are
/// several.
pub(super) fn place(files: &Files, path: &str, line: u32) -> String {
    let file = if files.len() > 1 { format!(" of {}", quote(path)) } else { String::new() };
    match line_of(files, path, line).map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => format!("line {line}{file}, {}", quote(text)),
        None => format!("line {line}{file}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_one_printable_line_that_cannot_end_itself() {
        assert_eq!(quote("a`b\nc\u{1b}[2J\n"), "`a'b\\nc\\u{1b}[2J`");
        assert_eq!(quote(&"x".repeat(500)).chars().count(), SHOWN + 3);
        assert_eq!(quote_or(" \n", "no input"), "no input");
    }
}
