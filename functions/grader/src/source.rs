//! Values as people read them: in source text, as Python writes them.

use shared::package::{TestKind, Value, manifest::Function};

/// A value in source text.
pub(crate) fn of(value: &Value) -> String {
    match value {
        Value::None => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Int(digits) | Value::Float(digits) => digits.clone(),
        Value::String(text) => quoted(text),
        Value::List(items) => format!("[{}]", list(items)),
        Value::Tuple(items) if items.len() == 1 => format!("({},)", list(items)),
        Value::Tuple(items) => format!("({})", list(items)),
        Value::Set(items) if items.is_empty() => "set()".to_owned(),
        Value::Set(items) => format!("{{{}}}", list(items)),
        Value::Dict(pairs) => {
            let pairs: Vec<String> =
                pairs.iter().map(|(key, value)| format!("{}: {}", of(key), of(value))).collect();
            format!("{{{}}}", pairs.join(", "))
        }
        Value::Other { name, shown } => format!("{name}: {shown}"),
    }
}

/// What kind of value it is, with its article.
pub(crate) fn kind(value: &Value) -> String {
    let kind = match value {
        Value::None => "nothing",
        Value::Bool(_) => "a bool",
        Value::Int(_) => "an int",
        Value::Float(_) => "a float",
        Value::String(_) => "a string",
        Value::List(_) => "a list",
        Value::Tuple(_) => "a tuple",
        Value::Set(_) => "a set",
        Value::Dict(_) => "a dict",
        Value::Other { name, .. } => return format!("a {name}"),
    };
    kind.to_owned()
}

/// What a test puts in: standard input, or the call.
pub(crate) fn of_input(kind: &TestKind, function: Option<&Function>) -> String {
    match kind {
        TestKind::Stdio { stdin, .. } => stdin.clone(),
        TestKind::Call { args, .. } => {
            let name = function.map_or("", |function| &function.name);
            format!("{name}({})", list(args))
        }
        TestKind::Expr { expr, .. } => expr.clone(),
    }
}

fn list(items: &[Value]) -> String {
    items.iter().map(of).collect::<Vec<_>>().join(", ")
}

/// Text between quotes: single ones, unless it holds them and no double ones.
fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut quoted = String::from(quote);
    for c in text.chars() {
        match c {
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            c if c == quote => quoted.extend(['\\', c]),
            c => quoted.push(c),
        }
    }
    quoted.push(quote);
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_read_as_python_writes_them() {
        let one = Value::Int("1".to_owned());
        let text = Value::String("it's\n".to_owned());
        let value = Value::List(vec![Value::Tuple(vec![one]), text, Value::None]);

        assert_eq!(of(&value), r#"[(1,), "it's\n", None]"#);
    }
}
