//! Questions that can be answered without a thought.

use shared::report::{Observation, Seen, TestResult};

use super::was_stopped;
use crate::writer::rules::{construct::Construct, quote::line_of, view::View};

/// How lines begin at which nothing happens but a definition.
const DEFINITIONS: [&str; 11] = [
    "def ", "async ", "class ", "import ", "from ", "#", "@", "typedef ", "struct ", "enum ",
    "using ",
];
/// How declarations of C begin.
const TYPES: [&str; 12] = [
    "int", "long", "short", "char", "float", "double", "unsigned", "signed", "const", "static",
    "size_t", "bool",
];
/// How lines of C begin that end like a function's first line, and are none.
const STEERING: [&str; 7] = ["if", "else", "for", "while", "do", "switch", "}"];

/// Whether the answer needs no thought, or stands in the line, in the input or in the first hint.
pub(super) fn is_dull(
    view: &View<'_>,
    test: &TestResult,
    observation: &Observation,
    answer: &str,
) -> bool {
    let line = line_of(view.facts.files, &observation.path, observation.line);
    let line = line.unwrap_or_default().trim();
    if defines(line) || gives_a_constant(line) {
        return true;
    }
    let (stopped, answer) = (was_stopped(test), answer.trim());
    match &observation.seen {
        Seen::Runs { count } => *count < 2 || stopped,
        Seen::Branch { taken } => taken.is_empty(),
        Seen::Variable { .. } | Seen::Returned { .. } => {
            answer == test.actual.trim() || answer == test.input.trim() || reads(line)
        }
    }
}

/// Whether a question is no other than how often one of the first suspects ran, or has its answer in the line.
pub(super) fn is_beside_the_point(
    view: &View<'_>,
    test: &TestResult,
    observation: &Observation,
    _answer: &str,
) -> bool {
    let line = line_of(view.facts.files, &observation.path, observation.line);
    let line = line.unwrap_or_default().trim();
    let suspected = view
        .suspects
        .iter()
        .take(3)
        .any(|suspect| (&suspect.path, suspect.line) == (&observation.path, observation.line));
    let runs = matches!(observation.seen, Seen::Runs { .. });
    !runs || !suspected || defines(line) || gives_a_constant(line) || was_stopped(test)
}

fn defines(line: &str) -> bool {
    let steers = STEERING.iter().any(|word| line.starts_with(word));
    let header = line.ends_with([')', '{']) && line.contains('(') && !line.contains('=');
    let typed = line.split(' ').next().is_some_and(|it| TYPES.contains(&it) || it == "void");
    line.is_empty()
        || line.starts_with("if __name__")
        || DEFINITIONS.iter().any(|word| line.starts_with(word))
        || typed && header && !steers
}

fn reads(line: &str) -> bool {
    Construct::at(line) == Construct::Read
}

/// `name = 0`, `return 1;`, `int n, total = 0;`: the value, if there is one, can be read.
fn gives_a_constant(line: &str) -> bool {
    let line = line.trim_end_matches(['{', '}', ' ']).trim_end_matches(';');
    if let Some(value) = line.strip_prefix("return ") {
        return is_constant(value);
    }
    let typed = line.split(' ').next().is_some_and(|word| TYPES.contains(&word));
    if typed {
        return line.split(',').all(|part| match part.split_once('=') {
            Some((_, value)) => is_constant(value),
            None => !part.contains('('),
        });
    }
    // `a = b = 0`, `a, b = 0, 1`.
    match line.rsplit_once('=') {
        Some((left, value))
            if !left.ends_with(['=', '!', '<', '>', '+', '-', '*', '/', '%', '|', '&']) =>
        {
            is_constant(value) || value.split(',').all(is_constant)
        }
        _ => false,
    }
}

fn is_constant(value: &str) -> bool {
    let value = value.trim().trim_matches(['(', ')']);
    let quoted = |sign: char| {
        value.len() > 1 && value.starts_with(sign) && value[1..].find(sign) == Some(value.len() - 2)
    };
    ["None", "True", "False", "true", "false", "NULL", "[]", "{}", "", "set(", "list(", "dict("]
        .contains(&value)
        || value.parse::<f64>().is_ok()
        || quoted('"')
        || quoted('\'')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_whose_value_can_be_read_is_no_question() {
        for line in [
            "total = 0",
            "int n, total = 0;",
            "int i;",
            "name = 'x'",
            "a, b = 0, 1",
            "return -1;",
            "char s[20];",
        ] {
            assert!(gives_a_constant(line), "{line}");
        }
        for line in [
            "def f(n):",
            "#include <stdio.h>",
            "int gcd(int a, int b) {",
            "import sys",
            "if __name__ == '__main__':",
            "int main(void)",
        ] {
            assert!(defines(line), "{line}");
        }
        for line in [
            "total += 1",
            "int mid = (low + high) / 2;",
            "while (n > 0) {",
            "return n",
            "if a == 0:",
            "x = 2 * n",
        ] {
            assert!(!gives_a_constant(line) && !defines(line), "{line}");
        }
    }
}
