//! What programs of learners can do and what not, and what is said of them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{collections::BTreeMap, io::Write as _, net::TcpListener};

use grader::{Job, OnTheSpot, Slot, grade};
use shared::{
    package::{Files, Package, Test, TestKind, manifest::Visibility},
    report::{Outcome, Report},
};
use tempfile::TempDir;

/// Keeps what it reads wherever it can, but for `look`: then it prints what is kept.
const KEEPS: &str = r#"
import ctypes, os
libc = ctypes.CDLL(None)
said = input()
if said == "look":
    found = "shared " if libc.shmget(4242, 64, 0) != -1 else ""
    for place in PLACES:
        found += open(place).read() + " " if os.path.exists(place) else ""
    print("found", found)
else:
    libc.shmget(4242, 64, 0o1600)
    for place in PLACES:
        try:
            open(place, "w").write(said)
        except OSError:
            pass
    print("kept")
"#;

const PLACES: &str = r#"PLACES = ["/tmp/kept-" + str(os.getuid()), "/var/tmp/kept-" + str(os.getuid()),
    "/dev/shm/kept-" + str(os.getuid()), "../build/kept", "../kept", os.environ["TMPDIR"] + "/kept"]
"#;

#[test]
fn a_program_that_keeps_hidden_input_finds_nothing_of_it_later() {
    let Some(bench) = Bench::of_root() else { return };
    let program = KEEPS.replacen("libc =", &format!("{PLACES}libc ="), 1);

    // The visible test waits for the hidden one: the order does not protect it.
    let first = bench.grade(
        &program,
        &[("look", Visibility::Visible), ("17 secret", Visibility::Hidden)],
        true,
    );
    let next = bench.grade(&program, &[("look", Visibility::Visible)], false);

    assert_eq!(first.tests[1].actual, "kept\n");
    assert_eq!(first.tests[0].actual, "found \n");
    assert_eq!(next.tests[0].actual, "found \n");
}

#[test]
fn a_program_finds_nothing_that_a_grader_which_was_killed_left() {
    let Some(bench) = Bench::of_root() else { return };
    let left = format!("/tmp/faultline-left-{}", bench.slot.uid.unwrap());
    std::fs::write(&left, "17 secret").unwrap();
    std::os::unix::fs::chown(&left, bench.slot.uid, bench.slot.uid).unwrap();

    let program = format!("import os\ninput()\nprint(os.path.exists('{left}'))\n");
    let report = bench.grade(&program, &[("x", Visibility::Visible)], false);

    assert_eq!(report.tests[0].actual, "False\n");
}

#[test]
fn what_a_program_writes_outside_its_folder_counts_too() {
    let Some(bench) = Bench::of_root() else { return };
    let program = "\
import os
for n in range(3):
    open(f'/dev/shm/large-{os.getuid()}-{n}', 'wb').write(bytes(30 << 20))
print(input())
";

    let report = bench.grade(program, &[("x", Visibility::Visible)], false);

    assert_eq!(report.tests[0].outcome, Outcome::DiskLimit);
}

#[test]
fn visible_tests_run_first_and_are_reported_in_their_place() {
    let bench = Bench::new();
    let before = "import time\ninput()\nprint(time.monotonic())\n";
    let tests =
        [("a", Visibility::Hidden), ("b", Visibility::AfterDue), ("c", Visibility::Visible)];

    let report = bench.grade(before, &tests, false);

    let at = |n: usize| report.tests[n].actual.trim().parse::<f64>().unwrap();
    assert!(at(2) < at(0) && at(0) < at(1));
    assert_eq!(report.tests.iter().map(|it| it.name.as_str()).collect::<String>(), "012");
}

#[test]
fn a_program_reaches_no_listener_of_the_machine() {
    let Some(bench) = Bench::of_root() else { return };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let program = format!(
        "import socket\ninput()\nsocket.create_connection(('127.0.0.1', {port}), 1)\nprint('through')\n"
    );

    let report = bench.grade(&program, &[("x", Visibility::Visible)], false);

    assert_eq!(report.tier, "process-apart");
    assert_eq!(report.tests[0].outcome, Outcome::RuntimeError);
    assert_eq!(report.tests[0].crash.as_ref().unwrap().name, "OSError");
}

#[test]
fn a_program_that_hangs_in_some_tests_is_graded_in_all_others() {
    let bench = Bench::new();
    let mut tests = [("", Visibility::Visible); 7];
    tests[6].0 = "go on";

    let report = bench.grade(
        "import sys\nwhile not sys.stdin.read(): pass\nprint('go on')\n",
        &tests,
        false,
    );

    let late = report.tests.iter().filter(|it| it.outcome == Outcome::TimeLimit).count();
    assert_eq!((late, report.tests[6].outcome), (6, Outcome::Passed));
}

#[test]
fn a_program_that_exits_otherwise_than_by_0_hears_that_its_output_was_right() {
    let bench = Bench::new();

    let report = bench.grade("print(input())\nexit(3)\n", &[("x", Visibility::Visible)], false);

    assert_eq!(report.tests[0].outcome, Outcome::RuntimeError);
    assert_eq!(report.tests[0].actual, "x\n");
    assert_eq!(report.tests[0].message, "it ended with exit code 3; the output was as expected");
}

/// A slot in which programs in Python are graded.
struct Bench {
    slot: OnTheSpot,
    _folder: TempDir,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let launcher = vec![env!("CARGO_BIN_EXE_grader").into(), "launcher".into()];
        let slot = Slot::on_the_spot(folder.path(), launcher).unwrap();
        Self { slot, _folder: folder }
    }

    /// One whose learner code has a user of its own; `None`, and says so, where we are not root.
    fn of_root() -> Option<Self> {
        let bench = Self::new();
        if bench.slot.uid.is_none() {
            // Past the test runner, which keeps what a passing test prints to itself.
            std::io::stderr().write_all(b"skipped: needs root\n").unwrap();
        }
        bench.slot.uid.is_some().then_some(bench)
    }

    /// Tests by what they read; each should print just that, or have kept it. `last_first`: the first waits for the last.
    fn grade(&self, program: &str, tests: &[(&str, Visibility)], last_first: bool) -> Report {
        let manifest = if last_first { WAITING } else { PLAIN };
        let tests = tests.iter().enumerate().map(|(n, (stdin, visibility))| Test {
            name: n.to_string(),
            kind: TestKind::Stdio {
                stdin: (*stdin).to_owned(),
                expected: if last_first { "kept" } else { stdin }.to_owned(),
                args: Vec::new(),
            },
            visibility: *visibility,
            possible: 1.0,
            group: (last_first && n == 0).then_some(0),
        });
        let package = Package {
            manifest: toml::from_str(manifest).unwrap(),
            text: String::new(),
            starter: Files::new(),
            references: BTreeMap::new(),
            tests: tests.collect(),
        };
        let files = Files::from([("solution.py".to_owned(), program.to_owned())]);
        let job = Job { package: &package, language: "python", files: &files, seed: 0 };
        grade(&self.slot, &job, &mut |_| {}).unwrap()
    }
}

const PLAIN: &str =
    "id = \"a\"\ntitle = \"A\"\nlanguages = [\"python\"]\nlimits = { cpu_seconds = 0.5 }\n";

const WAITING: &str = "id = \"a\"\ntitle = \"A\"\nlanguages = [\"python\"]\n[[group]]\ntests = [\"0\"]\npoints = 1\n\
    depends_on = [\"1\"]\n";
