//! Whether starter and reference are for languages of the assignment.

use super::{Mistakes, draft::Draft, layout::Layout, path};

/// Checks the two against `languages` and `entry`.
pub(super) fn check(layout: &Layout, draft: &Draft, mistakes: &mut Mistakes) {
    if !draft.trusts("languages") {
        return;
    }
    let listed = |language: &str| draft.manifest.languages.iter().any(|name| name == language);
    for path in layout.starter.keys() {
        if let Some(language) = path::language(path).filter(|language| !listed(language)) {
            let reason = format!("is in {language}, which is not among `languages`");
            mistakes.of_file(&format!("starter/{path}"), reason);
        }
    }
    for (language, files) in &layout.references {
        let folder = format!("reference/{language}");
        if !listed(language) {
            mistakes.of_file(&folder, format!("{language:?} is not among `languages`"));
        }
        if let Some(entry) = draft.manifest.entry.get(language)
            && draft.trusts("entry")
            && path::fault(entry, path::MAX_DEPTH).is_none()
            && !files.contains_key(entry)
        {
            mistakes.of_file(&folder, format!("lacks {entry:?}, which `entry` says is run"));
        }
    }
}
