//! How long things may get.

use crate::{Finding, Tree, source::functions};

/// The most lines of a handler.
const HANDLER: usize = 40;

/// Files that are longer than their kind may be.
pub(crate) fn files(tree: &Tree) -> Vec<Finding> {
    tree.files()
        .filter_map(|(path, text)| {
            let most = most_lines(path)?;
            let lines = text.lines().count();
            let message = format!("has {lines} lines; {most} is the most. Split it by noun");
            (lines > most).then(|| Finding::new(path, message))
        })
        .collect()
}

/// The most lines that a file may have, by its name.
fn most_lines(path: &str) -> Option<usize> {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.') {
        _ if name == "main.rs" => Some(40),
        _ if name == "README.md" => Some(250),
        Some((_, "rs")) => Some(300),
        Some((_, "yaml" | "yml")) => Some(80),
        Some((_, "tf")) => Some(200),
        _ => None,
    }
}

/// Handlers (an `async fn` of a function that answers with a `Problem`) that are too long.
pub(crate) fn handlers(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.rust().filter(|(path, _)| path.starts_with("functions/")) {
        for function in functions(text) {
            let signature = &function.signature;
            let is_handler = signature.contains("async fn")
                && signature.contains("State(")
                && signature.contains("Problem>");
            if is_handler && function.lines > HANDLER {
                let (name, lines) = (function.name, function.lines);
                let message = format!("handler `{name}` has {lines} lines; {HANDLER} is the most");
                findings.push(Finding::new(path, message));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_past_their_size_are_caught() {
        let long = |lines| "x\n".repeat(lines);
        let tree = Tree::of([
            ("a/src/b.rs", &*long(301)),
            ("a/src/c.rs", &*long(300)),
            ("a/src/main.rs", &*long(41)),
            ("README.md", &*long(251)),
            ("infra/d.yaml", &*long(81)),
            ("terraform/e.tf", &*long(201)),
            ("tests/data.jsonl", &*long(999)),
        ]);

        let caught: Vec<_> = files(&tree).into_iter().map(|finding| finding.path).collect();

        let expected =
            ["README.md", "a/src/b.rs", "a/src/main.rs", "infra/d.yaml", "terraform/e.tf"];
        assert_eq!(caught, expected);
    }

    #[test]
    fn a_handler_past_its_size_is_caught() {
        let body = "    step();\n".repeat(39);
        let handler = |more| {
            let head =
                "pub(crate) async fn create(State(app): State<App>) -> Result<R, Problem> {\n";
            format!("{head}{body}{more}}}\n")
        };
        let tree = Tree::of([
            ("functions/a/src/long.rs", &*handler("")),
            ("functions/a/src/right.rs", &*handler("").replacen("    step();\n", "", 1)),
            ("functions/a/src/inner.rs", &*handler("").replace("State", "Other")),
        ]);

        let caught: Vec<_> = handlers(&tree).into_iter().map(|finding| finding.path).collect();

        assert_eq!(caught, ["functions/a/src/long.rs"]);
    }
}
