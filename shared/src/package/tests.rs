//! One test of a package, whatever its kind.

use serde::{Deserialize, Serialize};

use super::{Value, manifest::Visibility};

/// One test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Test {
    /// Unique in its package: `02-negative`, or a call's `name`.
    pub name: String,
    /// What is run and what must come of it.
    pub kind: TestKind,
    /// Who sees it, by its group.
    pub visibility: Visibility,
    /// What it is worth: group points ÷ tests of the group; 1 without groups.
    pub possible: f64,
    /// The index of its group in the manifest.
    pub group: Option<usize>,
}

/// What is run and what must come of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TestKind {
    /// `tests/NAME.in`, `NAME.out`, `NAME.args`: standard input to standard output.
    Stdio {
        /// Standard input.
        stdin: String,
        /// Expected standard output.
        expected: String,
        /// Arguments of the program.
        args: Vec<String>,
    },
    /// A line of `tests/calls.jsonl` with `args`: the manifest's function, in every language.
    Call {
        /// Arguments, checked against the function's types.
        args: Vec<Value>,
        /// What it must return.
        expected: Value,
        /// Whether a tuple passes for a list.
        loose: bool,
    },
    /// A line of `tests/calls.jsonl` with `expr`: source text, Python only for now.
    Expr {
        /// What is evaluated after the learner's program was loaded.
        expr: String,
        /// What it must give.
        expected: Expected,
        /// Whether a tuple passes for a list.
        loose: bool,
    },
}

/// What an expression must give.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expected {
    /// This value.
    Value(Value),
    /// An exception of this name.
    Raises(String),
}

impl TestKind {
    /// The kind's name where kinds are listed: `stdio`, `calls`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Stdio { .. } => "stdio",
            Self::Call { .. } | Self::Expr { .. } => "calls",
        }
    }
}
