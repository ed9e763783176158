//! Text on its way to people: cut where it is long, and safe to print.

/// How much of a text an answer shows, in bytes (design: 4 KiB).
pub const SHOWN_BYTES: usize = 4096;

/// What stands where text was cut.
pub const CUT_MARK: &str = "… (cut)";

/// The text, or its first `limit` bytes (at a character's end) and [`CUT_MARK`].
pub fn cut(text: &str, limit: usize) -> String {
    if text.len() <= limit {
        return text.to_owned();
    }
    let end = text.floor_char_boundary(limit);
    format!("{}{CUT_MARK}", &text[..end])
}

/// Bytes of a program as text: invalid UTF-8 replaced, control and direction characters shown as
/// escapes (`\u{1b}`), line ends and tabs kept.
pub fn printable(bytes: &[u8]) -> String {
    let mut shown = String::with_capacity(bytes.len());
    for c in String::from_utf8_lossy(bytes).chars() {
        match c {
            '\n' | '\t' => shown.push(c),
            c if c.is_control() || is_direction(c) => shown.extend(c.escape_unicode()),
            c => shown.push(c),
        }
    }
    shown
}

/// Characters that turn the direction of the text around them, and so can hide what code does.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_at_a_character() {
        assert_eq!(cut("aéb", 2), format!("a{CUT_MARK}"));
        assert_eq!(cut("aéb", 4), "aéb");
    }

    #[test]
    fn escapes_of_a_terminal_are_shown_not_obeyed() {
        assert_eq!(printable(b"ok\x1b[2J\r\n\xff"), "ok\\u{1b}[2J\\u{d}\n\u{fffd}");
    }
}
