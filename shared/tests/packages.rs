//! Packages are checked whole: every mistake is told, at its place.

use chrono::{TimeZone as _, Utc};
use shared::package::{Files, Mistakes, Package, manifest::Visibility, pack};

const MANIFEST: &str = r#"id = "gcd"
title = "Greatest common divisor"
languages = ["python"]
function = { name = "gcd", params = ["int", "int"], returns = "int" }
"#;

/// A package without mistakes, to spoil.
fn whole() -> Files {
    files([
        ("assignment.toml", MANIFEST),
        ("text.md", "Write gcd."),
        ("tests/01.in", "4 6\n"),
        ("tests/01.out", "2\n"),
        ("tests/calls.jsonl", r#"{"name":"small","args":[4,6],"expected":2}"#),
        ("reference/python/solution.py", "from math import gcd\n"),
    ])
}

fn files<const N: usize>(files: [(&str, &str); N]) -> Files {
    files.map(|(path, text)| (path.to_owned(), text.to_owned())).into()
}

/// The whole package with some files replaced or added.
fn with<const N: usize>(changes: [(&str, &str); N]) -> Result<Package, Mistakes> {
    let mut whole = whole();
    whole.extend(files(changes));
    Package::from_files(whole)
}

fn told(package: Result<Package, Mistakes>) -> Vec<String> {
    package.expect_err("the package has a mistake").all().iter().map(ToString::to_string).collect()
}

#[track_caller]
fn tells(package: Result<Package, Mistakes>, expected: &str) {
    let told = told(package);
    assert_eq!(told.len(), 1, "one mistake, told once: {told:?}");
    assert!(told[0].starts_with(expected), "{:?} should start with {expected:?}", told[0]);
}

#[test]
fn a_package_without_mistakes_is_read() {
    let package = Package::from_files(whole()).unwrap();

    let names: Vec<_> = package.tests.iter().map(|test| test.name.as_str()).collect();
    assert_eq!(names, ["01", "small"]);
    assert_eq!(package.references["python"]["solution.py"], "from math import gcd\n");
    let stored = serde_json::to_value(&package.manifest).unwrap();
    assert_eq!(
        serde_json::from_value::<shared::package::Manifest>(stored).unwrap(),
        package.manifest
    );
}

#[test]
fn a_wrong_line_of_the_manifest_is_told_with_its_key_and_line() {
    for (line, expected) in [
        ("colour = 1", "assignment.toml#/colour:5: unknown key"),
        ("tries = 0", "assignment.toml#/tries:5: 0 tries"),
        ("tries = -1", "assignment.toml#/tries:5: "),
        ("due = 2026-12-01T22:00:00", "assignment.toml#/due:5: "),
        ("compare = \"fuzzy\"", "assignment.toml#/compare:5: unknown variant"),
        ("compare = { float = 2.0 }", "assignment.toml#/compare:5: 2 is not from 0"),
        ("compare = { checker = \"c.py\" }", "assignment.toml#/compare:5: a program that compares"),
        ("suspects_from = \"none\"", "assignment.toml#/suspects_from:5: unknown variant"),
        ("entry = { c = \"a.c\" }", "assignment.toml#/entry/c:5: \"c\" is not among"),
        (
            "entry = { python = \"../a.py\" }",
            "assignment.toml#/entry/python:5: \"../a.py\" has a part",
        ),
        ("entry = { python = \"b.py\" }", "reference/python: lacks \"b.py\""),
    ] {
        tells(with([("assignment.toml", &format!("{MANIFEST}{line}\n"))]), expected);
    }
}

#[test]
fn a_wrong_line_of_a_table_is_told_with_its_key_and_line() {
    for (line, expected) in [
        ("[limits]\ncpu_second = 1", "assignment.toml#/limits/cpu_second:6: unknown key"),
        ("[limits]\ncpu_seconds = 0", "assignment.toml#/limits/cpu_seconds:6: 0 is not above 0"),
        ("[limits]\nmemory_mib = 9999", "assignment.toml#/limits/memory_mib:6: 9999 is not"),
        ("[limits]\nprocesses = -1", "assignment.toml#/limits/processes:6: "),
        ("[build]\ncpu_seconds = nan", "assignment.toml#/build/cpu_seconds:6: "),
        ("[feedback]\nlevels = 4", "assignment.toml#/feedback/levels:6: there are levels"),
        ("[feedback]\nmodel = \"best\"", "assignment.toml#/feedback/model:6: unknown variant"),
        ("[[group]]\npoints = 1", "assignment.toml#/group:5: missing key `tests`"),
        ("[[group]]\ntests = []", "assignment.toml#/group/0/tests:6: names no tests"),
        ("[[group]]\ntests = [\"x*\"]", "assignment.toml#/group/0/tests/0:6: \"x*\" fits no test"),
        (
            "[[group]]\ntests = [\"*\"]\npoints = -1",
            "assignment.toml#/group/0/points:7: -1 is not from 0",
        ),
        (
            "[[group]]\ntests = [\"*\"]\n[[group]]\ntests = [\"01\"]",
            "assignment.toml#/group/1/tests:8: all its tests",
        ),
        (
            "[[group]]\ntests = [\"*\"]\ndepends_on = [\"y\"]",
            "assignment.toml#/group/0/depends_on/0:7: \"y\" fits no test",
        ),
        ("]", "assignment.toml:5: "),
    ] {
        tells(with([("assignment.toml", &format!("{MANIFEST}{line}\n"))]), expected);
    }
}

#[test]
fn a_wrong_value_of_what_every_manifest_says_is_told() {
    for (from, to, expected) in [
        ("\"gcd\"\ntitle", "\"GCD\"\ntitle", "assignment.toml#/id:1: \"GCD\" is not"),
        ("Greatest common divisor", " ", "assignment.toml#/title:2: "),
        ("title =", "name =", "assignment.toml#/title: is missing"),
        ("[\"python\"]", "[]", "assignment.toml#/languages:3: names no language"),
        (
            "[\"python\"]",
            "[\"python\", \"python\"]",
            "assignment.toml#/languages/1:3: \"python\" stands",
        ),
        ("[\"python\"]", "\"python\"", "assignment.toml#/languages:3: invalid type"),
        ("[\"python\"]", "[\"c\"]", "reference/python: \"python\" is not among"),
        ("name = \"gcd\"", "name = \"g c d\"", "assignment.toml#/function/name:4: "),
        (", returns = \"int\"", "", "assignment.toml#/function:4: missing key `returns`"),
        ("[\"int\", \"int\"]", "[\"int\", \"number\"]", "assignment.toml#/function/params:4: "),
    ] {
        assert!(MANIFEST.contains(from), "{from}");
        let package = with([("assignment.toml", &MANIFEST.replacen(from, to, 1))]);
        let told = told(package);
        assert!(told.iter().any(|mistake| mistake.starts_with(expected)), "{expected}: {told:?}");
        assert!(told.len() <= 2, "{told:?}");
    }
}

#[test]
fn a_list_of_lists_is_refused_where_c_would_have_to_take_it() {
    let nested = MANIFEST.replacen("[\"int\", \"int\"]", "[\"list<list<int>>\", \"int\"]", 1);
    let in_c = nested.replacen("[\"python\"]", "[\"python\", \"c\"]", 1);

    let told = told(with([("assignment.toml", &in_c)]));

    let expected = "assignment.toml#/function/params/0:4: a list of lists";
    assert!(told.iter().any(|mistake| mistake.starts_with(expected)), "{told:?}");
}

#[test]
fn a_wrong_file_is_told() {
    for (path, content, expected) in [
        ("notes.txt", "", "notes.txt: is not part of a package"),
        ("text.md", " \n", "text.md: is missing or empty"),
        ("starter/a.c", "", "starter/a.c: is in c, which is not"),
        ("reference/a.py", "", "reference/a.py: belongs into"),
        ("reference/c/a.c", "", "reference/c: \"c\" is not among"),
        ("tests/02.in", "", "tests/02.in: lacks its twin 02.out"),
        ("tests/02.out", "", "tests/02.out: lacks its twin 02.in"),
        ("tests/02.args", "", "tests/02.args: lacks its twin 02.in"),
        ("tests/02.txt", "", "tests/02.txt: is no test"),
        ("tests/deep/02.in", "", "tests/deep/02.in: is no test"),
        ("tests/unit/python/test_a.py", "", "tests/unit/python/test_a.py: is not graded here yet"),
        ("tests/harness.jsonl", "", "tests/harness.jsonl: is not graded here yet"),
    ] {
        tells(with([(path, content)]), expected);
    }
}

#[test]
fn a_wrong_call_is_told_with_its_line() {
    for (call, expected) in [
        ("{", "EOF while parsing"),
        (r#"{"name":"a","args":[1,2],"expected":1,"weight":2}"#, "unknown key `weight`"),
        (r#"{"name":"a","args":[1],"expected":1}"#, "has 1 arguments; gcd takes 2"),
        (r#"{"name":"a","args":[1,true],"expected":1}"#, "argument 2: true is no int"),
        (r#"{"name":"a","args":[1,2],"expected":"1"}"#, "`expected`: \"1\" is no int"),
        (r#"{"name":"a","args":[1,2]}"#, "lacks `expected`"),
        (r#"{"name":"a","args":[1,2],"expected":1,"raises":"E"}"#, "`raises` goes with"),
        (r#"{"name":"a","expr":"f()","expected":"1 +"}"#, "`expected` is no literal"),
        (r#"{"name":"a","expr":"f()","expected":1}"#, "`expected` beside `expr`"),
        (r#"{"name":"a","expr":"f()","expected":"1","raises":"E"}"#, "has both `expected`"),
        (r#"{"name":"a","expr":"f()"}"#, "has neither `expected`"),
        (r#"{"name":"a","expr":"f()","raises":"not one"}"#, "\"not one\" in `raises`"),
        (r#"{"name":"a","expr":"f()","args":[1,2],"expected":"1"}"#, "has both `args`"),
        (r#"{"name":"a","expected":1}"#, "has neither `args`"),
        (r#"{"name":"01","expr":"f()","expected":"1"}"#, "there are two tests named \"01\""),
        (r#"{"name":"","expr":"f()","expected":"1"}"#, "the name of a test"),
    ] {
        let calls = format!("\n{call}\n");
        tells(with([("tests/calls.jsonl", &calls)]), &format!("tests/calls.jsonl:2: {expected}"));
    }
}

#[test]
fn calls_need_a_function_and_source_text_a_language_that_takes_it() {
    let (plain, _) = MANIFEST.split_once("function").unwrap();
    let both = MANIFEST.replace("[\"python\"]", "[\"python\", \"c\"]");
    let expr = r#"{"name":"a","expr":"gcd(1, 2)","expected":"1"}"#;

    tells(with([("assignment.toml", plain)]), "tests/calls.jsonl:1: has `args`, but");
    tells(
        with([("assignment.toml", &both), ("tests/calls.jsonl", expr)]),
        "tests/calls.jsonl:1: `expr` is source text, which c",
    );
}

#[test]
fn an_empty_package_lacks_what_every_package_has() {
    let told = told(Package::from_files(Files::new()));
    assert_eq!(told.len(), 2, "{told:?}");

    let mut without_tests = whole();
    without_tests.retain(|path, _| !path.starts_with("tests/"));
    tells(Package::from_files(without_tests), "tests: holds no test");
}

#[test]
fn all_mistakes_are_told_at_once() {
    let manifest =
        format!("{MANIFEST}tries = 0\ncolour = 1\n[limits]\ncpu_seconds = 0\nspeed = 1\n");

    let told = told(with([
        ("assignment.toml", &manifest),
        ("notes.txt", ""),
        ("tests/02.in", ""),
        ("tests/calls.jsonl", "{\n{"),
    ]));

    assert_eq!(told.len(), 7, "{told:#?}");
}

#[test]
fn points_are_shared_out_and_what_is_hidden_is_not_told() {
    let manifest = format!(
        "{MANIFEST}due = 2026-12-01T22:00:00Z\n\
         [[group]]\ntests = [\"small\"]\npoints = 3\nvisibility = \"after_due\"\n\
         [[group]]\ntests = [\"h*\"]\npoints = 5\nvisibility = \"hidden\"\n"
    );
    let package = with([
        ("assignment.toml", &manifest),
        ("tests/h1.in", ""),
        ("tests/h1.out", ""),
        ("tests/h2.in", ""),
        ("tests/h2.out", ""),
    ])
    .unwrap();

    let shown = |month| {
        let details = package.details(Utc.with_ymd_and_hms(2026, month, 2, 0, 0, 0).unwrap());
        details
            .tests
            .into_iter()
            .map(|test| format!("{} {}", test.input.trim(), test.expected.trim()))
            .collect::<Vec<_>>()
    };
    let worth: Vec<_> = package.tests.iter().map(|test| (test.possible, test.visibility)).collect();

    assert_eq!(shown(11), ["4 6 2"]);
    assert_eq!(shown(12), ["4 6 2", "gcd(4, 6) 2"]);
    let hidden = (2.5, Visibility::Hidden);
    assert_eq!(worth, [(1.0, Visibility::Visible), hidden, hidden, (3.0, Visibility::AfterDue)]);
}

#[test]
fn a_folder_and_its_archive_are_the_same_package() {
    let folder = std::env::temp_dir().join(format!("package-{}", uuid::Uuid::now_v7()));
    for (path, text) in whole() {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    let packed = pack(&folder).unwrap();
    let again = pack(&folder).unwrap();
    let read = Package::from_dir(&folder);
    std::os::unix::fs::symlink("/etc/passwd", folder.join("link")).unwrap();
    let linked = Package::from_dir(&folder);

    assert_eq!(packed, again);
    assert_eq!(read.unwrap(), Package::from_tar_gz(&packed).unwrap());
    tells(linked, "link: is no regular file");
    std::fs::remove_dir_all(folder).unwrap();
}
