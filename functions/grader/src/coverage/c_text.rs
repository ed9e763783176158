//! What sort of statement stands on a line of C, told by its words.
//!
//! The compiler's counters know lines but not what stands on them. A line's first words decide nearly always;
//! a wrong guess costs a place among equals, nothing more.

use super::Statement;

/// Words that begin a declaration.
const TYPES: [&str; 16] = [
    "int", "char", "float", "double", "long", "short", "unsigned", "signed", "void", "static",
    "const", "struct", "union", "enum", "typedef", "bool",
];

/// The statement on each line of `text`, from line 1.
pub(super) fn statements(text: &str) -> Vec<Statement> {
    without_comments(text).lines().map(statement).collect()
}

/// What sort of statement begins on the line.
fn statement(line: &str) -> Statement {
    let code = line.trim_start_matches(|c: char| c.is_whitespace() || c == '}' || c == '{');
    let word: &str = code.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("");
    match word {
        "if" | "switch" => Statement::Condition,
        "else" => match code["else".len()..].trim_start() {
            "" | "{" => Statement::Jump,
            rest => statement(rest),
        },
        "for" | "while" => Statement::Loop,
        "return" => returned(&code["return".len()..]),
        "break" | "continue" | "goto" | "case" | "default" | "do" => Statement::Jump,
        _ if TYPES.contains(&word) => declaration(code),
        _ => expression(code),
    }
}

/// A `return` that computes has an operator, a call or an element in it.
fn returned(value: &str) -> Statement {
    let plain = |c: char| c.is_alphanumeric() || " \t_;()-}".contains(c);
    if value.chars().all(plain) { Statement::ReturnPlain } else { Statement::Return }
}

/// A declaration counts for what it computes; a function's head computes nothing.
fn declaration(code: &str) -> Statement {
    match assigned(code) {
        Some(value) => assignment(value),
        None => Statement::Definition,
    }
}

/// An expression that stands for itself.
fn expression(code: &str) -> Statement {
    let updates = ["++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>="];
    let is_call = code.find('(').is_some_and(|open| {
        open > 0 && code[..open].chars().all(|c| c.is_alphanumeric() || c == '_' || c == ' ')
    });
    if is_call {
        Statement::Call
    } else if updates.iter().any(|update| code.contains(update)) {
        Statement::Update
    } else {
        assigned(code).map_or(Statement::Other, assignment)
    }
}

/// What stands right of the first `=` that assigns.
fn assigned(code: &str) -> Option<&str> {
    let bytes = code.as_bytes();
    let at = (1..bytes.len()).find(|&at| {
        bytes[at] == b'=' && bytes.get(at + 1) != Some(&b'=') && !b"=!<>".contains(&bytes[at - 1])
    })?;
    Some(&code[at + 1..])
}

/// A constant has no name, operator or call in it.
fn assignment(value: &str) -> Statement {
    let constant = |c: char| c.is_ascii_digit() || " \t.,;-'\"{}".contains(c);
    if value.chars().all(constant) { Statement::Constant } else { Statement::Assign }
}

/// The text with comments and what stands between quotes blanked out, line ends kept.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(inside) = rest.strip_prefix("/*") {
            inside.find("*/").map_or(rest.len(), |end| end + 4)
        } else if c == '"' || c == '\'' {
            quoted(rest, c)
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        if c != '/' {
            out.push_str("\"\"");
        }
        out.extend(rest[..length].chars().filter(|c| *c == '\n'));
        rest = &rest[length..];
    }
    out
}

/// The length of the text between quotes that begins here, quotes included.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' => return at,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_known_by_its_words() {
        for (line, expected) in [
            ("  if (a == 1)", Statement::Condition),
            ("} else if (a > 1) {", Statement::Condition),
            ("else", Statement::Jump),
            ("for (i = 0; i < n; i++) {", Statement::Loop),
            ("return a[i] + 1;", Statement::Return),
            ("return -1;", Statement::ReturnPlain),
            ("int main(void) {", Statement::Definition),
            ("int i, j = n - 1;", Statement::Assign),
            ("long total = 0;", Statement::Constant),
            ("char grade = 'a';", Statement::Constant),
            ("x = y * 2;", Statement::Assign),
            ("count++;", Statement::Update),
            ("printf(\"%d = %d\\n\", a, b);", Statement::Call),
            ("break;", Statement::Jump),
        ] {
            assert_eq!(statement(&without_comments(line)), expected, "{line}");
        }
    }

    #[test]
    fn comments_keep_their_lines() {
        let text = "/* if\n   return a + b; */ x = 1;\nputs(\"// no /* comment\"); // if\n";

        let found = statements(text);

        assert_eq!(found, [Statement::Other, Statement::Constant, Statement::Call]);
    }
}
