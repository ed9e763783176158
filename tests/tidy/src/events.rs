//! An event's file is named after the event, and so is the file of whoever takes it.

use crate::{Finding, Tree};

const FOLDER: &str = "shared/src/events";

/// Events whose file, list entry or handler's file has another name.
pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let list = tree.get("shared/src/events.rs").unwrap_or_default();
    let stems = tree.stems(FOLDER, "rs");
    let mut findings = Vec::new();
    for stem in &stems {
        let path = format!("{FOLDER}/{stem}.rs");
        let name = stem.replacen('_', ".", 1);
        let said = format!("NAME: &'static str = \"{name}\"");
        if !tree.get(&path).unwrap_or_default().contains(&said) {
            findings.push(Finding::new(&path, format!("does not name its event `{name}`")));
        }
        if !list.contains(&format!("{}::NAME", type_name(stem))) {
            let message = format!("its `NAMES` lacks `{}::NAME`", type_name(stem));
            findings.push(Finding::new("shared/src/events.rs", message));
        }
    }
    for (path, _) in tree.below("functions") {
        let file = path.rsplit('/').next().unwrap_or(path);
        let event = file.strip_prefix("on_").and_then(|rest| rest.strip_suffix(".rs"));
        if event.is_some_and(|event| !stems.contains(&event)) {
            findings.push(Finding::new(path, "is named after an event that there is not"));
        }
    }
    findings
}

/// `grading_finished` → `GradingFinished`.
fn type_name(stem: &str) -> String {
    stem.split('_')
        .map(|word| {
            let (first, rest) = word.split_at(word.len().min(1));
            first.to_uppercase() + rest
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_under_another_name_is_caught() {
        let tree = Tree::of([
            ("shared/src/events.rs", "NAMES = [GradingFinished::NAME]"),
            (
                "shared/src/events/grading_finished.rs",
                "const NAME: &'static str = \"grading.done\";",
            ),
            ("shared/src/events/tick.rs", "const NAME: &'static str = \"tick\";"),
            ("functions/feedback/src/on_grading_done.rs", ""),
            ("functions/feedback/src/on_tick.rs", ""),
        ]);

        let caught: Vec<_> = check(&tree).into_iter().map(|finding| finding.path).collect();

        let expected = [
            "shared/src/events/grading_finished.rs",
            "shared/src/events.rs",
            "functions/feedback/src/on_grading_done.rs",
        ];
        assert_eq!(caught, expected);
    }
}
