//! The table as people read it.

use std::fmt::Write;

use super::score::Row;

/// Rows under a heading, columns aligned; where `colour`, the rows of a whole language stand out.
pub(crate) fn rows_as_text(rows: &[Row], colour: bool) -> String {
    let mut text = format!(
        "{:<22} {:>4} {:>6} {:>6} {:>6} {:>6} {:>7} {:>7} {:>7} {:>6} {:>6} {:>5}\n",
        "",
        "n",
        "Top-1",
        "Top-3",
        "Top-5",
        "EXAM",
        "CPU ms",
        "median",
        "p95",
        "abst.",
        "differ",
        "out",
    );
    for row in rows {
        let whole = colour && !row.name.contains(' ');
        let (on, off) = if whole { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
        let [mean, median, p95] = row.cpu_ms;
        let _ = writeln!(
            text,
            "{on}{:<22} {:>4} {:>6.1} {:>6.1} {:>6.1} {:>6.3} {mean:>7} {median:>7} {p95:>7} {:>6} {:>6} {:>5}{off}",
            row.name,
            row.n,
            row.top1,
            row.top3,
            row.top5,
            row.exam,
            row.abstained,
            row.mismatches,
            row.left_out,
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_terminal_gets_colour() {
        let row = Row {
            name: "python".to_owned(),
            n: 131,
            top1: 41.25,
            top3: 80.0,
            top5: 90.0,
            exam: 0.4,
            cpu_ms: [100, 90, 200],
            abstained: 0,
            mismatches: 1,
            left_out: 3,
        };

        let plain = rows_as_text(std::slice::from_ref(&row), false);
        let bright = rows_as_text(&[row], true);

        assert!(!plain.contains('\u{1b}') && bright.contains('\u{1b}'));
        assert!(plain.contains("python                  131   41.2"), "{plain}");
    }
}
