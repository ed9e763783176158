//! Colours, and text made safe to print.

use anstyle::{AnsiColor, Style};
use shared::text::printable;

/// How a piece of text looks on a terminal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look(Style);

/// What went well.
pub(super) const GOOD: Look = Look(AnsiColor::Green.on_default());
/// What did not.
pub(super) const BAD: Look = Look(AnsiColor::Red.on_default());
/// Where to look.
pub(super) const MARK: Look = Look(AnsiColor::Yellow.on_default().bold());
/// Headings.
pub(super) const STRONG: Look = Look(Style::new().bold());
/// What may be passed over.
pub(super) const FAINT: Look = Look(Style::new().dimmed());

impl Look {
    /// The text, in this look.
    pub(super) fn of(self, text: &str) -> String {
        let style = self.0;
        format!("{style}{text}{style:#}")
    }
}

/// Text of a learner or a tool without anything that a terminal would obey; tabs as four blanks.
pub(super) fn clean(text: &str) -> String {
    printable(text.as_bytes()).replace('\t', "    ")
}

/// Clean text, wrapped, each line after `indent`.
pub(super) fn paragraph(text: &str, indent: &str, width: usize) -> String {
    hanging(text, indent, indent, width)
}

/// Clean text, wrapped, its first line after `first`, all others after `rest`.
pub(super) fn hanging(text: &str, first: &str, rest: &str, width: usize) -> String {
    let options = textwrap::Options::new(width).initial_indent(first).subsequent_indent(rest);
    format!("{}\n", textwrap::fill(clean(text).trim_end(), options))
}

/// Clean text in one line of at most `width` columns.
pub(super) fn line(text: &str, width: usize) -> String {
    let text = clean(text);
    if textwrap::core::display_width(&text) <= width {
        return text;
    }
    let mut shown = String::new();
    for c in text.chars() {
        if textwrap::core::display_width(&shown) + 2 >= width {
            break;
        }
        shown.push(c);
    }
    shown + "…"
}
