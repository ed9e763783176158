//! Where and why a program crashed, from what it left. For people; no score hangs on it.

use nix::sys::signal::Signal;
use shared::{package::Files, report::Crash, text};

/// How much of an exception's own words is kept, in bytes.
const MESSAGE_BYTES: usize = 1000;

/// What the signals that programs die of mean.
const MEANINGS: [(Signal, &str); 6] = [
    (Signal::SIGSEGV, "invalid memory access"),
    (Signal::SIGFPE, "division by zero or overflow"),
    (Signal::SIGABRT, "aborted, for example by a failed check"),
    (Signal::SIGBUS, "invalid memory access"),
    (Signal::SIGILL, "invalid instruction"),
    (Signal::SIGPIPE, "wrote where nobody reads"),
];

/// A crash by a signal; the language does not tell the line.
pub(crate) fn by_signal(signal: i32, entry: &str) -> Crash {
    let known = Signal::try_from(signal).ok();
    let name = known.map_or_else(|| format!("signal {signal}"), |it| it.as_str().to_owned());
    let meaning = MEANINGS.iter().find(|(it, _)| Some(*it) == known).map(|(_, says)| *says);
    let message = match meaning {
        Some(meaning) => format!("ended by {name} ({meaning})"),
        None => format!("ended by {name}"),
    };
    Crash { path: entry.to_owned(), line: 0, name, message }
}

/// The crash that a traceback of Python's on standard error tells of: the innermost line of the learner's,
/// the exception's name and words.
pub(crate) fn by_traceback(stderr: &[u8], files: &Files) -> Option<Crash> {
    let said = String::from_utf8_lossy(stderr);
    let start = said.rfind("Traceback (most recent call last):")?;
    let mut place = None;
    let mut last = None;
    for line in said[start..].lines().skip(1) {
        if let Some(found) = frame(line, files) {
            place = Some(found);
        } else if !line.starts_with(' ') && last.is_none() && !line.is_empty() {
            last = Some(line);
        }
    }
    let (name, message) = last?.split_once(": ").unwrap_or((last?, ""));
    let (path, line) = place.unwrap_or_default();
    Some(crash(path, line, name, message))
}

/// A crash whose texts are made safe to show.
pub(crate) fn crash(path: String, line: u32, name: &str, message: &str) -> Crash {
    let shown = |said: &str| text::cut(&text::printable(said.as_bytes()), MESSAGE_BYTES);
    Crash { path, line, name: shown(name), message: shown(message) }
}

/// `  File "/…/solution.py", line 3, in f`
fn frame(line: &str, files: &Files) -> Option<(String, u32)> {
    let (file, rest) = line.strip_prefix("  File \"")?.split_once("\", line ")?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let is_it = |path: &&String| {
        file.strip_suffix(path.as_str())
            .is_some_and(|front| front.is_empty() || front.ends_with('/'))
    };
    Some((files.keys().find(is_it)?.clone(), digits.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_traceback_tells_the_innermost_line_of_the_learners() {
        let files = Files::from([("solution.py".to_owned(), String::new())]);
        let said = b"noise\nTraceback (most recent call last):\n  File \"/x/solution.py\", line 9, in <module>\n    \
            f()\n  File \"/x/solution.py\", line 3, in f\n    json.loads('')\n  File \"/usr/lib/python3/json.py\", \
            line 7, in loads\njson.decoder.JSONDecodeError: Expecting value: line 1\n";

        let crash = by_traceback(said, &files).unwrap();

        assert_eq!((crash.path.as_str(), crash.line), ("solution.py", 3));
        assert_eq!(crash.name, "json.decoder.JSONDecodeError");
        assert_eq!(crash.message, "Expecting value: line 1");
    }

    #[test]
    fn a_signal_is_named_and_explained() {
        let crash = by_signal(11, "main.c");

        assert_eq!(crash.name, "SIGSEGV");
        assert_eq!(crash.message, "ended by SIGSEGV (invalid memory access)");
    }
}
