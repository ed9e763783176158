//! A value that learner code returned, or should have: data, compared outside its process.

use serde::{Deserialize, Serialize};

/// A value as data. What crosses from learner code is this and nothing else.
///
/// JSON: `{"type":"int","value":"7"}`; ints and floats are text, so that no digit is lost and `nan` and
/// `inf` can be said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "snake_case")]
pub enum Value {
    /// Python's `None`; nothing returned.
    None,
    /// True or false; never equal to an int.
    Bool(bool),
    /// A whole number in decimal digits, of any size.
    Int(String),
    /// A double in its shortest decimal form, `nan`, `inf` or `-inf`.
    Float(String),
    /// Text.
    String(String),
    /// Values in order.
    List(Vec<Value>),
    /// Python's tuple: equal to a list only where a test is `loose`.
    Tuple(Vec<Value>),
    /// Python's set or frozenset.
    Set(Vec<Value>),
    /// Keys and values.
    Dict(Vec<(Value, Value)>),
    /// Anything else: its type's name and how it shows itself.
    Other {
        /// Name of its type.
        name: String,
        /// How it shows itself, cut.
        shown: String,
    },
}
