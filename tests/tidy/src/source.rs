//! Rust source as lines; files are formatted by rustfmt, so indentation tells where things end.

/// Lines that are not comments from their beginning on.
pub(crate) fn code_lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim_start().starts_with("//"))
}

/// A function in a file.
#[derive(Debug)]
pub(crate) struct Function<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// The attributes above it, joined by line ends.
    pub(crate) attributes: String,
    /// Everything from `fn` to the brace that opens its body.
    pub(crate) signature: String,
    /// Lines from `fn` to the closing brace.
    pub(crate) lines: usize,
}

/// The functions of a file, in order. One without a body (in a trait) is none.
pub(crate) fn functions(text: &str) -> Vec<Function<'_>> {
    let lines: Vec<&str> = text.lines().collect();
    lines
        .iter()
        .enumerate()
        .filter_map(|(at, line)| {
            let name = name_in(line)?;
            let (signature, lines_in_all) = extent(&lines[at..])?;
            let attributes = attributes_above(&lines[..at]);
            Some(Function { name, attributes, signature, lines: lines_in_all })
        })
        .collect()
}

/// The name of the function that a line begins.
fn name_in(line: &str) -> Option<&str> {
    let (before, after) = line.split_once("fn ")?;
    let known = ["pub", "pub(crate)", "pub(super)", "async", "const", "unsafe", "extern", "\"C\""];
    if !before.split_whitespace().all(|word| known.contains(&word)) {
        return None;
    }
    let name = after.split(['(', '<']).next()?;
    (!name.is_empty()).then_some(name)
}

/// Signature and number of lines of the function that begins at the first line.
fn extent(lines: &[&str]) -> Option<(String, usize)> {
    let indent = lines[0].len() - lines[0].trim_start().len();
    let opens = lines.iter().position(|line| line.ends_with(['{', ';', '}']))?;
    let signature = lines[..=opens].join("\n");
    if lines[opens].ends_with('}') {
        return Some((signature, opens + 1));
    }
    if lines[opens].ends_with(';') {
        return None;
    }
    let end = format!("{}}}", " ".repeat(indent));
    let closes = lines[opens..].iter().position(|line| *line == end)?;
    Some((signature, opens + closes + 1))
}

fn attributes_above(lines: &[&str]) -> String {
    let above = lines.iter().rev().take_while(|line| {
        let line = line.trim_start();
        line.starts_with("#[") || line.starts_with("//") || line == ")]" || line.ends_with(',')
    });
    let mut attributes: Vec<_> =
        above.filter(|line| !line.trim().starts_with("//")).copied().collect();
    attributes.reverse();
    attributes.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_is_found_with_its_signature_attributes_and_length() {
        let text = "#[test]\n/// Doc.\npub(crate) async fn a(\n    x: u8,\n) -> R {\n    b();\n}\n\nfn c() {}\n";

        let found = functions(text);

        assert_eq!(
            found.iter().map(|f| (f.name, f.lines)).collect::<Vec<_>>(),
            [("a", 5), ("c", 1)]
        );
        assert_eq!(found[0].attributes, "#[test]");
        assert!(found[0].signature.contains("-> R"));
        assert!(functions("let fn_name = 1;\n// a fn b(\n").is_empty());
    }
}
