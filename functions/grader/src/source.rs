//! What tests put in and what came out, as people read it.

use shared::package::{TestKind, Value, manifest::Function};

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
        Value::Other { name, .. } => return format!("a value of type {name}"),
    };
    kind.to_owned()
}

/// What a test puts in: standard input, or the call.
pub(crate) fn of_input(kind: &TestKind, function: Option<&Function>) -> String {
    match kind {
        TestKind::Stdio { stdin, .. } => stdin.clone(),
        TestKind::Call { args, .. } => {
            let name = function.map_or("", |function| &function.name);
            let args: Vec<String> = args.iter().map(Value::to_string).collect();
            format!("{name}({})", args.join(", "))
        }
        TestKind::Expr { expr, .. } => expr.clone(),
    }
}
