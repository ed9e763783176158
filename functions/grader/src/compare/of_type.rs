//! Whether a value is of a function's declared type, where comparing values would let another pass.

use shared::package::{Value, manifest::Type};

/// Whether a whole number stands wherever the type asks for one; a float that is declared takes both. What other
/// types there are, values of them are equal to no other.
pub(crate) fn is_of_type(value: &Value, declared: &Type) -> bool {
    match (declared, value) {
        (Type::Int | Type::Long, Value::Float(_)) => false,
        (Type::List(inner), Value::List(items) | Value::Tuple(items)) => {
            items.iter().all(|item| is_of_type(item, inner))
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declared_int_takes_no_float_and_a_declared_float_takes_an_int() {
        let (int, float) = (Value::Int("6".to_owned()), Value::Float("6.0".to_owned()));
        let list = |declared| Type::List(Box::new(declared));

        assert!(!is_of_type(&float, &Type::Int) && !is_of_type(&float, &Type::Long));
        assert!(is_of_type(&int, &Type::Int) && is_of_type(&int, &Type::Float));
        assert!(!is_of_type(&Value::List(vec![int.clone(), float.clone()]), &list(Type::Int)));
        assert!(is_of_type(&Value::List(vec![int, float]), &list(Type::Float)));
    }
}
