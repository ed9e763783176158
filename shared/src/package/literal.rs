//! Reads source text that is a literal: what `expected` beside an expression may say.
//!
//! Python's literals without bytes, f-strings and complex numbers (The Python Language Reference, 2.4 to
//! 2.6); nothing is ever run.

mod number;
mod text;

use super::Value;

/// Longest literal, in bytes.
const MAX_BYTES: usize = 64 * 1024;
/// Deepest nesting.
const MAX_DEPTH: usize = 50;

/// The value of a literal: `[1, (2.5, 'a')]`, `{1: None}`, `set()`, `-7`.
///
/// # Errors
///
/// Why it is no literal.
pub fn parse(source: &str) -> Result<Value, String> {
    if source.len() > MAX_BYTES {
        return Err(format!("it is longer than {MAX_BYTES} bytes"));
    }
    let mut reader = Reader { rest: source, depth: 0 };
    let value = reader.value()?;
    reader.space();
    if reader.rest.is_empty() { Ok(value) } else { Err(reader.unexpected()) }
}

struct Reader<'s> {
    rest: &'s str,
    depth: usize,
}

impl Reader<'_> {
    fn value(&mut self) -> Result<Value, String> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(format!("it is nested deeper than {MAX_DEPTH}"));
        }
        self.space();
        let value = match self.rest.chars().next() {
            Some('[') => self.list(),
            Some('(') => self.tuple(),
            Some('{') => self.braces(),
            Some('-' | '+' | '.' | '0'..='9') => number::read(&mut self.rest),
            _ => match text::read(&mut self.rest) {
                Some(text) => text.map(Value::String),
                None => self.word(),
            },
        };
        self.depth -= 1;
        value
    }

    fn word(&mut self) -> Result<Value, String> {
        let end = self.rest.find(|c: char| !c.is_alphanumeric() && c != '_');
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        if word.is_empty() {
            return Err(self.unexpected());
        }
        self.rest = rest;
        match word {
            "None" => Ok(Value::None),
            "True" => Ok(Value::Bool(true)),
            "False" => Ok(Value::Bool(false)),
            "set" => self.empty_set(),
            word => Err(format!("{word} is a name, no literal")),
        }
    }

    /// `set()`, for which there are no braces.
    fn empty_set(&mut self) -> Result<Value, String> {
        if self.takes('(') && self.takes(')') {
            Ok(Value::Set(Vec::new()))
        } else {
            Err("only the empty set is written set(); others as {1, 2}".into())
        }
    }

    fn list(&mut self) -> Result<Value, String> {
        self.takes('[');
        self.items(']').map(|(items, _)| Value::List(items))
    }

    /// A tuple, or a value in parentheses.
    fn tuple(&mut self) -> Result<Value, String> {
        self.takes('(');
        let (mut items, comma) = self.items(')')?;
        match items.pop() {
            Some(only) if items.is_empty() && !comma => Ok(only),
            last => {
                items.extend(last);
                Ok(Value::Tuple(items))
            }
        }
    }

    /// Values up to `close`, and whether a comma stands behind the last.
    fn items(&mut self, close: char) -> Result<(Vec<Value>, bool), String> {
        let mut items = Vec::new();
        let mut comma = false;
        while !self.takes(close) {
            if !items.is_empty() && !comma {
                return Err(self.unexpected());
            }
            items.push(self.value()?);
            comma = self.takes(',');
        }
        Ok((items, comma))
    }

    /// A dict, or a set that is not empty.
    fn braces(&mut self) -> Result<Value, String> {
        self.takes('{');
        if self.takes('}') {
            return Ok(Value::Dict(Vec::new()));
        }
        let first = self.key()?;
        if !self.takes(':') {
            return self.set(first);
        }
        let mut pairs = vec![(first, self.value()?)];
        while !self.closes()? {
            let key = self.key()?;
            if !self.takes(':') {
                return Err(self.unexpected());
            }
            let value = self.value()?;
            pairs.retain(|(earlier, _)| *earlier != key);
            pairs.push((key, value));
        }
        Ok(Value::Dict(pairs))
    }

    fn set(&mut self, first: Value) -> Result<Value, String> {
        let mut items = vec![first];
        while !self.closes()? {
            let item = self.key()?;
            if !items.contains(&item) {
                items.push(item);
            }
        }
        Ok(Value::Set(items))
    }

    /// A value that can be a key or in a set.
    fn key(&mut self) -> Result<Value, String> {
        let value = self.value()?;
        if is_hashable(&value) {
            Ok(value)
        } else {
            Err(format!("{value} can be no key and in no set"))
        }
    }

    /// Behind an item in braces: whether they close, with or without a comma before.
    fn closes(&mut self) -> Result<bool, String> {
        let comma = self.takes(',');
        if self.takes('}') {
            Ok(true)
        } else if comma {
            Ok(false)
        } else {
            Err(self.unexpected())
        }
    }

    /// Skips white space and takes one character if it is this one.
    fn takes(&mut self, wanted: char) -> bool {
        self.space();
        let rest = self.rest.strip_prefix(wanted);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn unexpected(&self) -> String {
        match self.rest.chars().next() {
            Some(c) => format!("{c:?} is not expected here"),
            None => "it ends too early".into(),
        }
    }
}

fn is_hashable(value: &Value) -> bool {
    match value {
        Value::List(_) | Value::Set(_) | Value::Dict(_) => false,
        Value::Tuple(items) => items.iter().all(is_hashable),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_shows_itself_as_python_does() {
        for (source, shown) in [
            ("7", "7"),
            (" -7 ", "-7"),
            ("+1_000", "1000"),
            ("0xff", "255"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
            ("1.", "1.0"),
            (".5e-1", "0.05"),
            ("-1e3", "-1000.0"),
            ("None", "None"),
            ("[True, False,]", "[True, False]"),
            ("()", "()"),
            ("(1)", "1"),
            ("(1,)", "(1,)"),
            ("((1, 2), [])", "((1, 2), [])"),
            ("{}", "{}"),
            ("set()", "set()"),
            ("{1, 2, 1}", "{1, 2}"),
            ("{1: 'a', (2, 3): {4: []},}", "{1: 'a', (2, 3): {4: []}}"),
            ("{1: 2, 1: 3}", "{1: 3}"),
            (r#""it's""#, r#""it's""#),
            (r"'a\n\x41\u00e9\101\'' 'b'", r#""a\nAéA'b""#),
            (r"r'\n'", r"'\\n'"),
            ("'''a\nb'''", r"'a\nb'"),
        ] {
            assert_eq!(parse(source).unwrap().to_string(), shown, "{source}");
        }
    }

    #[test]
    fn what_is_shown_is_read_back() {
        for source in
            ["[1, 2.5, None]", r#"'a"\'\\'"#, "{(1,): {'k': set()}}", "{-1, 'x'}", "'\\x07'"]
        {
            let value = parse(source).unwrap();
            assert_eq!(parse(&value.to_string()).unwrap(), value, "{source}");
        }
    }

    #[test]
    fn what_is_no_literal_is_refused() {
        let deep = "[".repeat(1000);
        let long = "1".repeat(MAX_BYTES + 1);
        for source in [
            "",
            "x",
            "f(1)",
            "1 + 1",
            "float('inf')",
            "[1",
            "[1 2]",
            "[,]",
            "{1: 2, 3}",
            "{[1]}",
            "{[1]: 2}",
            "'a",
            "'a\nb'",
            "b'a'",
            "f'a'",
            "1j",
            "007",
            "1__0",
            "- -1 x",
            "set([1])",
            "'\\x4'",
            "'\\N{DASH}'",
            "'\\ud800'",
            "1e",
            "0x",
            "--",
            "...",
            "1,2",
            &deep,
            &long,
        ] {
            assert!(parse(source).is_err(), "{source:.40}");
        }
    }
}
