//! Whether an answer says what was observed.

/// Whether a learner's answer is the observed value: numbers by value, texts with or without quotation
/// marks, spaces and the case of `True`, `False` and `None` aside.
pub(crate) fn is_right(given: &str, observed: &str) -> bool {
    let (given, observed) = (plain(given), plain(observed));
    match (given.parse::<f64>(), observed.parse::<f64>()) {
        (Ok(given), Ok(observed)) => (given - observed).abs() <= 1e-6 * observed.abs().max(1e-6),
        _ => given == observed || is_word(&observed) && given.eq_ignore_ascii_case(&observed),
    }
}

fn is_word(observed: &str) -> bool {
    ["True", "False", "None"].contains(&observed)
}

/// Without quotation marks around it, and without spaces outside of them and beside commas and brackets.
fn plain(text: &str) -> String {
    let text = text.trim().trim_end_matches('.').trim_matches('`');
    for quote in ['\'', '"'] {
        if let Some(inner) = text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
            return inner.to_owned();
        }
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut joined = words.join(" ").replace('"', "'");
    for sign in [",", ":", "[", "]", "(", ")", "{", "}"] {
        joined = joined.replace(&format!(" {sign}"), sign).replace(&format!("{sign} "), sign);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_taken_by_what_it_means() {
        for (given, observed) in [
            ("3", "3"),
            (" 3.0 ", "3"),
            ("3.", "3"),
            ("0.3333333", "0.3333333333333333"),
            ("abc", "'abc'"),
            ("\"abc\"", "'abc'"),
            ("[1,2]", "[1, 2]"),
            ("[ 'a', \"b\" ]", "['a', 'b']"),
            ("true", "True"),
            ("none", "None"),
            ("`7`", "7"),
            ("{1:2}", "{1: 2}"),
        ] {
            assert!(is_right(given, observed), "{given} is {observed}");
        }
    }

    #[test]
    fn another_value_is_no_answer() {
        for (given, observed) in [
            ("4", "3"),
            ("", "0"),
            ("ABC", "'abc'"),
            ("[2, 1]", "[1, 2]"),
            ("-3", "3"),
            ("12", "[1, 2]"),
            ("nan", "3"),
        ] {
            assert!(!is_right(given, observed), "{given} is not {observed}");
        }
    }
}
