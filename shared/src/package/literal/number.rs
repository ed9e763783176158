//! Numbers in source text.

use super::super::Value;

/// Reads a number, with its signs, from the front of `rest`.
pub(super) fn read(rest: &mut &str) -> Result<Value, String> {
    let mut negative = false;
    while let Some(sign) = rest.chars().next().filter(|c| matches!(c, '-' | '+')) {
        negative ^= sign == '-';
        *rest = rest[1..].trim_start();
    }
    let (word, behind) = rest.split_at(length(rest));
    *rest = behind;
    let magnitude = value(word).ok_or_else(|| format!("{word:?} is no number"))?;
    Ok(match magnitude {
        Value::Int(digits) if negative && digits != "0" => Value::Int(format!("-{digits}")),
        Value::Float(digits) if negative => Value::Float(format!("-{digits}")),
        other => other,
    })
}

/// How much of the text belongs to a number: letters and digits, a point, a sign behind an exponent.
fn length(text: &str) -> usize {
    let hex = text.starts_with("0x") || text.starts_with("0X");
    let mut before = ' ';
    let end = text.find(|c: char| {
        let exponent = !hex && matches!(before, 'e' | 'E');
        before = c;
        !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.') || exponent && matches!(c, '+' | '-'))
    });
    end.unwrap_or(text.len())
}

fn value(word: &str) -> Option<Value> {
    let single = |c: char| c == '_';
    if word.ends_with(single) || word.starts_with(single) || word.contains("__") {
        return None;
    }
    let plain = word.replace('_', "").to_ascii_lowercase();
    for (prefix, base) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = plain.strip_prefix(prefix) {
            return u128::from_str_radix(digits, base).ok().map(|n| Value::Int(n.to_string()));
        }
    }
    if !plain.is_empty() && plain.bytes().all(|byte| byte.is_ascii_digit()) {
        let zero = plain.bytes().all(|byte| byte == b'0');
        return match plain.starts_with('0') {
            true if zero => Some(Value::Int("0".into())),
            true => None,
            false => Some(Value::Int(plain)),
        };
    }
    let number = plain.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'+' | b'-'));
    let float: f64 = plain.parse().ok().filter(|_| number)?;
    Some(Value::Float(format!("{float:?}")))
}
