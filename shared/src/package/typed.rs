//! JSON as a value of a declared type.

use serde_json::Value as Json;

use super::{Value, manifest::Type};

impl Value {
    /// Reads JSON as a value of a type: `7` as `int`, `[1, 2]` as `list<float>`.
    ///
    /// # Errors
    ///
    /// Why it is none: another type, or too large for it.
    pub fn from_json(json: &Json, ty: &Type) -> Result<Self, String> {
        let other = || format!("{json} is no {}", String::from(ty.clone()));
        match (ty, json) {
            (Type::Bool, Json::Bool(value)) => Ok(Self::Bool(*value)),
            (Type::String, Json::String(text)) => Ok(Self::String(text.clone())),
            (Type::Int, Json::Number(number)) => {
                let value = number.as_i64().and_then(|value| i32::try_from(value).ok());
                value.map(|value| Self::Int(value.to_string())).ok_or_else(other)
            }
            (Type::Long, Json::Number(number)) => {
                number.as_i64().map(|value| Self::Int(value.to_string())).ok_or_else(other)
            }
            (Type::Float, Json::Number(number)) => {
                number.as_f64().map(|value| Self::Float(format!("{value:?}"))).ok_or_else(other)
            }
            (Type::List(inner), Json::Array(items)) => items
                .iter()
                .map(|item| Self::from_json(item, inner))
                .collect::<Result<_, _>>()
                .map(Self::List),
            _ => Err(other()),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(json: &Json, ty: &str) -> Result<String, String> {
        Value::from_json(json, &Type::try_from(ty.to_owned())?).map(|value| value.to_string())
    }

    #[test]
    fn json_is_read_as_what_was_declared() {
        assert_eq!(read(&json!(7), "int").unwrap(), "7");
        assert_eq!(read(&json!(7), "float").unwrap(), "7.0");
        assert_eq!(read(&json!([[true], []]), "list<list<bool>>").unwrap(), "[[True], []]");
        assert_eq!(read(&json!(4_000_000_000_i64), "long").unwrap(), "4000000000");
    }

    #[test]
    fn json_of_another_type_is_refused() {
        for (json, ty) in [
            (json!(true), "int"),
            (json!(7.0), "int"),
            (json!(4_000_000_000_i64), "int"),
            (json!(1e300), "long"),
            (json!("7"), "float"),
            (json!(1), "bool"),
            (json!([1, "a"]), "list<int>"),
            (json!(null), "string"),
        ] {
            assert!(read(&json, ty).unwrap_err().contains(" is no "), "{json} {ty}");
        }
    }
}
