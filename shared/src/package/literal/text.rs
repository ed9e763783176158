//! Strings in source text.

/// Reads strings that stand side by side from the front of `rest`; `None` where there is none.
pub(super) fn read(rest: &mut &str) -> Option<Result<String, String>> {
    let mut text = one(rest)?;
    while let Ok(whole) = &mut text {
        let behind = rest.trim_start();
        let mut next = behind;
        match one(&mut next) {
            None => break,
            Some(Ok(more)) => {
                whole.push_str(&more);
                *rest = next;
            }
            Some(Err(reason)) => text = Err(reason),
        }
    }
    Some(text)
}

/// One string with its prefix and quotes.
fn one(rest: &mut &str) -> Option<Result<String, String>> {
    let start = rest.find(['\'', '"'])?;
    let (prefix, quoted) = rest.split_at(start);
    if prefix.len() > 2 || !prefix.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let raw = match prefix.to_ascii_lowercase().as_str() {
        "" | "u" => false,
        "r" => true,
        _ => return Some(Err(format!("strings with {prefix} before them are not taken"))),
    };
    let quote = &quoted[..1];
    let three = quote.repeat(3);
    let quote = if quoted.starts_with(&three) { three.as_str() } else { quote };
    *rest = &quoted[quote.len()..];
    Some(up_to(rest, quote, raw))
}

/// The text before the closing quote, which is taken too.
fn up_to(rest: &mut &str, quote: &str, raw: bool) -> Result<String, String> {
    let mut text = String::new();
    loop {
        if let Some(behind) = rest.strip_prefix(quote) {
            *rest = behind;
            return Ok(text);
        }
        let c = rest.chars().next().ok_or("a string does not end")?;
        if c == '\n' && quote.len() == 1 {
            return Err("a string does not end on its line".into());
        }
        *rest = &rest[c.len_utf8()..];
        if c != '\\' {
            text.push(c);
        } else if raw {
            text.push(c);
            text.extend(next(rest));
        } else {
            text.extend(escape(rest)?);
        }
    }
}

/// What stands behind a backslash; nothing where it continues a line.
fn escape(rest: &mut &str) -> Result<Option<char>, String> {
    let c = next(rest).ok_or("a string does not end")?;
    Ok(Some(match c {
        '\n' => return Ok(None),
        '\\' | '\'' | '"' => c,
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'a' => '\x07',
        'b' => '\x08',
        'f' => '\x0c',
        'v' => '\x0b',
        'x' => code(rest, 2)?,
        'u' => code(rest, 4)?,
        'U' => code(rest, 8)?,
        '0'..='7' => octal(rest, c),
        other => return Err(format!("\\{other} is no escape that is taken here")),
    }))
}

fn next(rest: &mut &str) -> Option<char> {
    let c = rest.chars().next()?;
    *rest = &rest[c.len_utf8()..];
    Some(c)
}

/// A character by its number in exactly so many hexadecimal digits.
fn code(rest: &mut &str, digits: usize) -> Result<char, String> {
    let number = rest.get(..digits).filter(|text| text.bytes().all(|b| b.is_ascii_hexdigit()));
    let number = number.and_then(|text| u32::from_str_radix(text, 16).ok());
    let c = number.and_then(char::from_u32).ok_or("an escape names no character")?;
    *rest = &rest[digits..];
    Ok(c)
}

/// A character by its number in up to three octal digits, the first of which is taken already.
fn octal(rest: &mut &str, first: char) -> char {
    let mut number = first.to_digit(8).unwrap_or_default();
    for _ in 0..2 {
        let Some(digit) = rest.chars().next().and_then(|c| c.to_digit(8)) else { break };
        number = number * 8 + digit;
        *rest = &rest[1..];
    }
    char::from_u32(number).unwrap_or_default()
}
