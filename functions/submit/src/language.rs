//! In which language a submission is.

use shared::{
    package::{Files, Manifest, path},
    problem::Problem,
};

/// The language that was asked for, the only one allowed, or the one that the files' endings tell.
pub(crate) fn choose(
    asked: Option<&str>,
    manifest: &Manifest,
    files: &Files,
) -> Result<String, Problem> {
    let allowed = &manifest.languages;
    let list = allowed.join(", ");
    if let Some(asked) = asked {
        let found = allowed.iter().find(|language| *language == asked).cloned();
        return found.ok_or_else(|| {
            Problem::LanguageNotAllowed(format!("{asked:?} is not taken here; it takes {list}"))
        });
    }
    if let [only] = allowed.as_slice() {
        return Ok(only.clone());
    }
    let mut told: Vec<_> = files.keys().filter_map(|path| path::language(path)).collect();
    told.retain(|language| allowed.iter().any(|allowed| allowed == language));
    told.sort_unstable();
    told.dedup();
    match told.as_slice() {
        [only] => Ok((*only).to_owned()),
        _ => Err(Problem::LanguageNotAllowed(format!(
            "the files do not tell the language; set `language` to one of {list}"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(asked: Option<&str>, allowed: &[&str], paths: &[&str]) -> Option<String> {
        let manifest = serde_json::json!({"id": "a", "title": "a", "languages": allowed});
        let manifest = serde_json::from_value(manifest).unwrap();
        let files = paths.iter().map(|path| ((*path).to_owned(), String::new())).collect();
        choose(asked, &manifest, &files).ok()
    }

    #[test]
    fn a_language_is_asked_for_or_alone_or_told_by_endings() {
        let both = ["c", "python"];
        assert_eq!(chosen(Some("c"), &both, &["a.py"]).as_deref(), Some("c"));
        assert_eq!(chosen(None, &["c"], &["a.txt"]).as_deref(), Some("c"));
        assert_eq!(
            chosen(None, &both, &["a.py", "notes.txt", "x.java"]).as_deref(),
            Some("python")
        );
    }

    #[test]
    fn a_language_that_is_not_allowed_or_not_told_is_refused() {
        let both = ["c", "python"];
        assert_eq!(chosen(Some("rust"), &both, &["a.rs"]), None);
        assert_eq!(chosen(None, &both, &["a.py", "a.c"]), None);
        assert_eq!(chosen(None, &both, &["a.txt"]), None);
    }
}
