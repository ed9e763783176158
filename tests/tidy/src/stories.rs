//! Stories are short, and wait for conditions rather than times.

use crate::{
    Finding, Tree,
    source::{code_lines, functions},
};

/// The most lines of a story.
const STORY: usize = 40;
/// Waiting for a time. In two pieces, so that this file does not break its own rule.
const SLEEPS: [&str; 2] = [concat!("time::", "sleep("), concat!("thread::", "sleep(")];

/// Stories that are too long.
pub(crate) fn sizes(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.rust().filter(|(path, _)| path.starts_with("tests/stories/")) {
        for function in functions(text) {
            let told = ["#[sqlx::test", "#[tokio::test", "#[test]"];
            let is_story = told.iter().any(|attribute| function.attributes.contains(attribute));
            if is_story && function.lines > STORY {
                let (name, lines) = (function.name, function.lines);
                let message = format!("story `{name}` has {lines} lines; {STORY} is the most");
                findings.push(Finding::new(path, message));
            }
        }
    }
    findings
}

/// Tests that wait for a time.
pub(crate) fn sleeps(tree: &Tree) -> Vec<Finding> {
    tree.rust()
        .filter_map(|(path, text)| {
            let all = path.starts_with("tests/") || path.contains("/tests/");
            let tests = if all { text } else { text.split_once("#[cfg(test)]")?.1 };
            let sleeps =
                code_lines(tests).any(|line| SLEEPS.iter().any(|sleep| line.contains(sleep)));
            let message = "a test waits for a time; let it wait for a condition, with a limit";
            sleeps.then(|| Finding::new(path, message))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_past_its_size_is_caught() {
        let story = |lines: usize, attribute| {
            format!(
                "{attribute}\nasync fn a_promise(db: PgPool) {{\n{}}}\n",
                "    x();\n".repeat(lines)
            )
        };
        let tree = Tree::of([
            ("tests/stories/src/long.rs", &*story(39, "#[sqlx::test(migrator = \"m\")]")),
            ("tests/stories/src/right.rs", &*story(38, "#[tokio::test]")),
            ("tests/stories/src/deed.rs", &*story(50, "")),
        ]);

        let caught: Vec<_> = sizes(&tree).into_iter().map(|finding| finding.path).collect();

        assert_eq!(caught, ["tests/stories/src/long.rs"]);
    }

    #[test]
    fn a_test_that_waits_for_a_time_is_caught() {
        let pause = format!("tokio::{}SECOND).await;", SLEEPS[0]);
        let tree = Tree::of([
            ("tests/stories/src/a.rs", &*pause),
            ("shared/src/b.rs", &*format!("#[cfg(test)]\nmod tests {{\n{pause}\n}}")),
            ("shared/src/c.rs", &*format!("{pause}\n#[cfg(test)]\nmod tests {{}}")),
            ("shared/src/d.rs", &*pause),
        ]);

        let caught: Vec<_> = sleeps(&tree).into_iter().map(|finding| finding.path).collect();

        assert_eq!(caught, ["shared/src/b.rs", "tests/stories/src/a.rs"]);
    }
}
