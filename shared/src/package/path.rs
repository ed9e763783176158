//! Paths that others send us: relative, plain, and bounded.

/// Most parts of a path among a learner's files.
pub const MAX_DEPTH: usize = 10;
/// Longest path, in bytes.
const MAX_BYTES: usize = 512;

/// Why a path of at most `max_depth` parts cannot be taken, if it cannot.
pub fn fault(path: &str, max_depth: usize) -> Option<String> {
    let parts: Vec<&str> = path.split('/').collect();
    if path.is_empty() {
        Some("is empty".into())
    } else if path.len() > MAX_BYTES {
        Some(format!("is longer than {MAX_BYTES} bytes"))
    } else if path.chars().any(char::is_control) {
        Some("holds a control character".into())
    } else if path.contains('\\') {
        Some("holds a backslash; write / between folders".into())
    } else if path.starts_with('/') {
        Some("is absolute; write it from the top folder on".into())
    } else if parts.iter().any(|part| matches!(*part, "" | "." | "..")) {
        Some("has a part that is empty, `.` or `..`".into())
    } else if parts.len() > max_depth {
        Some(format!("has more than {max_depth} parts"))
    } else {
        None
    }
}

/// Which language a file is in, by the ending of its name.
pub fn language(path: &str) -> Option<&'static str> {
    let (_, ending) = path.rsplit_once('.')?;
    match ending {
        "py" => Some("python"),
        "c" | "h" => Some("c"),
        "cpp" | "cc" | "cxx" | "hpp" => Some("cpp"),
        "java" => Some("java"),
        "js" | "mjs" => Some("javascript"),
        "ts" => Some("typescript"),
        "go" => Some("go"),
        "rs" => Some("rust"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_relative_paths_are_taken() {
        for good in ["a.py", "src/a.py", "a b.py", "ä/..b.c", "...", "a:b"] {
            assert_eq!(fault(good, 10), None, "{good}");
        }
        let deep = "a/".repeat(10) + "b";
        let long = "a".repeat(513);
        let bad = ["", "/a", "../a", "a/../b", "./a", "a//b", "a/", "a\\b", "a\0b", "a\nb"];
        for bad in bad.into_iter().chain([deep.as_str(), long.as_str()]) {
            assert!(fault(bad, 10).is_some(), "{bad:?}");
        }
    }
}
