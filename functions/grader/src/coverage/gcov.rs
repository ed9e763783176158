//! What `gcov --json-format --stdout` says: one JSON document a line, one for each counter file.

use serde::Deserialize;

/// One counter file: the lines of the sources that it counts.
#[derive(Debug, Deserialize)]
pub(super) struct Counts {
    /// The counter file, as it was named on the command line.
    pub(super) data_file: String,
    /// The sources, as they were named to the compiler.
    pub(super) files: Vec<Source>,
}

/// One source and its lines.
#[derive(Debug, Deserialize)]
pub(super) struct Source {
    /// The path as it was named to the compiler.
    pub(super) file: String,
    /// Lines that can run.
    pub(super) lines: Vec<Line>,
}

/// One line that can run.
#[derive(Debug, Deserialize)]
pub(super) struct Line {
    /// From 1.
    pub(super) line_number: u32,
    /// How often it ran.
    pub(super) count: u64,
}

/// Reads what gcov wrote; a line that is no such document is passed over.
pub(super) fn read(stdout: &[u8]) -> Vec<Counts> {
    stdout
        .split(|byte| *byte == b'\n')
        .filter_map(|line| serde_json::from_slice(line).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_document_hides_no_other() {
        let text = br#"{"data_file":"0/a.gcda","files":[
{"data_file":"1/a.gcda","files":[{"file":"a.c","lines":[{"line_number":4,"count":2,"branches":[]}]}]}
"#;

        let counts = read(text);

        assert_eq!(counts.len(), 1);
        assert_eq!(counts[0].data_file, "1/a.gcda");
        assert_eq!(
            (counts[0].files[0].lines[0].line_number, counts[0].files[0].lines[0].count),
            (4, 2)
        );
    }
}
