//! `tests/NAME.in`, `NAME.out`, `NAME.args`.

use super::{Files, Mistakes, TestKind, groups::Found};

/// Tests from standard input to standard output; `files` without the folder `tests`.
pub(super) fn read(files: &Files, mistakes: &mut Mistakes) -> Vec<Found> {
    let mut found = Vec::new();
    for (path, content) in files {
        let file = format!("tests/{path}");
        let lacks = |ending: &str, name: &str| !files.contains_key(&format!("{name}{ending}"));
        match path.rsplit_once('.').filter(|(name, _)| !name.contains('/')) {
            Some((name, "in")) => match files.get(&format!("{name}.out")) {
                None => mistakes.of_file(&file, format!("lacks its twin {name}.out")),
                Some(expected) => {
                    let args = files.get(&format!("{name}.args")).map(String::as_str);
                    let kind = TestKind::Stdio {
                        stdin: content.clone(),
                        expected: expected.clone(),
                        args: args.unwrap_or_default().lines().map(str::to_owned).collect(),
                    };
                    found.push(Found { name: name.to_owned(), kind, file, line: None });
                }
            },
            Some((name, "out" | "args")) if lacks(".in", name) => {
                mistakes.of_file(&file, format!("lacks its twin {name}.in"));
            }
            Some((_, "out" | "args")) => {}
            _ => mistakes.of_file(&file, "is no test; there are NAME.in, .out, .args, calls.jsonl"),
        }
    }
    found
}
