//! Attributes as header values (CloudEvents 1.0.2, HTTP protocol binding, section 3.1.3.2).

use std::fmt::Write as _;

/// A value as a header: spaces, quotes, percent signs and what is not ASCII are written as `%` and two
/// digits.
pub(super) fn encode(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'"' | b'%' => write!(text, "%{byte:02X}"),
            b'!'..=b'~' => text.write_char(byte.into()),
            _ => write!(text, "%{byte:02X}"),
        }
        .expect("a string takes all that is written to it");
    }
    text
}

/// The value of a header: quotes around it are taken off, `%` and two digits are one byte. `None` where
/// that is broken, or not UTF-8.
pub(super) fn decode(header: &[u8]) -> Option<String> {
    let plain = unquote(header)?;
    let mut bytes = Vec::with_capacity(plain.len());
    let mut rest = plain.iter();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => digit(*rest.next()?)? * 16 + digit(*rest.next()?)?,
            b' '..=b'~' => *byte,
            _ => return None,
        });
    }
    String::from_utf8(bytes).ok()
}

/// The text of a quoted string (RFC 9110, section 5.6.4); a header without quotes is its own text.
fn unquote(header: &[u8]) -> Option<Vec<u8>> {
    let Some(quoted) = header.strip_prefix(b"\"") else { return Some(header.to_vec()) };
    let mut text = Vec::with_capacity(quoted.len());
    let mut rest = quoted.iter();
    loop {
        match rest.next()? {
            b'"' => return rest.next().is_none().then_some(text),
            b'\\' => text.push(*rest.next()?),
            byte => text.push(*byte),
        }
    }
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_the_same_after_its_way_through_a_header() {
        let value = "default/größe 100 %/\"x\"/€😀";

        assert!(encode(value).bytes().all(|byte| byte.is_ascii_graphic()));
        assert_eq!(decode(encode(value).as_bytes()).as_deref(), Some(value));
        assert_eq!(encode("Euro € 😀"), "Euro%20%E2%82%AC%20%F0%9F%98%80");
    }

    #[test]
    fn quotes_are_taken_off_and_what_is_broken_is_refused() {
        assert_eq!(decode(br#""a \"b\"""#).as_deref(), Some("a \"b\""));
        assert_eq!(decode(b"a b").as_deref(), Some("a b"));
        for broken in [&b"%"[..], b"%4", b"%zz", b"%ff", b"\xc3\xa4", b"\"a", b"\"a\"b", b"\"\\"] {
            assert_eq!(decode(broken), None, "{broken:?}");
        }
    }
}
