//! This repository, held against the house rules: one test a rule.

use std::{path::Path, process::Command};

use tidy::{Allowed, RULES, Tree, strangers, unsettled};

/// Fails with every file that breaks the rule.
fn holds(rule: &str) {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let tree = Tree::read(&top).expect("the repository can be read");
    let allowed = tree.get("tests/tidy/allowed.toml").expect("the list of exceptions is there");
    let allowed = Allowed::read(allowed).expect("each exception has a rule and a reason");
    let check = RULES.iter().find(|known| known.name == rule).expect("the rule is known").check;

    let left = unsettled(rule, &check(&tree), &allowed);

    assert!(left.is_empty(), "rule `{rule}` is broken:\n  {}", left.join("\n  "));
}

#[test]
fn no_function_depends_on_another() {
    holds("part-arrows");
}

#[test]
fn a_shared_module_uses_only_those_above_it() {
    holds("module-arrows");
}

#[test]
fn files_keep_to_their_size() {
    holds("file-size");
}

#[test]
fn handlers_keep_to_their_size() {
    holds("handler-size");
}

#[test]
fn stories_keep_to_their_size() {
    holds("story-size");
}

#[test]
fn no_test_waits_for_a_time() {
    holds("story-sleep");
}

#[test]
fn every_problem_has_its_page() {
    holds("problem-pages");
}

#[test]
fn every_event_has_its_file() {
    holds("event-files");
}

#[test]
fn migrations_are_numbered_and_say_what_for() {
    holds("migration-numbers");
}

#[test]
fn every_language_has_golden_folders() {
    holds("language-folders");
}

#[test]
fn every_folder_has_a_readme() {
    holds("readmes");
}

#[test]
fn every_name_says_something() {
    holds("module-names");
}

#[test]
fn the_top_level_stays_as_it_is() {
    holds("top-level");
}

#[test]
fn no_lint_is_silenced_and_no_test_left_out() {
    holds("attributes");
}

#[test]
fn no_work_is_left_open_without_an_issue() {
    holds("open-ends");
}

#[test]
fn nothing_names_what_only_we_have() {
    holds("inner-matters");
}

#[test]
fn the_readmes_commands_exist() {
    holds("make-targets");
}

#[test]
fn the_grader_is_built_without_database_broker_and_server() {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--package", "grader", "--edges", "normal", "--prefix", "none", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let (listed, said) =
        (String::from_utf8_lossy(&tree.stdout), String::from_utf8_lossy(&tree.stderr));
    assert!(listed.starts_with("grader "), "cargo tree failed: {said}");

    let strangers = strangers(&listed);

    assert!(
        strangers.is_empty(),
        "the grader is built with {strangers:?}; see `cargo tree -p grader`"
    );
}
