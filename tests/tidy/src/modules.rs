//! A module in `shared/src/lib.rs` uses only modules that are listed above it.

use crate::{Finding, Tree, source::code_lines};

/// Uses of a module that is listed below the user's own.
pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let listed = listed(tree.get("shared/src/lib.rs").unwrap_or_default());
    let place = |module: &str| listed.iter().position(|name| *name == module);
    let mut findings = Vec::new();
    for (path, text) in tree.below("shared/src") {
        let inner = &path["shared/src/".len()..];
        let own = inner.split(['/', '.']).next().unwrap_or_default();
        let Some(own_place) = place(own) else { continue };
        for used in used(text) {
            if place(&used).is_some_and(|used_place| used_place > own_place) {
                let message =
                    format!("`{own}` uses `{used}`, which shared/src/lib.rs lists below it");
                findings.push(Finding::new(path, message));
            }
        }
    }
    findings.dedup();
    findings
}

/// The modules of `lib.rs`, in its order.
fn listed(lib: &str) -> Vec<&str> {
    code_lines(lib)
        .filter_map(|line| line.trim().trim_start_matches("pub ").strip_prefix("mod "))
        .map(|rest| rest.trim_end_matches(';'))
        .collect()
}

/// The top-level modules that a file names after `crate::`, alone or in a group.
fn used(text: &str) -> Vec<String> {
    let code = code_lines(text).collect::<Vec<_>>().join("\n");
    code.split("crate::").skip(1).flat_map(after_crate).collect()
}

fn after_crate(rest: &str) -> Vec<String> {
    let Some(group) = rest.strip_prefix('{') else { return vec![word(rest)] };
    let mut names = Vec::new();
    let (mut depth, mut start) = (0, 0);
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => {
                names.push(word(&group[start..at]));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(word(&group[start..at]));
                start = at + 1;
            }
            _ => {}
        }
    }
    names
}

fn word(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIB: &str =
        "//! x\npub mod clock;\n#[cfg(feature = \"http\")]\npub mod store;\nmod http;\n";

    #[test]
    fn a_module_that_uses_one_below_it_is_caught() {
        let tree = Tree::of([
            ("shared/src/lib.rs", LIB),
            ("shared/src/clock.rs", "use crate::{\n    clock::{A, B},\n    http::serve,\n};"),
            ("shared/src/store/outbox.rs", "fn f() { crate::http::g() }"),
            ("shared/src/http.rs", "use crate::{clock, store::x};"),
        ]);

        let caught: Vec<_> = check(&tree).into_iter().map(|finding| finding.path).collect();

        assert_eq!(caught, ["shared/src/clock.rs", "shared/src/store/outbox.rs"]);
    }

    #[test]
    fn what_a_comment_names_is_no_use() {
        let tree = Tree::of([
            ("shared/src/lib.rs", LIB),
            ("shared/src/clock.rs", "/// As [`crate::http`] does.\nfn f() {}"),
        ]);

        assert_eq!(check(&tree), []);
    }
}
