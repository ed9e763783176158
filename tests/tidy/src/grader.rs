//! What the grader is built from: neither database nor broker, nor a server.

/// Crates that the grader may not be built with.
pub const FORBIDDEN_IN_GRADER: [&str; 3] = ["axum", "lapin", "sqlx"];

/// The forbidden crates in the output of `cargo tree --prefix none`, each once.
pub fn strangers(cargo_tree: &str) -> Vec<&'static str> {
    let holds = |name: &str| {
        cargo_tree.lines().filter_map(|line| line.split_whitespace().next()).any(|found| {
            found == name || found.strip_prefix(name).is_some_and(|rest| rest.starts_with('-'))
        })
    };
    FORBIDDEN_IN_GRADER.into_iter().filter(|name| holds(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forbidden_crate_is_caught_also_by_a_crate_of_its_family() {
        let tree =
            "grader v0.1.0\nserde v1.0.2\nsqlx-core v0.9.0\naxum v0.8.9 (*)\naxumatic v1.0.0\n";

        assert_eq!(strangers(tree), ["axum", "sqlx"]);
        assert!(strangers("grader v0.1.0\nlapinou v1.0.0\n").is_empty());
    }
}
