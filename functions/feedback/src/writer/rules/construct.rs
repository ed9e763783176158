//! What stands at a line, by its first words, and what kinds of change apply there.

/// What stands at a line; Python and C, read without a parser because a hint needs no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Construct {
    /// A loop over a range or a list.
    For,
    /// A loop with a condition.
    While,
    /// A decision.
    If,
    /// What a function gives.
    Return,
    /// A variable gets a first, constant value.
    Start,
    /// A variable gets a computed value.
    Assign,
    /// Output.
    Print,
    /// Input.
    Read,
    /// Anything else.
    Other,
}

impl Construct {
    /// What stands at this line.
    pub(super) fn at(line: &str) -> Self {
        let line = line.trim().trim_start_matches('}').trim_start();
        let first =
            line.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
        match first {
            "for" => Self::For,
            "while" | "do" => Self::While,
            "if" | "elif" | "else" | "switch" | "case" => Self::If,
            "return" => Self::Return,
            "print" | "printf" | "puts" | "putchar" => Self::Print,
            "scanf" | "fgets" | "getchar" => Self::Read,
            _ => Self::assignment(line),
        }
    }

    fn assignment(line: &str) -> Self {
        let Some(at) = line.find('=') else { return Self::Other };
        let (left, right) = (&line[..at], line[at + 1..].trim().trim_end_matches(';'));
        if right.starts_with('=') || left.ends_with(['!', '<', '>']) {
            return Self::Other;
        }
        let reads = ["input(", "stdin", "scanf("].iter().any(|call| right.contains(call));
        let constant =
            ["[]", "{}", "''", "\"\"", "None", "True", "False", "set()", "list()", "dict()"];
        let updates = left.trim_end().ends_with(['+', '-', '*', '/', '%', '|', '&']);
        match right {
            _ if reads => Self::Read,
            _ if updates => Self::Assign,
            right if constant.contains(&right) || right.parse::<f64>().is_ok() => Self::Start,
            _ => Self::Assign,
        }
    }

    /// What to ask of such a line, as a sort of change.
    pub(super) fn change(self) -> &'static str {
        match self {
            Self::For => {
                "At this loop, check the first and the last value it takes: is one left out, or one too many?"
            }
            Self::While => {
                "At this loop, check the condition: what holds right before the last round, and right after?"
            }
            Self::If => {
                "At this decision, check the comparison: what happens on the boundary, when both sides are equal?"
            }
            Self::Return => {
                "At this return, check what is given back and when: is it the right variable, and is the work finished by then?"
            }
            Self::Start => {
                "At this start value, check whether it fits the smallest input: is it right if nothing is ever added?"
            }
            Self::Assign => {
                "At this computation, check operator, order and operands against one example worked out by hand."
            }
            Self::Print => {
                "At this output, compare what it writes, character by character, with what the task asks for."
            }
            Self::Read => {
                "At this input, check what is read and as which type: how many values does one line hold?"
            }
            Self::Other => {
                "Check which values this line works with, and whether it is reached as often as it should be."
            }
        }
    }
}

/// The sort of change in a repair that the search found, in words; `None` for a sort that we do not know.
pub(super) fn of_repair(change: &str) -> Option<&'static str> {
    let change = change.to_ascii_lowercase();
    let words = [
        (
            "comparison",
            "A change of the comparison alone makes failing tests pass: check its direction, and the case of equality.",
        ),
        (
            "boundary",
            "A change of the boundary alone makes failing tests pass: check the first and the last value.",
        ),
        (
            "constant",
            "A change of a constant alone makes failing tests pass: check each number in this line.",
        ),
        (
            "arithmetic",
            "A change of the operator alone makes failing tests pass: check what is computed with what.",
        ),
        (
            "operator",
            "A change of the operator alone makes failing tests pass: check what is computed with what.",
        ),
        (
            "condition",
            "A change of the condition alone makes failing tests pass: check when it holds.",
        ),
        (
            "logic",
            "A change of how conditions are joined makes failing tests pass: check when both, one or none hold.",
        ),
        (
            "return",
            "A change of what is returned makes failing tests pass: check which value leaves here, and when.",
        ),
        (
            "variable",
            "Another variable in this line makes failing tests pass: check what each name stands for.",
        ),
        (
            "index",
            "A change of the index alone makes failing tests pass: check where counting starts.",
        ),
        (
            "statement",
            "A change of where or whether this statement runs makes failing tests pass: check its place.",
        ),
    ];
    words.iter().find(|(name, _)| change.contains(name)).map(|(_, says)| *says)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_known_by_how_it_begins() {
        let lines = [
            ("    for i in range(n):", Construct::For),
            ("} else if (a < b) {", Construct::If),
            ("while (i < n)", Construct::While),
            ("return total;", Construct::Return),
            ("int sum = 0;", Construct::Start),
            ("result = []", Construct::Start),
            ("total += 1", Construct::Assign),
            ("mean = total / n", Construct::Assign),
            ("n = int(input())", Construct::Read),
            ("print(total)", Construct::Print),
            ("a == b", Construct::Other),
        ];

        for (line, construct) in lines {
            assert_eq!(Construct::at(line), construct, "{line}");
        }
    }
}
