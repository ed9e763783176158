//! `tests/calls.jsonl`: one call a line.

use serde::Deserialize;
use serde_json::Value as Json;

use super::{
    Mistakes, TestKind, Value, draft::Draft, groups::Found, literal, manifest::Function,
    tests::Expected,
};

/// The file.
const FILE: &str = "tests/calls.jsonl";

/// A line, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    name: String,
    args: Option<Vec<Json>>,
    expr: Option<String>,
    expected: Option<Json>,
    raises: Option<String>,
    #[serde(default)]
    loose: bool,
}

/// The calls of the file; empty lines are skipped.
pub(super) fn read(text: Option<&str>, draft: &Draft, mistakes: &mut Mistakes) -> Vec<Found> {
    let mut found = Vec::new();
    for (n, line) in text.unwrap_or_default().lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        match read_line(line, draft) {
            Ok(Some((name, kind))) => {
                found.push(Found { name, kind, file: FILE.into(), line: Some(n + 1) });
            }
            Ok(None) => {}
            Err(reasons) => {
                for reason in reasons {
                    mistakes.of_line(FILE, n + 1, reason);
                }
            }
        }
    }
    found
}

/// A test; `None` where it cannot be told because the manifest is wrong already.
fn read_line(line: &str, draft: &Draft) -> Result<Option<(String, TestKind)>, Vec<String>> {
    let line: Line = serde_json::from_str(line).map_err(|error| {
        let said = error.to_string().replace("unknown field", "unknown key");
        vec![said.rsplit_once(" at line ").map_or(said.clone(), |(said, _)| said.to_owned())]
    })?;
    let kind = match (&line.args, &line.expr) {
        (Some(args), None) => match &draft.manifest.function {
            _ if !draft.trusts("function") => return Ok(None),
            None => Err(vec!["has `args`, but assignment.toml declares no function".to_owned()]),
            Some(function) => call(&line, args, function),
        },
        (None, Some(expr)) => expression(&line, expr, draft),
        (Some(_), Some(_)) => Err(vec!["has both `args` and `expr`".to_owned()]),
        (None, None) => Err(vec!["has neither `args` nor `expr`".to_owned()]),
    }?;
    Ok(Some((line.name, kind)))
}

fn call(line: &Line, args: &[Json], function: &Function) -> Result<TestKind, Vec<String>> {
    let mut wrong = Vec::new();
    if line.raises.is_some() {
        wrong.push("`raises` goes with `expr`".to_owned());
    }
    let wanted = function.params.len();
    if args.len() != wanted {
        wrong.push(format!("has {} arguments; {} takes {wanted}", args.len(), function.name));
    }
    let mut values = Vec::new();
    for (n, (arg, ty)) in args.iter().zip(&function.params).enumerate() {
        match Value::from_json(arg, ty) {
            Ok(value) => values.push(value),
            Err(reason) => wrong.push(format!("argument {}: {reason}", n + 1)),
        }
    }
    let expected =
        match line.expected.as_ref().map(|json| Value::from_json(json, &function.returns)) {
            Some(Ok(value)) => Some(value),
            Some(Err(reason)) => {
                wrong.push(format!("`expected`: {reason}"));
                None
            }
            None => {
                wrong.push("lacks `expected`".to_owned());
                None
            }
        };
    match expected {
        Some(expected) if wrong.is_empty() => {
            Ok(TestKind::Call { args: values, expected, loose: line.loose })
        }
        _ => Err(wrong),
    }
}

fn expression(line: &Line, expr: &str, draft: &Draft) -> Result<TestKind, Vec<String>> {
    let mut wrong = Vec::new();
    if expr.trim().is_empty() {
        wrong.push("`expr` is empty".to_owned());
    }
    if expr.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')) {
        wrong.push("`expr` holds a control character; write it as an escape".to_owned());
    }
    if draft.trusts("languages") {
        let others = draft.manifest.languages.iter().filter(|name| *name != "python");
        wrong.extend(
            others.map(|name| format!("`expr` is source text, which {name} does not take")),
        );
    }
    match expected(line) {
        Ok(expected) if wrong.is_empty() => {
            Ok(TestKind::Expr { expr: expr.to_owned(), expected, loose: line.loose })
        }
        Ok(_) => Err(wrong),
        Err(reason) => {
            wrong.push(reason);
            Err(wrong)
        }
    }
}

fn expected(line: &Line) -> Result<Expected, String> {
    match (&line.expected, &line.raises) {
        (Some(_), Some(_)) => Err("has both `expected` and `raises`".into()),
        (None, None) => Err("has neither `expected` nor `raises`".into()),
        (None, Some(name)) if is_name(name) => Ok(Expected::Raises(name.clone())),
        (None, Some(name)) => Err(format!("{name:?} in `raises` names no exception")),
        (Some(Json::String(text)), None) => literal::parse(text)
            .map(Expected::Value)
            .map_err(|reason| format!("`expected` is no literal: {reason}")),
        (Some(_), None) => Err("`expected` beside `expr` is source text in quotes".into()),
    }
}

fn is_name(text: &str) -> bool {
    let part = |part: &str| {
        part.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && part.chars().all(|c| c.is_alphanumeric() || c == '_')
    };
    text.split('.').all(part)
}
