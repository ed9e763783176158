//! What a judge promises to grade-dispatch, and to the machine that it runs on.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod dispatch;

use std::{fs, io::Write as _, os::unix::fs::PermissionsExt as _, path::Path, time::Duration};

use dispatch::Dispatch;
use shared::{package::Package, report::Outcome};

/// How long anything here may take.
const LIMIT: Duration = Duration::from_secs(30);

const RIGHT: &str = "import sys\nprint(sum(map(int, sys.stdin.read().split())))\n";
const ENDLESS: &str = "import time\nwhile True:\n    time.sleep(1)\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_service_is_asked_again_and_what_learner_code_could_read_is_not_kept() {
    let dispatch = Dispatch::serve(&sum(), RIGHT).await;
    let slot = tempfile::tempdir().unwrap();

    dispatch.is_busy_for(2);
    let first = dispatch.judge(slot.path()).wait().await.unwrap();
    let second = dispatch.judge(slot.path()).wait().await.unwrap();

    assert!(first.success() && second.success());
    assert_eq!((dispatch.count("report"), dispatch.count("package")), (2, 2));
    assert!(!slot.path().join("packages").exists());
    let report = dispatch.report().unwrap();
    assert!(report.tests.iter().all(|test| test.outcome == Outcome::Passed));
    assert_eq!((report.seed, report.timings_ms.contains_key("fetch")), (7, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_package_is_fetched_once_a_slot_where_learner_code_has_a_user_of_its_own() {
    if !nix::unistd::geteuid().is_root() {
        // Past the test runner, which keeps what a passing test prints to itself.
        std::io::stderr().write_all(b"skipped: needs root\n").unwrap();
        return;
    }
    let users = grader::claim_users(1).unwrap();
    let dispatch = Dispatch::serve(&sum(), RIGHT).await;
    let passable = fs::Permissions::from_mode(0o711);
    let slot = tempfile::Builder::new().permissions(passable).tempdir().unwrap();

    for _ in 0..2 {
        let mut judge = dispatch.judge_with(slot.path(), users.uids()[0]);
        assert!(judge.wait().await.unwrap().success());
    }

    assert_eq!((dispatch.count("report"), dispatch.count("package")), (2, 1));
    let kept = fs::metadata(slot.path().join("packages")).unwrap();
    assert_eq!(kept.permissions().mode() & 0o077, 0, "closed to everybody else");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_attempt_that_is_over_ends_quietly() {
    let dispatch = Dispatch::serve(&sum(), RIGHT).await;
    let slot = tempfile::tempdir().unwrap();

    dispatch.gives_up();
    let ended = dispatch.judge(slot.path()).wait().await.unwrap();

    assert!(ended.success());
    assert!(dispatch.report().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_attempt_given_up_while_it_is_graded_stops_within_the_lease() {
    let dispatch = Dispatch::serve(&sum(), ENDLESS).await;
    let slot = tempfile::tempdir().unwrap();

    let mut judge = dispatch.judge(slot.path());
    until(|| runs_in(slot.path())).await;
    dispatch.gives_up();
    let ended = tokio::time::timeout(LIMIT, judge.wait()).await.unwrap().unwrap();

    assert!(ended.success());
    until(|| !runs_in(slot.path()) && scratch(slot.path()) == 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_judge_that_is_killed_leaves_nothing_behind() {
    let dispatch = Dispatch::serve(&sum(), ENDLESS).await;
    let slot = tempfile::tempdir().unwrap();

    let mut judge = dispatch.judge(slot.path());
    until(|| runs_in(slot.path())).await;
    judge.kill().await.unwrap();

    until(|| !runs_in(slot.path()) && scratch(slot.path()) == 0).await;
}

/// Waits for a condition, with a limit.
async fn until(holds: impl Fn() -> bool) {
    let mut looks = tokio::time::interval(Duration::from_millis(20));
    let wait = async {
        while !holds() {
            looks.tick().await;
        }
    };
    tokio::time::timeout(LIMIT, wait).await.expect("it came true in time");
}

/// Whether a learner's program runs in this slot.
fn runs_in(slot: &Path) -> bool {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let folders = processes.filter_map(|it| fs::read_link(it.path().join("cwd")).ok());
    folders.into_iter().any(|folder| folder.starts_with(slot) && folder.ends_with("work"))
}

/// Scratch folders in this slot.
fn scratch(slot: &Path) -> usize {
    let names = fs::read_dir(slot).unwrap().map(|it| it.unwrap().file_name());
    names.filter(|name| name.to_str().unwrap().starts_with("scratch-")).count()
}

fn sum() -> Package {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/languages");
    Package::from_dir(&golden.join("assignments/sum")).unwrap()
}
